"""The drawings of a report: geometry of results/charts with its words, and what each shows said."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.analytics.figures import TooFew
from feedback.results import charts
from feedback.results.account import AskedQuestion, rows_of
from feedback.results.charts import Dot, Measured
from feedback.results.compose.wording import Names, limits, signs, spoken
from feedback.results.matters import Matters
from feedback.results.pdf.blocks import (
    AgreementLine,
    Agreements,
    Crosses,
    DotLine,
    Dots,
    Figure,
    PairLine,
    Pairs,
    Shares,
    TrendLine,
)
from feedback.results.tallies import Score
from feedback.results.voices import DimensionVoice, Split
from feedback.results.waves import WaveName
from feedback.web.filters import month, number, score, share


def dimensions(
    figures: Mapping[str, Score],
    names: Names,
    beside: Mapping[str, Score] | None = None,
    compared: str = "",
) -> Figure:
    """Draw the dimensions with their intervals, hollow dots for those beside."""
    chart = charts.interval_dots(figures, beside)
    rows = [_dot_line(row.key, row.dot, names) for row in chart.rows]
    alt = "; ".join(f"{row.name} {row.value} {row.n}".strip() for row in rows)
    title = _("Dimensions: score from 0 to 100 with its interval")
    return Figure(title, Dots(rows, chart.ticks, compared), alt)


def _dot_line(key: str, dot: Dot | TooFew, names: Names) -> DotLine:
    if isinstance(dot, TooFew):
        return DotLine(names[key], "", _("too few answers"), None)
    value = f"{score(dot.value)} ({limits(dot.interval)})"
    return DotLine(names[key], value, _("n %(n)s", n=number(dot.n)), dot)


def over_time(line: Sequence[tuple[WaveName, Score]]) -> Figure | None:
    """Draw the index from wave to wave; None where no wave has one."""
    # Names are told in the table below; under the axis there is room for a month.
    labels = [month(wave.launched_at) for wave, _index in line]
    figures = [index for _wave, index in line]
    chart = charts.trend([charts.wave_of(*each) for each in zip(labels, figures, strict=True)])
    if chart.last is None:
        return None
    told = [
        f"{wave.label} {score(wave.value)} ({score(wave.lo)}–{score(wave.hi)})"
        if isinstance(wave, Measured)
        else f"{wave.label} {_('too few') if wave.few else _('not asked')}"
        for wave in chart.waves
    ]
    drawing = TrendLine(
        chart,
        grid=[score(mark) for mark, _y in chart.grid],
        values=[[score(point.value) for point in run] for run in chart.runs],
        holes=[_("too few") if hole.few else _("not asked") for hole in chart.holes],
    )
    return Figure(_("Relationship index from wave to wave"), drawing, "; ".join(told))


def importance(matters: Matters, names: Names, basis: str) -> Figure | None:
    """Draw what goes together with satisfaction against how it is judged."""
    chart = charts.importance_performance(matters.points, names)
    if chart is None:
        return None
    word = {key: spoken("macros/charts/importance.html", "quadrant_word", key) for key in CORNERS}
    told = [
        f"{names[each.figure.key]}: {share(each.figure.share)}, {score(each.figure.mean)}, "
        f"{word[each.priority]}"
        for each in chart.points
    ]
    ends = {
        "none": share(chart.share_low),
        "even": share(chart.line_share),
        "most": share(chart.share_high),
        "low": score(chart.mean_low),
        "mean": score(chart.line_mean),
        "high": score(chart.mean_high),
    }
    hollow = any(each.priority == "unclear" for each in chart.points)
    drawing = Crosses(
        chart,
        word,
        ends,
        (_("Importance"), _("Score")),
        _("an interval reaches over a dividing line") if hollow else "",
    )
    title = _("Share of what the dimensions explain, and how they are judged")
    return Figure(title, drawing, "; ".join(told), basis)


CORNERS = ("improve", "keep", "watch", "leave", "unclear")


def voices(by_dimension: Sequence[DimensionVoice], names: Names) -> Figure | None:
    """Draw what comments say about each dimension; None where none speaks of one."""
    chart = charts.paired_bars_of(by_dimension)
    if not chart.spoken:
        return None
    rows = [
        PairLine(
            names[row.key],
            _("n %(n)s", n=number(row.n)),
            f"{'−' if row.negative else ''}{number(row.negative)}",
            f"{'+' if row.positive else ''}{number(row.positive)}",
            row,
        )
        for row in chart.rows
    ]
    alt = "; ".join(f"{row.name} {row.negative}, {row.positive} ({row.n})" for row in rows)
    ends = (f"− {_('Negative')}", f"{_('Positive')} +")
    title = _("Comments by dimension: negative left, positive right")
    return Figure(title, Pairs(rows, ends), alt)


def sentiment(split: Split, words: Mapping[str, str]) -> Figure | None:
    """Draw how the comments split over the labels; None without any that was read."""
    if not split.n:
        return None
    parts, known = charts.share_bar(split.by_label), signs()
    legend = [
        (known[label], words[label], number(count), share(count / split.n))
        for label, count in split.by_label.items()
    ]
    alt = "; ".join(f"{word} {count} ({part})" for _sign, word, count, part in legend)
    title = ngettext("Sentiment of %(num)s comment", "Sentiment of %(num)s comments", split.n)
    return Figure(title, Shares(parts, known, legend), alt)


def agreement(questions: Sequence[AskedQuestion]) -> list[Figure]:
    """Draw how the contacts judged the statements, and their satisfaction."""
    agree, satisfied = (_("Disagree"), _("Agree")), (_("Dissatisfied"), _("Satisfied"))
    kinds = (
        (_("Agreement with each statement"), agree, ("agreement", "effort")),
        (_("Satisfaction"), satisfied, ("csat",)),
    )
    texts = {each.key: each.text for each in questions}
    made = [_agreement(title, ends, rows_of(questions, *of), texts) for title, ends, of in kinds]
    return [each for each in made if each]


def _agreement(
    title: str, ends: tuple[str, str], rows: Sequence[Any], texts: Mapping[str, str]
) -> Figure | None:
    if not rows:
        return None
    chart = charts.agreement_bars(rows)
    if all(row.few for row in chart.rows):
        return None
    lines = [
        AgreementLine(
            texts[row.key],
            _("n %(n)s", n=number(row.n)),
            share(row.disagree),
            share(row.agree),
            too_few(row.few) if row.few else "",
            row,
        )
        for row in chart.rows
    ]
    alt = "; ".join(
        f"{line.name} {line.few or f'{ends[0]} {line.disagree}, {ends[1]} {line.agree}'}"
        for line in lines
    )
    return Figure(title, Agreements(lines, chart.centre, ends), alt)


def too_few(few: TooFew) -> str:
    """Say how many answers are missing."""
    return ngettext(
        "Too few: %(num)s more answer is needed",
        "Too few: %(num)s more answers are needed",
        few.missing,
    )
