"""The pages managers read: summary of the portfolio, summary of a campaign, organisation."""

from typing import Any

from flask import abort, render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback import clock
from feedback.auth.access import requires
from feedback.auth.roles import VIEW_RESULTS
from feedback.campaigns.links import PUBLIC
from feedback.results import answers, scope
from feedback.results.account import REVIEWS_PER_PAGE, account
from feedback.results.listing import UnknownSort
from feedback.results.overview import Overview, overview
from feedback.results.places import places
from feedback.results.queries import comments, organisations, pages
from feedback.results.queries.answers import read_answers
from feedback.results.queries.places import read_places
from feedback.results.scope import Scope
from feedback.results.views.blueprint import bp, is_number, page_number
from feedback.surveys.published import questionnaire
from feedback.web.fragments import page_or_fragment
from feedback.web.spreadsheets import as_csv


@bp.get("/")
@requires(VIEW_RESULTS)
def portfolio() -> str:
    """Show the satisfaction summary of all organisations over the last year."""
    return render_template(
        "results/portfolio.html",
        summary=_summary(scope.portfolio(clock.now())),
        campaigns=organisations.list_launched(),
    )


@bp.get("/campaigns/<int:campaign_id>/summary")
@requires(VIEW_RESULTS)
def campaign(campaign_id: int) -> str:
    """Show the satisfaction summary of one campaign; 404 before its launch."""
    found = pages.find_campaign(campaign_id) or abort(404)
    summary = _summary(scope.wave(campaign_id, found.launched_at, clock.now()))
    by_place = places(read_places(campaign_id)) if found.kind == PUBLIC else None
    return render_template(
        "results/campaign.html", campaign=found, summary=summary, places=by_place
    )


@bp.get("/campaigns/<int:campaign_id>/answers.csv")
@requires(VIEW_RESULTS)
def download_answers(campaign_id: int) -> Response:
    """Give all answers of a campaign, in the words of the version that was asked."""
    found = pages.find_campaign(campaign_id) or abort(404)
    version, language = found.survey_version, str(get_locale())
    asked = questionnaire(version.digest, version.definition)
    columns = [_("Organisation"), _("Contact"), _("Place"), _("Language"), _("Version"), _("Sent")]
    lines = answers.rows(asked, read_answers(campaign_id), language)
    content = as_csv([*columns, *answers.header(asked, language)], lines)
    name = f'attachment; filename="answers-{campaign_id}.csv"'
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": name})


@bp.get("/organisations/<int:organisation_id>")
@requires(VIEW_RESULTS)
def organisation(organisation_id: int) -> str:
    """Show one organisation, over the last year or in the campaign the address names."""
    profile = organisations.find_profile(organisation_id) or abort(404)
    chosen, within = _chosen_scope()
    number = page_number()
    found = account(pages.read_account(within, organisation_id, number))
    return render_template(
        "results/organisation.html",
        profile=profile,
        account=found,
        campaign=chosen,
        number=number,
        per_page=REVIEWS_PER_PAGE,
    )


@bp.get("/reviews/<int:response_id>/<question>/read")
@requires(VIEW_RESULTS)
def review(response_id: int, question: str) -> str:
    """Show one comment as it stands now, as a page of its own or to be put into another."""
    found = comments.find_review(response_id, question) or abort(404)
    return page_or_fragment("results/review.html", "results/_review.html", review=found)


def _summary(within: Scope) -> Overview:
    try:
        return overview(
            pages.read_summary(within), request.args.get("sort", "score"), page_number()
        )
    except UnknownSort:
        abort(400)


def _chosen_scope() -> tuple[Any, Scope]:
    now, wanted = clock.now(), request.args.get("campaign", "")
    if not wanted:
        return None, scope.portfolio(now)
    found = pages.find_campaign(int(wanted)) if is_number(wanted) else None
    if found is None:
        abort(404)
    return found, scope.wave(found.id, found.launched_at, now)
