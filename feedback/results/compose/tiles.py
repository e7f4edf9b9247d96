"""Single figures of a report in words: value, range, what they rest on, how they changed."""

from flask_babel import gettext as _
from flask_babel import ngettext

from feedback.analytics.figures import (
    Change,
    Direction,
    NoFigure,
    Nps,
    NpsChange,
    NpsFew,
    TooFew,
    direction_of,
)
from feedback.analytics.response_rates import ResponseRates
from feedback.results.charts import Dot, dot_of
from feedback.results.compose.wording import limits, spoken
from feedback.results.pdf.blocks import Tile
from feedback.results.tallies import Recommendation, Score
from feedback.results.waves import LastStep
from feedback.web.filters import month, number, score, share, signed

AnyChange = Change | TooFew | NoFigure | NpsChange
NPS_FROM = 10


def score_tile(label: str, figure: Score, step: LastStep | None, measure: str) -> Tile:
    """Tell a score 0 to 100 with its change since the wave before."""
    dot = dot_of(figure)
    if not isinstance(dot, Dot) or isinstance(figure, TooFew):
        return _missing(label, figure.missing if isinstance(figure, TooFew) else 1)
    n, accounts = number(figure.n), getattr(figure, "accounts", None)
    if accounts is not None:
        basis = _("n %(n)s in %(accounts)s organisations", n=n, accounts=number(accounts))
    else:
        basis = _("n 1: one voice") if figure.n == 1 else _("n %(n)s", n=n)
    change, way = (
        changed(step.changes.get(measure), month(step.first.launched_at))
        if step
        else ("", "unclear")
    )
    value = score(figure.mean)
    return Tile(label, value, limits(figure.interval), dot, (basis,), change, way)


def nps_tile(figure: Recommendation, step: LastStep | None = None) -> Tile:
    """Tell the NPS, below ten answers the counts."""
    label = _("NPS")
    if isinstance(figure, Nps):
        change, way = changed(step.nps, month(step.first.launched_at)) if step else ("", "unclear")
        basis = f"{_('n %(n)s', n=number(figure.n))}: {_counts(figure)}"
        value = signed(figure.nps)
        return Tile(label, value, limits(figure.interval, True), None, (basis,), change, way)
    if isinstance(figure, NpsFew):
        few = _missing(label, figure.score.missing)
        mean = _("mean %(mean)s of 10", mean=number(round(figure.mean, 1)))
        return Tile(label, few.value, basis=(_counts(figure), mean, *few.basis))
    return _missing(label, NPS_FROM)


def response_tile(rates: ResponseRates) -> Tile:
    """Tell how many of the invitations were answered."""
    label, found = _("Response rate (RR2)"), rates.response
    if isinstance(found, TooFew):
        return Tile(label, _("Too few"), basis=(_("Nobody has been asked yet."),))
    basis = [_("%(count)s of %(n)s invitations", count=number(found.count), n=number(rates.n))]
    if not isinstance(rates.rr6, TooFew):
        basis.append(_("of those reached %(rr6)s (RR6)", rr6=share(rates.rr6)))
    ends = _("%(lo)s to %(hi)s", lo=share(found.interval.lo), hi=share(found.interval.hi))
    return Tile(label, share(found.share), ends, None, basis)


def changed(change: AnyChange | None, since: str) -> tuple[str, str]:
    """Say how a figure changed since a wave, in points and a word; beside it the way it went."""
    if isinstance(change, TooFew):
        return _("Too few for a change since %(wave)s", wave=since), "unclear"
    if isinstance(change, Change):
        diff, way = change.diff, change.direction
    elif isinstance(change, NpsChange):
        diff = change.diff_adj
        way = direction_of(diff, change.p < 1 - change.conf)
    else:
        return "", "unclear"
    words = _(
        "%(diff)s points (%(lo)s to %(hi)s) since %(wave)s: %(word)s",
        diff=signed(diff),
        lo=signed(change.interval.lo),
        hi=signed(change.interval.hi),
        wave=since,
        word=direction_word(way),
    )
    return words, way.value


def direction_word(way: Direction) -> str:
    """Return the word for a change; unclear never means unchanged."""
    return spoken("results/_changes.html", "direction_word", {"direction": way})


def _missing(label: str, missing: int) -> Tile:
    more = ngettext("%(num)s more answer is needed.", "%(num)s more answers are needed.", missing)
    return Tile(label, _("Too few"), basis=(more,))


def _counts(figure: Nps | NpsFew) -> str:
    return spoken("results/_figures.html", "nps_counts", figure)
