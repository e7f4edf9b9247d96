"""What an address asks for: which answers, of which organisations, and which part of the list."""

from typing import Any

from flask import abort, request
from flask_babel import gettext as _

from feedback import clock
from feedback.auth.queries import list_users
from feedback.campaigns.links import PUBLIC
from feedback.campaigns.models import Campaign
from feedback.organisations.forms import KINDS
from feedback.organisations.models import Organisation
from feedback.organisations.queries import find_organisation, list_segments
from feedback.results import scope
from feedback.results.gate import names_people
from feedback.results.listing import SORTS, Wanted
from feedback.results.queries import pages, waves
from feedback.results.scope import FIRST_YEAR, LAST_YEAR, Scope, Selection
from feedback.results.turning import Place, UnknownPlace, place
from feedback.results.views.blueprint import is_number
from feedback.web.arguments import here_with, number_argument, page_number, text_argument

NOBODY = 0  # no person has this number
PLACES = dict.fromkeys(("next", "previous"))


def asked_scope() -> tuple[Campaign | None, Scope]:
    """Return the campaign the address names, if any, and the answers it asks for; else 404.

    `period` is empty for the last 365 days, a year, or "w" and a campaign's number; `campaign`
    names a campaign, too.
    """
    wanted = text_argument("period")
    campaign = text_argument("campaign") or wanted.removeprefix("w") * wanted.startswith("w")
    if campaign:
        found = pages.find_campaign(int(campaign)) if is_number(campaign) else None
        if found is None or not names_people(found.confidentiality):
            abort(404)
        return found, scope.wave(found.id, found.launched_at, clock.now())
    if not wanted:
        return None, scope.portfolio(clock.now())
    if not (is_number(wanted) and FIRST_YEAR <= int(wanted) <= LAST_YEAR):
        abort(404)
    return None, scope.in_year(int(wanted))


def asked_period() -> tuple[Campaign | None, Scope]:
    """Return the same for pages of organisations; 404 for a campaign by public links.

    Its summary says only what enough people have said; no other page shows its figures. What our
    own team guesses (`is_mirror`) is no organisation's answer either.
    """
    campaign, within = asked_scope()
    if campaign and (campaign.kind == PUBLIC or campaign.survey_version.is_mirror):
        abort(404)
    return campaign, within


def asked_selection() -> Selection:
    """Return which organisations the address asks for; what it does not know selects nobody."""
    return Selection(
        kind=text_argument("kind"),
        segment=text_argument("segment"),
        owner_id=_asked_person("owner"),
        team_id=_asked_person("team"),
    )


def _asked_person(name: str) -> int | None:
    return (number_argument(name) or NOBODY) if text_argument(name) else None


def asked_organisation() -> Organisation | None:
    """Return the organisation the address names, None if it names none; 404 if there is none."""
    if not text_argument("organisation"):
        return None
    number = number_argument("organisation")
    return (find_organisation(number) if number else None) or abort(404)


def chosen(selection: Selection) -> list[tuple[str, Any, str]]:
    """Say in words what a selection leaves, with the address of the page without it."""
    given = {
        "kind": (_("Kind"), KINDS.get(selection.kind, selection.kind)),
        "segment": (_("Segment"), selection.segment),
        "owner": (_("Owner"), _person(selection.owner_id)),
        "team": (_("In the account team"), _person(selection.team_id)),
    }
    return [
        (label, value, here_with(**PLACES | {name: None}))
        for name, (label, value) in given.items()
        if value
    ]


def _person(user_id: int | None) -> str:
    if user_id is None:
        return ""
    return next((each.name or each.email for each in list_users() if each.id == user_id), "–")


def asked_place() -> Place | None:
    """Return where a page of a list begins, None for the beginning; 400 for no such place."""
    try:
        return place(request.args)
    except UnknownPlace:
        abort(400)


def at_place(found: Place | None) -> str | None:
    """Return the address of this page from a place of its list on; None where there is none."""
    return here_with(**PLACES | found.argument()) if found else None


def asked_lines() -> Wanted:
    """Return which part of the list of organisations the address asks for; 400 if unknown."""
    sort = request.args.get("sort", "score")
    if sort.removeprefix("-") not in SORTS:
        abort(400)
    return Wanted(text_argument("text"), sort, page_number())


def filter_options() -> dict[str, Any]:
    """Return what the filters of a page offer."""
    people = [(user.id, user.name or user.email) for user in list_users()]
    return {
        "periods": waves.list_periods(),
        "segment_options": [(segment, segment) for segment in list_segments(active_only=True)],
        "people_options": people,
    }
