"""The summary of a confidential campaign: groups of people, and never one of them."""

from typing import Any

from babel.lists import format_list
from flask import abort, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _

from feedback.analytics.atoms import Members
from feedback.campaigns.confidentiality import LEAST
from feedback.campaigns.models import Campaign
from feedback.results import gate
from feedback.results.confidential import Reader, rate
from feedback.results.gate import Groups, Why, Withheld
from feedback.results.grouping import Title, Titles, Unit
from feedback.results.queries import confidential as queries
from feedback.results.queries.confidential import Frozen
from feedback.results.views.blueprint import is_number


def summary(campaign: Campaign) -> str:
    """Show what the gate lets through: of all groups, or of the one with the unit asked for.

    The caller holds the guard. 404 where the campaign did not ask that unit.
    """
    frozen, units = queries.find_frozen(campaign.id), queries.read_units(campaign.id)
    unit = _wanted(units)
    grant = gate.shown(campaign.confidentiality, frozen.groups, [unit] if unit else [])
    page = {"campaign": campaign, "unit": unit, "units": units, "titles": _words(units)}
    page["least"] = LEAST
    if isinstance(grant, Groups):
        return _published(frozen, grant, page)
    assert isinstance(grant, Withheld), "a named campaign has a summary of its own"
    if grant.why is Why.NOT_ASKED:
        abort(404)
    return _withheld(frozen, grant.why, page)


def _published(frozen: Frozen, grant: Groups, page: dict[str, Any]) -> str:
    assert frozen.release
    reader = Reader(frozen.release)
    groups = [reader.published((at,)) for at in range(len(frozen.release.groups))]
    return render_template(
        "results/confidential.html",
        found=reader.published(grant.positions),
        is_exact=grant.is_exact,
        groups=sorted(groups, key=lambda group: page["titles"](group.units).casefold()),
        title_of=lambda groups: page["titles"](_units_of(frozen, groups)),
        **page,
    )


def _withheld(frozen: Frozen, why: Why, page: dict[str, Any]) -> str:
    """Show nothing but who was asked, and response rates as long as answers still come."""
    rates = []
    if why is Why.OPEN and page["campaign"].closed_at is None:
        answered = queries.count_answered(page["campaign"].id)
        rates = [
            (units, rate(sum(answered.get(unit, 0) for unit in units), invited))
            for units, invited in frozen.asked
        ]
    return render_template("results/confidential_waiting.html", why=why.value, rates=rates, **page)


def _units_of(frozen: Frozen, groups: Members) -> list[int]:
    return [unit for at in groups for unit in (frozen.groups or [])[at]]


def _wanted(units: dict[int, Unit]) -> int | None:
    """Return the unit the address asks for; 404 for anything the campaign did not ask."""
    wanted = request.args.get("unit", "")
    if not wanted:
        return None
    unit = int(wanted) if is_number(wanted) else 0
    if unit not in units or not units[unit].is_asked:
        abort(404)
    return unit


def _words(units: dict[int, Unit]) -> Any:
    titles = Titles(units)
    return lambda of: title_words(titles.of(of))


def title_words(title: Title) -> str:
    """Return the name of a group in the reader's language."""
    if not title.others:
        return str(format_list(list(title.names), locale=get_locale()))
    names = ", ".join(title.names)
    return _("%(names)s and %(others)s more", names=names, others=title.others)
