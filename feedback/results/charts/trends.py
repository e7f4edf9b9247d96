"""A figure over the waves: a line with the band of its intervals, and a small one for tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor

from feedback.results.charts.axis import START, Tick, scaled, ticks_of
from feedback.results.charts.waves import Hole, Measured, Wave, holes_of, places

# Room for the axis' values on the left and for the last value on the right.
LEFT, RIGHT = 12.0, 86.0
TOP, BOTTOM, HEIGHT = 16, 176, 200
SPARK_TOP, SPARK_BOTTOM, SPARK_HEIGHT = 3, 21, 24
# A sparkline ends so far before its right edge that its last dot is whole.
SPARK_RIGHT = 95.0
# A small trend's scale spans at least so many points: less would make noise look like change.
LEAST_SPAN = 20


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One measured wave: its figure, and where value and limits stand."""

    label: str
    value: float
    lo: float
    hi: float
    n: int
    x: float
    y: float
    y_lo: float
    y_hi: float


Run = tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Runs of neighbouring points (a line and a band each), and the holes between them.

    A run of one point has no line: its interval is drawn as a line upright. `grid` gives values
    of the axis with their heights. `last` is the point that carries its value: to its right, or
    above it where other waves follow.
    """

    waves: tuple[Wave, ...]
    runs: tuple[Run, ...]
    holes: tuple[Hole, ...]
    ticks: tuple[Tick, ...]
    grid: tuple[tuple[float, float], ...]
    last: TrendPoint | None
    last_is_newest: bool
    bottom: int = BOTTOM
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A trend for a table's cell, 100 pixels wide; `low` and `high` are its scale's ends."""

    waves: tuple[Wave, ...]
    runs: tuple[Run, ...]
    last: TrendPoint | None
    low: float
    high: float
    bottom: int = SPARK_BOTTOM
    height: int = SPARK_HEIGHT


def trend(waves: Sequence[Wave], low: float = 0, high: float = 100) -> Trend:
    """Lay out a figure over the waves, oldest first, on a scale from low to high."""
    xs = places(len(waves), LEFT, RIGHT)
    runs = _runs(waves, xs, (low, high), (BOTTOM, TOP))
    marks = (low, (low + high) / 2, high)
    return Trend(
        waves=tuple(waves),
        runs=runs,
        holes=holes_of([isinstance(wave, Measured) or wave.few for wave in waves], xs),
        ticks=ticks_of([wave.label for wave in waves], xs),
        grid=tuple((float(mark), scaled(mark, low, high, BOTTOM, TOP)) for mark in marks),
        last=runs[-1][-1] if runs else None,
        last_is_newest=bool(waves) and isinstance(waves[-1], Measured),
    )


def sparklines(rows: Sequence[Sequence[Wave]]) -> list[Sparkline]:
    """Lay out the small trends of a table on one scale: tens around all their values.

    One scale for all lets the eye compare rows; with no value at all it is 0 to 100. Rows of
    different length end at the same wave, the newest.
    """
    longest = max((len(row) for row in rows), default=0)
    xs = places(longest, START, SPARK_RIGHT) if longest > 1 else [SPARK_RIGHT]
    values = [wave.value for row in rows for wave in row if isinstance(wave, Measured)]
    low, high = _tens(values) if values else (0.0, 100.0)
    return [_sparkline(row, xs[len(xs) - len(row) :], low, high) for row in rows]


def _sparkline(waves: Sequence[Wave], xs: Sequence[float], low: float, high: float) -> Sparkline:
    runs = _runs(waves, xs, (low, high), (SPARK_BOTTOM, SPARK_TOP))
    return Sparkline(tuple(waves), runs, runs[-1][-1] if runs else None, low, high)


def _tens(values: Sequence[float]) -> tuple[float, float]:
    low, high = 10.0 * floor(min(values) / 10), 10.0 * ceil(max(values) / 10)
    if high - low < LEAST_SPAN:
        low, high = max(low - 10, -100.0 if low < 0 else 0.0), min(high + 10, 100.0)
    return low, high


def _runs(
    waves: Sequence[Wave],
    xs: Sequence[float],
    scale: tuple[float, float],
    heights: tuple[float, float],
) -> tuple[Run, ...]:
    """Place what was measured, one tuple for each stretch without a gap."""
    placed = list(zip(waves, xs, strict=True))
    stretches = groupby(placed, key=lambda pair: isinstance(pair[0], Measured))
    runs = (tuple(_points(pairs, scale, heights)) for is_run, pairs in stretches if is_run)
    return tuple(runs)


def _points(
    pairs: Iterator[tuple[Wave, float]], scale: tuple[float, float], heights: tuple[float, float]
) -> Iterator[TrendPoint]:
    for wave, x in pairs:
        if isinstance(wave, Measured):
            y, y_lo, y_hi = (
                scaled(value, *scale, *heights) for value in (wave.value, wave.lo, wave.hi)
            )
            yield TrendPoint(wave.label, wave.value, wave.lo, wave.hi, wave.n, x, y, y_lo, y_hi)
