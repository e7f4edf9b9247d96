"""Where the marks of the charts go: figures in, positions out, nothing drawn here.

Horizontal positions are per cent of the chart's width, vertical ones and sizes are pixels. So a
chart is as wide as its place while its text and dots keep their size, on a phone as on a desk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.analytics.figures import Interval, TooFew
from feedback.results.tallies import Score
from feedback.results.voices import DimensionVoice

# Ends of an axis: some free space, so that a dot on 0 or 100 is whole. In a chart the axis ends
# earlier, to leave a column for n.
START, END, CHART_END = 2.0, 98.0, 84.0
ROW = 52
TEXT_Y = 18
STRIP_Y = 36
FOOT = 22
# Bars reach this far from the centre; the counts stand outside.
BAR_REACH = 38.0
CENTRE = 50.0


def place(value: float, end: float = END) -> float:
    """Give the position of a score 0..100 on an axis up to `end`; beyond the scale, its end.

    >>> place(0), place(50), place(100), place(170)
    (2.0, 50.0, 98.0, 98.0)
    """
    share = min(1.0, max(0.0, value / 100))
    return round(START + share * (end - START), 2)


@dataclass(frozen=True, slots=True)
class Dot:
    """A value with its interval on an axis; `segment` is the hollow dot to compare with."""

    value: float
    interval: Interval
    n: int
    x: float
    x_lo: float
    x_hi: float
    segment: float | None = None


@dataclass(frozen=True, slots=True)
class DotRow:
    """One row: its key, its dot or what is missing, and where it stands."""

    key: str
    dot: Dot | TooFew
    y: int

    @property
    def text_y(self) -> int:
        """Base line of the row's words."""
        return self.y + TEXT_Y

    @property
    def strip_y(self) -> int:
        """Height of the row's line."""
        return self.y + STRIP_Y


@dataclass(frozen=True, slots=True)
class DotChart:
    """Rows of dots over one axis with marks at `ticks` (value, position)."""

    rows: Sequence[DotRow]
    ticks: Sequence[tuple[float, float]]
    height: int

    @property
    def foot_y(self) -> int:
        """Base line of the words under the axis."""
        return self.height - 6


def dot_of(figure: Score, segment: Score | None = None, end: float = END) -> Dot | TooFew:
    """Place one score 0..100 with its interval; too few stays too few."""
    if isinstance(figure, TooFew):
        return figure
    limits = figure.interval
    compared = None if segment is None or isinstance(segment, TooFew) else place(segment.mean, end)
    return Dot(
        value=figure.mean,
        interval=limits,
        n=figure.n,
        x=place(figure.mean, end),
        x_lo=place(limits.lo, end),
        x_hi=place(limits.hi, end),
        segment=compared,
    )


def interval_dots(
    figures: Mapping[str, Score], segments: Mapping[str, Score] | None = None
) -> DotChart:
    """Lay out measure × score 0..100 with interval, one row each, in the order given."""
    compared = segments or {}
    rows = [
        DotRow(key, dot_of(figure, compared.get(key), CHART_END), at * ROW)
        for at, (key, figure) in enumerate(figures.items())
    ]
    ticks = [(float(value), place(value, CHART_END)) for value in (0, 25, 50, 75, 100)]
    return DotChart(rows, ticks, len(rows) * ROW + FOOT)


@dataclass(frozen=True, slots=True)
class PairRow:
    """Counts of both sides of one dimension as bars from the centre line outwards."""

    key: str
    negative: int
    neutral: int
    positive: int
    left: float
    left_width: float
    right_width: float
    y: int

    @property
    def n(self) -> int:
        """All comments of the row."""
        return self.negative + self.neutral + self.positive

    @property
    def text_y(self) -> int:
        """Base line of the row's words."""
        return self.y + TEXT_Y

    @property
    def bar_y(self) -> int:
        """Upper edge of the bars."""
        return self.y + STRIP_Y - 8

    @property
    def count_y(self) -> int:
        """Base line of the counts beside the bars."""
        return self.y + STRIP_Y + 5


@dataclass(frozen=True, slots=True)
class PairChart:
    """Paired bars over a common scale; `most` is what the longest bar stands for."""

    rows: Sequence[PairRow]
    most: int
    height: int

    @property
    def spoken(self) -> bool:
        """Whether any comment is counted at all."""
        return any(row.n for row in self.rows)


def paired_bars(counts: Sequence[tuple[str, int, int, int]]) -> PairChart:
    """Lay out (key, negative, neutral, positive) as bars to the left and right of the centre."""
    most = max((max(negative, positive) for _, negative, _, positive in counts), default=0)
    rows = []
    for at, (key, negative, neutral, positive) in enumerate(counts):
        left, right = (
            round(BAR_REACH * count / most, 2) if most else 0.0 for count in (negative, positive)
        )
        rows.append(PairRow(key, negative, neutral, positive, CENTRE - left, left, right, at * ROW))
    return PairChart(rows, most, len(rows) * ROW)


def paired_bars_of(voices: Sequence[DimensionVoice]) -> PairChart:
    """Lay out what comments say about each dimension."""
    return paired_bars([(v.dimension, v.negative, v.neutral, v.positive) for v in voices])


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar that shows how a whole splits."""

    key: str
    count: int
    share: float
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where a sign inside the part stands."""
        return round(self.x + self.width / 2, 2)

    @property
    def has_room(self) -> bool:
        """Whether a sign fits inside on a narrow phone."""
        return self.width >= 8


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
            parts.append(Part(key, count, count / total, x, round(end - x, 2)))
        at += count
    return parts
