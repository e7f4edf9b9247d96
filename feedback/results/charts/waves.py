"""Figures of one wave after another: what was measured, and where there is nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from feedback.analytics.figures import Nps, NpsFew, TooFew
from feedback.results.charts.axis import NARROW
from feedback.results.tallies import Score

# Words about a gap keep so many pixels away from the marks beside them.
CLEAR = 8


@dataclass(frozen=True, slots=True)
class Measured:
    """The figure of one wave with its interval and how many it rests on."""

    label: str
    value: float
    lo: float
    hi: float
    n: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A wave without a figure: too few answered, or nobody was asked (`few` is None)."""

    label: str
    few: TooFew | None = None


Wave = Measured | Gap


def wave_of(label: str, figure: Score | Nps | NpsFew | None) -> Wave:
    """Give the wave of a figure: a score, an NPS, too few of either, or None where none was asked.

    >>> wave_of("April", TooFew(2, 5))
    Gap(label='April', few=TooFew(n=2, needed=5))
    """
    if figure is None or isinstance(figure, TooFew):
        return Gap(label, figure)
    if isinstance(figure, NpsFew):
        return Gap(label, figure.score)
    value = figure.nps if isinstance(figure, Nps) else figure.mean
    return Measured(label, value, figure.interval.lo, figure.interval.hi, figure.n)


@dataclass(frozen=True, slots=True)
class Hole:
    """Neighbouring waves without a figure for the same reason, as one place for its words.

    `few` tells the reason; `room` is how many pixels the words may be wide on a narrow chart.
    """

    few: bool
    count: int
    x: float
    room: float


def places(count: int, start: float, end: float) -> list[float]:
    """Spread so many waves evenly from start to end; a single one stands in the middle.

    >>> places(3, 10, 90), places(1, 10, 90), places(0, 10, 90)
    ([10.0, 50.0, 90.0], [50.0], [])
    """
    if count == 1:
        return [(start + end) / 2]
    return [round(start + at * (end - start) / (count - 1), 2) for at in range(count)]


def holes_of(
    gaps: Sequence[TooFew | bool | None], xs: Sequence[float], reach: float = 0.0
) -> tuple[Hole, ...]:
    """Join neighbouring gaps of one reason: too few, or None for "not asked"; True is a figure.

    `reach` is how far the mark of a figure goes to each side, in per cent.
    """
    groups = [(reason, len(list(group))) for reason, group in groupby(gaps, key=_reason)]
    found, at = list[Hole](), 0
    for reason, count in groups:
        until = at + count
        if reason is not None:
            x = (xs[at] + xs[until - 1]) / 2
            free = min(
                x - _limit(gaps, xs, at - 1, at, reach),
                _limit(gaps, xs, until, until - 1, reach) - x,
            )
            room = 2 * free * NARROW / 100 - 2 * CLEAR
            found.append(Hole(reason == "few", count, round(x, 2), round(room, 2)))
        at = until
    return tuple(found)


def _reason(gap: TooFew | bool | None) -> str | None:
    if gap is None:
        return "not asked"
    return "few" if isinstance(gap, TooFew) else None


def _limit(
    gaps: Sequence[TooFew | bool | None], xs: Sequence[float], beside: int, edge: int, reach: float
) -> float:
    """Return how far words of a hole may go: to the mark beside it, half-way to another hole."""
    if not 0 <= beside < len(xs):
        return 0.0 if beside < 0 else 100.0
    if gaps[beside] is not True:
        return (xs[beside] + xs[edge]) / 2
    return xs[beside] + (reach if beside < edge else -reach)
