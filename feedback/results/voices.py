"""What comments say, counted: by label over all, by dimension, and one review as pages show it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from feedback.results.evidence import Segment, segments

LABELS = ("positive", "neutral", "mixed", "negative")
WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Split:
    """How many analysed comments carry each label; `waiting` ones are in none of them."""

    positive: int = 0
    neutral: int = 0
    mixed: int = 0
    negative: int = 0
    waiting: int = 0

    @property
    def n(self) -> int:
        """Analysed comments."""
        return self.positive + self.neutral + self.mixed + self.negative

    @property
    def by_label(self) -> Mapping[str, int]:
        """Label → count, in the order pages show them."""
        return {label: getattr(self, label) for label in LABELS}


def split(counts: Iterable[tuple[str, int]]) -> Split:
    """Add up (label or "waiting", count) pairs.

    >>> split([("positive", 2), ("waiting", 1), ("positive", 1)]).positive
    3
    """
    totals: dict[str, int] = {}
    for label, count in counts:
        totals[label] = totals.get(label, 0) + count
    return Split(**totals)


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
    """One comment with its author and, unless it waits for analysis, its verdict."""

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

    @property
    def is_waiting(self) -> bool:
        """Whether no verdict stands for these words yet."""
        return self.label == WAITING

    @property
    def segments(self) -> list[Segment]:
        """The text, cut at the words that decided; one piece while it waits."""
        return segments(self.text, () if self.is_waiting else self.evidence)
