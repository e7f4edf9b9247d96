"""What comments say: paired bars from a centre line, and one bar that splits a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.results.charts.axis import CENTRE
from feedback.results.voices import DimensionVoice

# Bars reach this far from the centre; the counts stand outside.
BAR_REACH = 33.0
# A part this wide (per cent) has room for a sign on a narrow phone.
LEAST_WIDTH = 8


@dataclass(frozen=True, slots=True)
class PairRow:
    """Counts of both sides of one dimension as bars from the centre line outwards."""

    key: str
    negative: int
    neutral: int
    positive: int
    n: int
    left: float
    left_width: float
    right_width: float


@dataclass(frozen=True, slots=True)
class PairChart:
    """Paired bars over a common scale; `most` is what the longest bar stands for.

    `spoken` says whether any comment is counted at all.
    """

    rows: tuple[PairRow, ...]
    most: int
    spoken: bool


def paired_bars(counts: Sequence[tuple[str, int, int, int]]) -> PairChart:
    """Lay out (key, negative, neutral, positive) as bars to the left and right of the centre."""
    most = max((max(negative, positive) for _, negative, _, positive in counts), default=0)
    rows = tuple(_pair(each, most) for each in counts)
    return PairChart(rows, most, any(row.n for row in rows))


def _pair(counts: tuple[str, int, int, int], most: int) -> PairRow:
    key, negative, neutral, positive = counts
    left, right = (
        round(BAR_REACH * count / most, 2) if most else 0.0 for count in (negative, positive)
    )
    n = negative + neutral + positive
    return PairRow(key, negative, neutral, positive, n, CENTRE - left, left, right)


def paired_bars_of(voices: Sequence[DimensionVoice]) -> PairChart:
    """Lay out what comments say about each dimension."""
    return paired_bars([(v.dimension, v.negative, v.neutral, v.positive) for v in voices])


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar that shows how a whole splits; a sign stands in its middle if it fits."""

    key: str
    count: int
    share: float
    x: float
    width: float
    middle: float
    has_room: bool


def share_bar(counts: Mapping[str, int]) -> list[Part]:
    """Lay out the parts of a whole side by side over the full width; none if there is nothing.

    >>> [(part.key, part.x, part.width) for part in share_bar({"a": 1, "b": 3})]
    [('a', 0.0, 25.0), ('b', 25.0, 75.0)]
    """
    total = sum(counts.values())
    parts, at = list[Part](), 0
    for key, count in counts.items():
        if count:
            x = round(100 * at / total, 2)
            end = round(100 * (at + count) / total, 2)
            width, middle = round(end - x, 2), round((x + end) / 2, 2)
            parts.append(Part(key, count, count / total, x, width, middle, width >= LEAST_WIDTH))
        at += count
    return parts
