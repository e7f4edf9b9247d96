"""The invitations behind the response rate, one row each."""

from flask import abort, render_template

from feedback.auth.access import requires
from feedback.auth.roles import VIEW_RESULTS
from feedback.organisations.forms import WEIGHTS
from feedback.results.fates import Fate
from feedback.results.invited import ASIDE, COUNTED, Asked
from feedback.results.queries import invited
from feedback.results.views.asking import (
    asked_organisation,
    asked_period,
    asked_place,
    asked_selection,
    at_place,
    chosen,
)
from feedback.results.views.blueprint import bp
from feedback.web.arguments import text_argument


@bp.get("/invitations")
@requires(VIEW_RESULTS)
def invitations() -> str:
    """Show the invitations that count in a scope's response rate, or those with one fate.

    404 for campaigns that show nobody's answers, 400 for a place nobody can have typed.
    """
    campaign, within = asked_period()
    home = asked_organisation()
    asked = Asked(within.of(asked_selection()), home.id if home else None, _asked_fate())
    found = invited.find(asked, asked_place())
    return render_template(
        "results/invitations.html",
        found=found,
        asked_for=asked,
        fates=(COUNTED, ASIDE),
        weight_words=WEIGHTS,
        home=home,
        wave=campaign,
        chosen=chosen(asked.scope.selection),
        previous_url=at_place(found.previous),
        following_url=at_place(found.following),
    )


def _asked_fate() -> Fate | None:
    fate = text_argument("fate")
    if not fate:
        return None
    return Fate(fate) if fate in list(Fate) else abort(404)
