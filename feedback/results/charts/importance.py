"""Importance and performance: what goes together with satisfaction, and how well it is judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from feedback.analytics.figures import Interval
from feedback.analytics.priorities import PRIORITIES, Priority, side
from feedback.results.charts.axis import cut, scaled
from feedback.results.charts.labels import Label, Spot, place_labels

LEFT, RIGHT = 9.0, 91.0
TOP, BOTTOM, HEIGHT = 24, 264, 302
LONGEST_NAME = 24
# A scale spans at least so many points: less would make noise look like difference.
LEAST_SPAN = 10


@dataclass(frozen=True, slots=True)
class Importance:
    """One dimension: its share of importance 0..1 and its mean 0..100, each with interval."""

    key: str
    share: float
    share_interval: Interval
    mean: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class ImportancePoint:
    """Where a dimension stands and what that suggests; unclear where an interval meets a line."""

    figure: Importance
    priority: Priority
    x: float
    x_lo: float
    x_hi: float
    y: float
    y_lo: float
    y_hi: float
    label: Label


@dataclass(frozen=True, slots=True)
class ImportanceChart:
    """Points between scales whose ends are told, and the two lines that part them.

    `line_share` and `line_mean` are the values of the lines, `line_x` and `line_y` where they are.
    """

    points: tuple[ImportancePoint, ...]
    share_low: float
    share_high: float
    mean_low: float
    mean_high: float
    line_share: float
    line_mean: float
    line_x: float
    line_y: float
    left: float = LEFT
    right: float = RIGHT
    top: int = TOP
    bottom: int = BOTTOM
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class _Scales:
    """From shares and means to places."""

    share_low: float
    share_high: float
    low: float
    high: float

    def x(self, share: float) -> float:
        return scaled(share, self.share_low, self.share_high, LEFT, RIGHT)

    def y(self, mean: float) -> float:
        return scaled(mean, self.low, self.high, BOTTOM, TOP)


def importance_performance(
    figures: Sequence[Importance], names: Mapping[str, str], mean: float | None = None
) -> ImportanceChart | None:
    """Lay out share of importance against mean; None for fewer than two, which nothing parts.

    `names` are the words at the points, `mean` the overall mean if it is not that of the figures.
    """
    if len(figures) < 2:
        return None
    line_share = 1 / len(figures)
    line_mean = sum(each.mean for each in figures) / len(figures) if mean is None else mean
    scales = _scales(figures, line_share, line_mean)
    spots = [
        Spot(cut(names[each.key], LONGEST_NAME), scales.x(each.share), scales.y(each.mean))
        for each in figures
    ]
    labels = place_labels(spots, (LEFT, RIGHT), (TOP, BOTTOM))
    return ImportanceChart(
        points=tuple(
            _point(each, _priority(each, line_share, line_mean), scales, label)
            for each, label in zip(figures, labels, strict=True)
        ),
        share_low=scales.share_low,
        share_high=scales.share_high,
        mean_low=scales.low,
        mean_high=scales.high,
        line_share=line_share,
        line_mean=line_mean,
        line_x=scales.x(line_share),
        line_y=scales.y(line_mean),
    )


def _priority(figure: Importance, line_share: float, line_mean: float) -> Priority:
    sides = side(figure.share_interval, line_share), side(figure.interval, line_mean)
    return PRIORITIES.get(sides, Priority.UNCLEAR)


def _scales(figures: Sequence[Importance], line_share: float, line_mean: float) -> _Scales:
    limits = [
        limit for each in figures for limit in (each.share_interval.lo, each.share_interval.hi)
    ]
    share_low, share_high = _fives([100 * share for share in (*limits, line_share)])
    means = [limit for each in figures for limit in (each.interval.lo, each.interval.hi)]
    return _Scales(share_low / 100, share_high / 100, *_fives([*means, line_mean]))


def _fives(values: Sequence[float]) -> tuple[float, float]:
    """Give the ends of a scale for values 0..100, in steps of five.

    >>> _fives([68.5, 77.6]), _fives([99.0, 100.0]), _fives([0.0])
    ((65.0, 80.0), (90.0, 100.0), (0.0, 10.0))
    """
    # Rounded first: 65.00000000000001 is no reason for a scale up to 70.
    low = 5.0 * floor(round(min(values), 6) / 5)
    high = 5.0 * ceil(round(max(values), 6) / 5)
    while high - low < LEAST_SPAN:
        low, high = max(low - 5, 0.0), min(high + 5, 100.0)
    return low, high


def _point(
    figure: Importance, priority: Priority, scales: _Scales, label: Label
) -> ImportancePoint:
    return ImportancePoint(
        figure=figure,
        priority=priority,
        x=scales.x(figure.share),
        x_lo=scales.x(figure.share_interval.lo),
        x_hi=scales.x(figure.share_interval.hi),
        y=scales.y(figure.mean),
        y_lo=scales.y(figure.interval.lo),
        y_hi=scales.y(figure.interval.hi),
        label=label,
    )
