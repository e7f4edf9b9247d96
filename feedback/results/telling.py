"""Choose the few comments that a summary shows, by a rule anybody can check.

A comment's rank is its certainty times a factor for its length times one for what it speaks of.
Length: a sentence or two tells more than one word, and more than a page. Speaks of: praise counts
fully if it is about the dimension praised most often, half if it is about none of the five, and
in between by how often its dimension is praised compared with that one; blame likewise, and a
mixed comment by the better of its two sides. What a person has corrected is certain.

The places are shared out between positive, negative and mixed comments as they are among
themselves, but praise and blame each get one where there is any; neutral and unsure comments
fill what is left. Within a label the best-ranked come first, one from each organisation as long
as there are others. What somebody has marked as a quote comes before all of these.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from feedback.results.voices import DimensionVoice, Review
from feedback.sentiment.verdict import NEUTRAL_BAND

PLACES = 5
# From the first length that fits: least and most characters, factor.
LENGTHS = ((60, 280, 1.0), (30, 500, 0.6))
ELSE = 0.2
# Labels that say something, in the order in which they choose and are given rest places.
TELLING = ("negative", "positive", "mixed")
# The factor of a comment about none of the five dimensions.
ABOUT_NONE = 0.5


class Topic(NamedTuple):
    """A dimension and the side taken on it, with the factor of comments that speak of it so."""

    dimension: str
    side: str  # positive, negative
    factor: float


def topics(voices: Sequence[DimensionVoice]) -> list[Topic]:
    """Give the factor of each dimension and side from how often it is spoken of, best first.

    >>> topics([DimensionVoice("trust", 4, 0, 0), DimensionVoice("empathy", 1, 0, 0)])[1]
    Topic(dimension='empathy', side='negative', factor=0.625)
    """
    found = []
    for side in ("negative", "positive"):
        most = max((getattr(voice, side) for voice in voices), default=0)
        for voice in voices:
            count = getattr(voice, side)
            if count:
                factor = ABOUT_NONE + (1 - ABOUT_NONE) * count / most
                found.append(Topic(voice.dimension, side, factor))
    return sorted(found, key=lambda topic: (-topic.factor, topic))


def topic_factor(review: Review, known: Sequence[Topic]) -> float:
    """Give the factor of the first known topic that the review speaks of as its label says."""
    for dimension, side, factor in known:
        polarity = review.dimensions.get(dimension, 0.0)
        taken = polarity >= NEUTRAL_BAND if side == "positive" else polarity <= -NEUTRAL_BAND
        if taken and review.label in (side, "mixed"):
            return factor
    return ABOUT_NONE


def length_factor(length: int) -> float:
    """Give the factor of a comment of so many characters.

    >>> length_factor(100), length_factor(40), length_factor(2)
    (1.0, 0.6, 0.2)
    """
    return next((f for least, most, f in LENGTHS if least <= length <= most), ELSE)


def rank(review: Review, known: Sequence[Topic] = ()) -> float:
    """Give certainty times the factors of length and topic, 0..1."""
    return review.confidence * length_factor(len(review.text)) * topic_factor(review, known)


def quotas(split: Mapping[str, int], places: int = PLACES) -> dict[str, int]:
    """Share the places between the labels that say something, by largest remainder.

    Praise and blame get at least one each where there is any; a label never gets more places
    than it has comments, so the sum may stay below `places`.

    >>> quotas({"positive": 97, "negative": 1, "neutral": 40, "mixed": 0})
    {'negative': 1, 'positive': 4, 'mixed': 0}
    """
    own = {label: split.get(label, 0) for label in TELLING}
    total = sum(own.values())
    places = min(places, total)
    exact = {label: places * count / total if total else 0.0 for label, count in own.items()}
    given = {label: int(share) for label, share in exact.items()}
    by_rest = sorted(TELLING, key=lambda label: (given[label] - exact[label], TELLING.index(label)))
    for label in by_rest[: places - sum(given.values())]:
        given[label] += 1
    for label in ("negative", "positive"):
        if own[label] and not given[label] and places > 1:
            given[max(TELLING, key=lambda each: given[each])] -= 1
            given[label] = 1
    return given


def choose(
    candidates: Sequence[Review],
    split: Mapping[str, int],
    voices: Sequence[DimensionVoice] = (),
    places: int = PLACES,
    quotes: Sequence[Review] = (),
) -> list[Review]:
    """Choose at most `places` reviews; the same input gives the same choice.

    What somebody has marked as a quote comes first, in the order given; the rule fills the rest.
    """
    picked = [review for review in quotes if review.is_told][:places]
    said = {review.key for review in picked}
    others = [review for review in candidates if review.key not in said]
    return picked + _by_rule(others, split, voices, places - len(picked))


def _by_rule(
    candidates: Sequence[Review],
    split: Mapping[str, int],
    voices: Sequence[DimensionVoice],
    places: int,
) -> list[Review]:
    known = topics(voices)
    ranked = _once(
        sorted(
            (review for review in candidates if review.is_told),
            key=lambda review: (-rank(review, known), review.response_id, review.question),
        )
    )
    wanted, chosen = quotas(split, places), list[Review]()
    for label in TELLING:
        own = [review for review in ranked if review.label == label]
        chosen += _spread(own, wanted[label], {review.organisation_id for review in chosen})
    rest = [review for review in ranked if review not in chosen]
    missing = places - len(chosen)
    return chosen + _spread(rest, missing, {review.organisation_id for review in chosen})


def _once(ranked: Sequence[Review]) -> list[Review]:
    """Drop the same words said again by somebody else."""
    first: dict[str, Review] = {}
    for review in ranked:
        first.setdefault(" ".join(review.text.casefold().split()), review)
    return list(first.values())


def _spread(ranked: Sequence[Review], places: int, heard: set[int]) -> list[Review]:
    """Take the best, first those of organisations not heard yet."""
    fresh, again = list[Review](), list[Review]()
    for review in ranked:
        (again if review.organisation_id in heard else fresh).append(review)
        heard = heard | {review.organisation_id}
    return (fresh + again)[: max(0, places)]
