"""Scores with their intervals as dots on an axis from 0 to 100."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedback.analytics.figures import Interval, TooFew
from feedback.results.charts.axis import SCORE_TICKS, place
from feedback.results.tallies import Score


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
    """One row: its key, and its dot or what is missing."""

    key: str
    dot: Dot | TooFew


@dataclass(frozen=True, slots=True)
class DotChart:
    """Rows of dots over one axis with marks at `ticks` (value, position)."""

    rows: tuple[DotRow, ...]
    ticks: tuple[tuple[float, float], ...] = SCORE_TICKS


def dot_of(figure: Score, segment: Score | None = None) -> Dot | TooFew:
    """Place one score 0..100 with its interval; too few stays too few."""
    if isinstance(figure, TooFew):
        return figure
    limits = figure.interval
    compared = None if segment is None or isinstance(segment, TooFew) else place(segment.mean)
    return Dot(
        value=figure.mean,
        interval=limits,
        n=figure.n,
        x=place(figure.mean),
        x_lo=place(limits.lo),
        x_hi=place(limits.hi),
        segment=compared,
    )


def interval_dots(
    figures: Mapping[str, Score], segments: Mapping[str, Score] | None = None
) -> DotChart:
    """Lay out measure × score 0..100 with interval, one row each, in the order given."""
    compared = segments or {}
    rows = [DotRow(key, dot_of(each, compared.get(key))) for key, each in figures.items()]
    return DotChart(tuple(rows))
