"""The section of a report that sets the team's guesses beside the client's answers."""

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.analytics.figures import TooFew
from feedback.analytics.gap import GapWord
from feedback.results.compose.wording import Names, limits
from feedback.results.mirror import GapLine, Mirror
from feedback.results.pdf.blocks import Block, Cell, Column, Section, Table, Words
from feedback.results.tallies import Score
from feedback.web.filters import day, score, signed


def gaps(mirror: Mirror | None, names: Names) -> list[Block]:
    """List the gaps by dimension, blind spots first; nothing where there is none."""
    if mirror is None or not mirror.has_gaps:
        return []
    basis = ngettext(
        "%(num)s colleague guessed in “%(name)s”, opened %(day)s.",
        "%(num)s colleagues guessed in “%(name)s”, opened %(day)s.",
        mirror.people,
        name=mirror.name,
        day=day(mirror.opened_at),
    )
    columns = [
        Column(_("Dimension"), width=1.6),
        Column(_("Client"), "end"),
        Column(_("Team"), "end"),
        Column(_("Gap"), "end"),
        Column(_("In words"), width=1.4),
    ]
    table = Table(columns, [_row(each, names) for each in mirror.lines])
    return [Section(_("How the team sees it"), [Words(basis, quiet=True), table])]


def _row(line: GapLine, names: Names) -> list[Cell]:
    sides = [Cell(names[line.dimension]), _side(line.client), _side(line.team)]
    if isinstance(line.gap, TooFew):
        return [*sides, Cell("–"), Cell(_("too few"))]
    words = {
        GapWord.BLIND_SPOT: _("Blind spot"),
        GapWord.HIDDEN_STRENGTH: _("Hidden strength"),
        GapWord.UNCLEAR: _("No clear gap"),
    }
    ends = limits(line.gap.difference.interval, sign=True)
    return [*sides, Cell(signed(line.gap.gap), quiet=ends), Cell(words[line.gap.word])]


def _side(found: Score) -> Cell:
    if isinstance(found, TooFew):
        return Cell(_("too few"))
    return Cell(score(found.mean), quiet=limits(found.interval))
