"""What comments say, counted: by label, dimension and language, and one review as pages show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from feedback.results.contradiction import OwnScore, contradiction, own_score
from feedback.sentiment.corrections import ASIDE, UNSURE, WAITING, state_of
from feedback.sentiment.marking import Segment, segments

LABELS = ("positive", "neutral", "mixed", "negative")
SHOWN = (*LABELS, UNSURE)


@dataclass(frozen=True, slots=True)
class Heard:
    """How many comments of one organisation and language carry one label."""

    organisation_id: int
    label: str
    language: str
    contradicting: int  # of `count`, those whose words contradict their writer's score
    count: int


@dataclass(frozen=True, slots=True)
class Split:
    """How many read comments carry each label, or none that is sure.

    Those that wait for analysis and those that are not about us stand aside.
    """

    positive: int = 0
    neutral: int = 0
    mixed: int = 0
    negative: int = 0
    unsure: int = 0
    waiting: int = 0
    aside: int = 0

    @property
    def n(self) -> int:
        """Comments that were read and are about us."""
        return self.positive + self.neutral + self.mixed + self.negative + self.unsure

    @property
    def by_label(self) -> Mapping[str, int]:
        """Label → count, in the order pages show them."""
        return {label: getattr(self, label) for label in SHOWN}


def split(counts: Iterable[tuple[str, int]]) -> Split:
    """Add up (label, "unsure", "waiting" or "aside"; count) pairs.

    >>> split([("positive", 2), ("waiting", 1), ("positive", 1)]).positive
    3
    """
    totals: dict[str, int] = {}
    for label, count in counts:
        totals[label] = totals.get(label, 0) + count
    return Split(**totals)


def by_language(heard: Iterable[Heard]) -> list[tuple[str, Split]]:
    """Split the comments of each language, most frequent language first; none without any.

    >>> [(key, s.n) for key, s in by_language([Heard(1, "neutral", "id", 0, 4)])]
    [('id', 4)]
    """
    found: dict[str, list[tuple[str, int]]] = {}
    for each in heard:
        found.setdefault(each.language or "unknown", []).append((each.label, each.count))
    splits = [(language, split(counts)) for language, counts in found.items()]
    told = [(language, each) for language, each in splits if each.n]
    return sorted(told, key=lambda pair: (-pair[1].n, pair[0]))


@dataclass(frozen=True, slots=True)
class DimensionVoice:
    """Comments that speak of one dimension, by the side they take."""

    dimension: str
    negative: int
    neutral: int
    positive: int

    @property
    def n(self) -> int:
        """Comments that speak of the dimension."""
        return self.negative + self.neutral + self.positive


@dataclass(frozen=True, slots=True)
class Review:
    """One comment with its author and, unless it waits for analysis, what it says.

    `label` is what pages tell (a label, "unsure", "waiting", "aside"), `lean` the program's own.
    """

    response_id: int
    question: str
    organisation_id: int
    organisation: str
    contact: str
    role: str
    sent_at: datetime
    text: str
    label: str
    polarity: float = 0.0
    confidence: float = 0.0
    dimensions: Mapping[str, float] = field(default_factory=dict)
    evidence: Sequence[Mapping[str, Any]] = ()
    acts: Sequence[str] = ()
    version: str = ""
    lean: str = ""
    corrected_at: datetime | None = None
    corrected_by: str | None = None
    program_label: str | None = None
    csat: int | None = None
    nps: int | None = None
    index: int | None = None
    quoted_at: datetime | None = None
    quoted_by: str | None = None
    hits: Sequence[tuple[int, int]] = ()  # stretches of the text that somebody searched for

    def with_hits(self, hits: Sequence[tuple[int, int]]) -> "Review":
        """Return the same with the stretches that somebody searched for."""
        return replace(self, hits=hits)

    @property
    def key(self) -> str:
        """What tells this review from all others on a page."""
        return f"review-{self.response_id}-{self.question}"

    @property
    def words_seen(self) -> str:
        """A mark of the words, to notice that the client has changed them since."""
        return state_of(self.text, None)

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has read these words yet, neither program nor person."""
        return self.label == WAITING

    @property
    def is_told(self) -> bool:
        """Whether something is said of these words about us."""
        return self.label not in (WAITING, ASIDE)

    @property
    def segments(self) -> list[Segment]:
        """The text, cut at the words that decided; one piece while the program has not read it."""
        return segments(self.text, self.evidence if self.version else (), self.hits)

    @property
    def score(self) -> OwnScore | None:
        """The writer's own score, None where none was given."""
        return own_score(csat=self.csat, nps=self.nps, index=self.index)

    @property
    def contradiction(self) -> str | None:
        """Whether score ("high", "low") and words contradict each other, else None."""
        return contradiction(self.score, self.label, self.polarity)
