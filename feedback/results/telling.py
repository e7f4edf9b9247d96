"""Choose the few comments that a summary shows, by a rule anybody can check.

A comment's rank is its certainty times a factor for its length: a sentence or two tells more
than one word, and more than a page. The places are shared out between positive, negative and
mixed comments as they are among themselves, but praise and blame each get one where there is
any; neutral comments fill what is left. Within a label the best-ranked come first, one from each
organisation as long as there are others.
"""

from collections.abc import Mapping, Sequence

from feedback.results.voices import Review

PLACES = 5
# From the first length that fits: least and most characters, factor.
LENGTHS = ((60, 280, 1.0), (30, 500, 0.6))
ELSE = 0.2
# Labels that say something, in the order in which they choose and are given rest places.
TELLING = ("negative", "positive", "mixed")


def length_factor(length: int) -> float:
    """Give the factor of a comment of so many characters.

    >>> length_factor(100), length_factor(40), length_factor(2)
    (1.0, 0.6, 0.2)
    """
    return next((f for least, most, f in LENGTHS if least <= length <= most), ELSE)


def rank(review: Review) -> float:
    """Give certainty times length factor, 0..1."""
    return review.confidence * length_factor(len(review.text))


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
    candidates: Sequence[Review], split: Mapping[str, int], places: int = PLACES
) -> list[Review]:
    """Choose at most `places` of the analysed candidates; the same input gives the same choice."""
    ranked = _once(
        sorted(
            (review for review in candidates if not review.is_waiting),
            key=lambda review: (-rank(review), review.response_id, review.question),
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
