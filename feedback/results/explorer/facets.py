"""What a review is found by, as terms of the index, and its place in the lists.

A term of the index is a word of the comment or begins with "_", which no folded word does. So a
filter is a word more to search for, and one index answers any filters and words together.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from feedback.results.explorer.folding import fold
from feedback.results.explorer.searching import ALL
from feedback.sentiment.corrections import ASIDE, WAITING, side_of
from feedback.surveys.dimensions import DIMENSIONS

# Counts up when terms or words are made in another way: the worker then makes the index anew.
VERSION = 1
SIDES = {-1: "negative", 0: "neutral", 1: "positive"}
ACTS = ("request", "threat", "thanks")
FLAGS = ("contradicts", "corrected", "quoted")
# Of a list sorted by what is said, after everything that says something.
SAYS_NOTHING = -20_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SPREAD = 21  # bits that keep apart what was sent in the same millisecond
LAST_ARRIVAL = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index holds of one review; a higher arrival means that it was sent later."""

    arrival: int
    organisation_id: int
    blame: int  # −10,000 (praise) … 10,000
    certainty: int  # 0 … 10,000
    terms: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What differs where anything but the arrival differs."""
        content = (self.organisation_id, self.blame, self.certainty, self.terms)
        return hashlib.sha256(repr(content).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a comment, as the tables say it."""

    response_id: int
    question: str
    organisation_id: int
    campaign_id: int
    sent_at: datetime
    text: str
    label: str
    polarity: float
    certainty: float
    language: str  # "" while nobody knows it
    dimensions: Mapping[str, float]
    acts: Iterable[str]
    contradicts: bool
    corrected: bool
    quoted: bool

    def indexed(self) -> Indexed:
        """Make its entry in the index."""
        speaks = self.label not in (WAITING, ASIDE)
        return Indexed(
            arrival(self.sent_at, self.response_id, self.question),
            self.organisation_id,
            round(-10_000 * self.polarity) if speaks else SAYS_NOTHING,
            round(10_000 * self.certainty) if speaks else SAYS_NOTHING,
            (*fold(self.text), *self._facets(speaks)),
        )

    def _facets(self, speaks: bool) -> Iterator[str]:
        yield ALL
        yield facet("label", self.label)
        yield facet("organisation", self.organisation_id)
        yield facet("campaign", self.campaign_id)
        if self.language:
            yield facet("language", self.language)
        yield from (facet(name) for name in FLAGS if getattr(self, name))
        if not speaks:
            return
        yield from (facet("act", act) for act in ACTS if act in self.acts)
        sides = {key: SIDES[side_of(value)] for key, value in self.dimensions.items()}
        for key in DIMENSIONS:
            if key in sides:
                yield facet("about", key)
                yield facet("about", f"{key}_{sides[key]}")
        yield from (facet("side", side) for side in sorted(set(sides.values())))


def facet(name: str, value: str | int = "") -> str:
    """Return the term by which a filter finds.

    >>> facet("label", "mixed"), facet("quoted")
    ('_label_mixed', '_quoted')
    """
    return f"_{name}_{value}" if value != "" else f"_{name}"


def arrival(sent_at: datetime, response_id: int, question: str) -> int:
    """Number a review by the millisecond in which it was sent, told apart by chance of a hash."""
    mixed = hashlib.sha256(f"{response_id}/{question}".encode()).digest()
    return first_arrival(sent_at) | int.from_bytes(mixed[:4]) >> (32 - SPREAD)


def first_arrival(moment: datetime) -> int:
    """Return the lowest number of what is sent from this moment on.

    >>> first_arrival(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)) == 1000 << 21
    True
    """
    since = moment - _EPOCH
    milliseconds = (since.days * 86_400 + since.seconds) * 1_000 + since.microseconds // 1_000
    return max(0, min(milliseconds << SPREAD, LAST_ARRIVAL))
