"""Where the marks of the charts go: figures in, positions out, nothing drawn here.

Horizontal positions are per cent of the chart's width, vertical ones and sizes are pixels. So a
chart is as wide as its place while its text and dots keep their size, on a phone as on a desk.
All are plain frozen dataclasses; the macros in templates/macros/charts draw them.
"""

from feedback.results.charts.agreement import AgreementChart, agreement_bars
from feedback.results.charts.axis import CENTRE, END, START, place
from feedback.results.charts.bars import (
    BAR_REACH,
    PairChart,
    PairRow,
    Part,
    paired_bars,
    paired_bars_of,
    share_bar,
)
from feedback.results.charts.distribution import (
    Bars,
    Columns,
    columns,
    nps_columns,
    option_bars,
)
from feedback.results.charts.dots import Dot, DotChart, DotRow, dot_of, interval_dots
from feedback.results.charts.importance import (
    Importance,
    ImportanceChart,
    importance_performance,
)
from feedback.results.charts.perception import GapChart, GapFigure, gap_rows
from feedback.results.charts.trends import Sparkline, Trend, sparklines, trend
from feedback.results.charts.voices import VoiceWaves, voices_over_time
from feedback.results.charts.waves import Gap, Measured, Wave, wave_of

__all__ = [
    "BAR_REACH",
    "CENTRE",
    "END",
    "START",
    "AgreementChart",
    "Bars",
    "Columns",
    "Dot",
    "DotChart",
    "DotRow",
    "Gap",
    "GapChart",
    "GapFigure",
    "Importance",
    "ImportanceChart",
    "Measured",
    "PairChart",
    "PairRow",
    "Part",
    "Sparkline",
    "Trend",
    "VoiceWaves",
    "Wave",
    "agreement_bars",
    "columns",
    "dot_of",
    "gap_rows",
    "importance_performance",
    "interval_dots",
    "nps_columns",
    "option_bars",
    "paired_bars",
    "paired_bars_of",
    "place",
    "share_bar",
    "sparklines",
    "trend",
    "voices_over_time",
    "wave_of",
]
