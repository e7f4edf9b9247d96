"""Perception gaps: how the own team and the client judge the same dimension, on one line."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.analytics.figures import Interval, TooFew
from feedback.analytics.gap import GapWord, PerceptionGap
from feedback.results.charts.axis import SCORE_TICKS, Anchor
from feedback.results.charts.dots import Dot, dot_of
from feedback.results.tallies import Score

# Words at a dot so near to an end of the axis lean inwards.
EDGE = 22.0


@dataclass(frozen=True, slots=True)
class GapFigure:
    """Own team minus client in points with its interval, and the word for it."""

    gap: float
    interval: Interval
    word: GapWord


@dataclass(frozen=True, slots=True)
class GapRow:
    """One dimension: both dots, how the words at them are anchored, and the gap between them."""

    key: str
    client: Dot | TooFew
    team: Dot | TooFew
    gap: GapFigure | TooFew
    client_anchor: Anchor
    team_anchor: Anchor


@dataclass(frozen=True, slots=True)
class GapChart:
    """Rows of two dots over one axis with marks at `ticks` (value, position)."""

    rows: tuple[GapRow, ...]
    ticks: tuple[tuple[float, float], ...] = SCORE_TICKS


def gap_rows(rows: Sequence[tuple[str, Score, Score, PerceptionGap | TooFew]]) -> GapChart:
    """Lay out (dimension, client's score, team's score, gap), in the order given."""
    laid = []
    for key, client_score, team_score, gap in rows:
        client, team = dot_of(client_score), dot_of(team_score)
        laid.append(GapRow(key, client, team, _figure(gap), _anchor(client), _anchor(team)))
    return GapChart(tuple(laid))


def _figure(gap: PerceptionGap | TooFew) -> GapFigure | TooFew:
    if isinstance(gap, TooFew):
        return gap
    return GapFigure(gap.gap, gap.difference.interval, gap.word)


def _anchor(dot: Dot | TooFew) -> Anchor:
    if isinstance(dot, TooFew) or dot.x < EDGE:
        return "start"
    return "end" if dot.x > 100 - EDGE else "middle"
