"""The answer of the analyser: what a verdict on a comment holds and how it is written as JSON."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

#: Below this confidence the verdict is told as unsure.
SURE = 0.5

Language = Literal["id", "ms", "en", "mixed", "unknown"]
Label = Literal["positive", "neutral", "negative", "mixed"]

#: A polarity nearer to zero than this is told as neutral.
NEUTRAL_BAND = 0.12
#: The weaker side must reach this share of the stronger one to be called mixed …
MIXED_SHARE = 0.4
#: … and this strength of its own.
MIXED_STRENGTH = 0.2
#: Strength at which the polarity of a text is half-way to its limit.
SATURATION = 0.6


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch `[start, end)` of the original text and its weight, −1…1."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class AspectVerdict:
    """What the clauses about one dimension say: polarity −1…1 and the words that decided."""

    dimension: str
    polarity: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a whole comment says; `evidence` is in text order and never overlaps."""

    language: Language
    label: Label
    polarity: float
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    aspects: tuple[AspectVerdict, ...] = ()
    version: str = "words-1"
    #: What the comment wants besides: "request", "threat", "thanks".
    acts: tuple[str, ...] = ()
    #: Calibrated probability of each label, where the analyser knows it.
    shares: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_sure(self) -> bool:
        """Whether the text says enough: the label is likelier than all others together."""
        return self.confidence >= SURE

    @property
    def three_way(self) -> Label:
        """The label for scales without "mixed": the side that outweighs, or neutral if none."""
        if self.label != "mixed":
            return self.label
        if self.shares:
            three: tuple[Label, ...] = ("positive", "neutral", "negative")
            return max(three, key=lambda name: self.shares[name])
        if abs(self.polarity) < NEUTRAL_BAND:
            return "neutral"
        return "positive" if self.polarity > 0 else "negative"

    def to_dict(self) -> dict[str, Any]:
        """Plain values only, fit for a JSON column."""
        return {
            "language": self.language,
            "label": self.label,
            "polarity": self.polarity,
            "confidence": self.confidence,
            "dimensions": {aspect.dimension: aspect.polarity for aspect in self.aspects},
            "evidence": [
                {"start": part.start, "end": part.end, "weight": part.weight}
                for part in self.evidence
            ],
            "version": self.version,
            "acts": list(self.acts),
            "sure": self.is_sure,
        }


def polarity_of(weights: Sequence[float]) -> float:
    """Signed weights to one polarity −1…1: `s / sqrt(s² + SATURATION²)` of their sum `s`.

    >>> polarity_of([])
    0.0
    >>> polarity_of([0.6]) == -polarity_of([-0.6])
    True
    """
    total = sum(weights)
    size = math.hypot(total, SATURATION)
    return round(max(-1.0, min(1.0, total / size)), 4)


def label_of(weights: Sequence[float]) -> Label:
    """The label of signed weights: mixed when both sides are strong and neither outweighs.

    >>> label_of([0.7, -0.6]), label_of([0.7, -0.1]), label_of([])
    ('mixed', 'positive', 'neutral')
    """
    praise = sum(weight for weight in weights if weight > 0)
    blame = -sum(weight for weight in weights if weight < 0)
    weaker, stronger = sorted((praise, blame))
    if weaker >= MIXED_STRENGTH and weaker >= MIXED_SHARE * stronger:
        return "mixed"
    polarity = polarity_of(weights)
    if abs(polarity) < NEUTRAL_BAND:
        return "neutral"
    return "positive" if polarity > 0 else "negative"


def confidence_of(weights: Sequence[float], language: Language) -> float:
    """How sure the verdict is, 0…1: agreement and strength of the evidence; not calibrated.

    Nothing found counts 0.3; an unknown language takes a fifth away.
    """
    if not weights:
        sure = 0.3
    else:
        strength = sum(abs(weight) for weight in weights)
        agreement = abs(sum(weights)) / strength if strength else 0.0
        weight = strength / (strength + SATURATION)
        sure = 0.35 + 0.6 * weight * (agreement if label_of(weights) != "mixed" else 0.5)
    return round(sure * (0.8 if language == "unknown" else 1.0), 4)
