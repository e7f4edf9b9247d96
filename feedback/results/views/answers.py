"""The answers behind a figure, one row each."""

from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _

from feedback.auth.access import requires
from feedback.auth.queries import list_users
from feedback.auth.roles import VIEW_RESULTS
from feedback.organisations.forms import KINDS
from feedback.organisations.models import Organisation
from feedback.organisations.queries import find_organisation
from feedback.results.answers import MEASURES, Asked, UnknownPlace, place
from feedback.results.queries import answers as queries
from feedback.results.scope import Selection
from feedback.results.views.asking import asked_period, asked_selection
from feedback.results.views.blueprint import bp, names
from feedback.web.arguments import here_with, number_argument, text_argument


@bp.get("/answers")
@requires(VIEW_RESULTS)
def answers() -> str:
    """Show the scored answers that count in a scope, of an organisation and measure if asked for.

    404 for campaigns that show nobody's answers, 400 for a place nobody can have typed.
    """
    campaign, within = asked_period()
    home = _asked_organisation()
    asked = Asked(within.of(asked_selection()), home.id if home else None, _asked_measure())
    try:
        found = queries.find(asked, place(request.args))
    except UnknownPlace:
        abort(400)
    return render_template(
        "results/answers.html",
        found=found,
        asked_for=asked,
        home=home,
        wave=campaign,
        measures=MEASURES,
        words=names() | {"nps": _("NPS")},
        chosen=_chosen(asked.scope.selection),
        previous_url=found.previous and _at(found.previous.argument()),
        following_url=found.following and _at(found.following.argument()),
    )


def _at(argument: dict[str, str]) -> str:
    return here_with(**({"next": None, "previous": None} | argument))


def _asked_organisation() -> Organisation | None:
    if not text_argument("organisation"):
        return None
    number = number_argument("organisation")
    return (find_organisation(number) if number else None) or abort(404)


def _asked_measure() -> str:
    measure = text_argument("measure")
    return measure if not measure or measure in MEASURES else abort(404)


def _chosen(selection: Selection) -> list[tuple[str, Any, str]]:
    """Say in words what the selection leaves, with the address without it."""
    given = {
        "kind": (_("Kind"), KINDS.get(selection.kind, selection.kind)),
        "segment": (_("Segment"), selection.segment),
        "owner": (_("Owner"), _person(selection.owner_id)),
        "team": (_("In the account team"), _person(selection.team_id)),
    }
    return [
        (label, value, here_with(**{name: None}, next=None, previous=None))
        for name, (label, value) in given.items()
        if value
    ]


def _person(user_id: int | None) -> str:
    if user_id is None:
        return ""
    return next((each.name or each.email for each in list_users() if each.id == user_id), "–")
