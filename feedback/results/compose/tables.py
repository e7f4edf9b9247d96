"""The tables and comments of a report in words."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.analytics.figures import Change, Direction, NoFigure, Nps, NpsFew, TooFew
from feedback.results.charts import Dot, dot_of
from feedback.results.compose.tiles import direction_word
from feedback.results.compose.wording import WORDS, Names, label_word, limits, signs, spoken
from feedback.results.listing import Line
from feedback.results.pdf.blocks import Cell, Column, Comment, Stretch, Table
from feedback.results.pdf.characters import shortened
from feedback.results.places import PlaceLine
from feedback.results.tallies import Recommendation
from feedback.results.voices import Review, Split
from feedback.results.waves import directions
from feedback.surveys.dimensions import DIMENSIONS
from feedback.web.filters import number, score, share, signed

STEPS = ("index", *DIMENSIONS, "csat")
# The most words that are marked in one printed comment; a comment of marks only is no help.
MOST_STRETCHES = 60


def steps_table(changes: Mapping[str, Change | TooFew | NoFigure], names: Names) -> Table:
    """List the last step of every measure."""
    heads = (_("Figure"), _("Difference"), _("Interval"), _("In words"), _("Visible from"))
    aligned = ("start", "end", "end", "start", "end")
    columns = [
        Column(head, way, 2 if way == "start" else 1)
        for head, way in zip(heads, aligned, strict=True)
    ]
    ways = directions(changes)
    rows = [_step(names[key], changes.get(key), ways.get(key)) for key in STEPS]
    return Table(columns, rows)


def _step(
    name: str, change: Change | TooFew | NoFigure | None, way: Direction | None
) -> list[Cell]:
    if isinstance(change, Change) and way:
        ends = f"{signed(change.interval.lo)} … {signed(change.interval.hi)}"
        words, least = direction_word(way), score(change.smallest_seen)
        return [Cell(name), Cell(signed(change.diff)), Cell(ends), Cell(words), Cell(least)]
    why = _("everybody answered the same")
    if isinstance(change, TooFew):
        why = ngettext(
            "too few: %(num)s more is needed", "too few: %(num)s more are needed", change.missing
        )
    return [Cell(name), Cell("–"), Cell("–"), Cell(why if change else "–"), Cell("–")]


def organisations_table(lines: Sequence[Line]) -> Table:
    """List organisations with index, NPS, sentiment and yearly value."""
    columns = [
        Column(_("Organisation"), width=2.4),
        Column(_("People"), "end"),
        Column(_("Index"), "end"),
        Column("", width=1.5, has_axis=True),
        Column(_("NPS"), "end"),
        Column(_("Sentiment")),
        Column(_("Yearly value"), "end"),
    ]
    return Table(columns, [_organisation(line) for line in lines])


def _organisation(line: Line) -> list[Cell]:
    known, value = line.organisation, line.organisation.value
    return [
        Cell(shortened(known.name, 80)),
        Cell(number(known.persons)),
        *_index(line),
        Cell(_recommended(line.recommendation)),
        Cell(_tally(line.split) or "–"),
        Cell(number(value) if value is not None else "–"),
    ]


def _index(line: Line) -> list[Cell]:
    dot = dot_of(line.index)
    if not isinstance(dot, Dot):
        return [Cell(_("too few") if line.has_answers else "–"), Cell()]
    return [Cell(score(dot.value), quiet=limits(dot.interval)), Cell(dot=dot)]


def _recommended(found: Recommendation) -> str:
    if isinstance(found, Nps):
        return signed(found.nps)
    if isinstance(found, NpsFew):
        counts = found.counts
        return f"{counts.promoters} / {counts.passives} / {counts.detractors}"
    return "–"


def _tally(split: Split) -> str:
    known = signs()
    told = (f"{known[label]}{number(count)}" for label, count in split.by_label.items() if count)
    return "  ".join(told)


def places_table(lines: Sequence[PlaceLine]) -> Table:
    """List places with their answers and their satisfaction, where enough people gave one."""
    columns = [
        Column(_("Place"), width=2.4),
        Column(_("Answers"), "end"),
        Column(_("Comments"), "end"),
        Column(_("Satisfaction"), "end"),
        Column("", width=1.5, has_axis=True),
    ]
    return Table(columns, [_place(line) for line in lines])


def _place(line: PlaceLine) -> list[Cell]:
    dot = dot_of(line.csat)
    found = [Cell(_("too few")), Cell()]
    if isinstance(dot, Dot):
        found = [Cell(score(dot.value), quiet=limits(dot.interval)), Cell(dot=dot)]
    return [
        Cell(shortened(line.label, 80)),
        Cell(number(line.n)),
        Cell(number(line.comments)),
        *found,
    ]


def comment(review: Review, names: Names, show_organisation: bool = True) -> Comment:
    """Print one comment with the words that decided, and who said it."""
    certain = ""
    if review.is_told and not review.corrected_at:
        certain = f", {_('certainty %(share)s', share=share(review.confidence))}"
    remark = spoken(WORDS, "contradiction", review) if review.contradiction else ""
    return Comment(
        label=review.label,
        sign=signs().get(review.label, ""),
        verdict=label_word(review.label) + certain,
        stretches=stretches(review),
        author=spoken(WORDS, "author", review, names, show_organisation),
        remark=remark,
    )


def stretches(review: Review) -> list[Stretch]:
    """Cut a comment at its marked words, and off where it is too long to be printed."""
    left, found = len(shortened(review.text)), list[Stretch]()
    cut = left < len(review.text)
    for part in review.segments:
        text = part.text[: max(0, left - cut)]
        left -= len(text)
        if text:
            marked = part.weight is not None and len(found) < MOST_STRETCHES
            side = "positive" if (part.weight or 0) > 0 else "negative"
            found.append(Stretch(text, side if marked else ""))
    return [*found, Stretch("…")] if cut else found
