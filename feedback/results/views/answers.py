"""The answers behind a figure, one row each."""

from flask import abort, render_template
from flask_babel import gettext as _

from feedback.auth.access import requires
from feedback.auth.roles import VIEW_RESULTS
from feedback.results.answers import MEASURES, Asked
from feedback.results.queries import answers as queries
from feedback.results.views.asking import (
    asked_organisation,
    asked_period,
    asked_place,
    asked_selection,
    at_place,
    chosen,
)
from feedback.results.views.blueprint import bp, names
from feedback.web.arguments import text_argument


@bp.get("/answers")
@requires(VIEW_RESULTS)
def answers() -> str:
    """Show the scored answers that count in a scope, of an organisation and measure if asked for.

    404 for campaigns that show nobody's answers, 400 for a place nobody can have typed.
    """
    campaign, within = asked_period()
    home = asked_organisation()
    asked = Asked(within.of(asked_selection()), home.id if home else None, _asked_measure())
    found = queries.find(asked, asked_place())
    return render_template(
        "results/answers.html",
        found=found,
        asked_for=asked,
        home=home,
        wave=campaign,
        measures=MEASURES,
        words=names() | {"nps": _("NPS")},
        chosen=chosen(asked.scope.selection),
        previous_url=at_place(found.previous),
        following_url=at_place(found.following),
    )


def _asked_measure() -> str:
    measure = text_argument("measure")
    return measure if not measure or measure in MEASURES else abort(404)
