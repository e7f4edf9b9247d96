"""Pages of campaigns: draft, checks, launch, funnel."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import format_date, get_locale
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from feedback import clock
from feedback.auth.access import requires
from feedback.auth.roles import MANAGE_CAMPAIGNS, MANAGE_OUTBOX, VIEW_CAMPAIGNS
from feedback.campaigns import compose, queries, service
from feedback.campaigns.checks import Finding
from feedback.campaigns.forms import (
    CampaignForm,
    LaunchForm,
    current_values,
    last_day,
    starting_values,
)
from feedback.campaigns.models import Campaign
from feedback.campaigns.states import CampaignState, NotPossible
from feedback.organisations import queries as organisations
from feedback.organisations.kinds import CONTACT_LANGUAGES
from feedback.outbox import queries as outbox
from feedback.outbox import service as outbox_service
from feedback.surveys import queries as surveys
from feedback.web.languages import LANGUAGES

bp = Blueprint("campaigns", __name__, url_prefix="/campaigns")

Answer = str | Response | tuple[str, int]


@bp.app_template_filter("last_day")
def last_day_words(closes_at: datetime) -> str:
    """Return the last day on which answers are taken, in words."""
    return format_date(last_day(closes_at), "d MMMM yyyy")


def finding_words(finding: Finding) -> str:
    """Return what a check found, in words."""
    words = {
        "nobody": _("Nobody would get a mail. Widen the audience or import contacts."),
        "closing_past": _("The last day for answers is in the past."),
        "message_missing": _(
            "Subject or message is missing in %(language)s, the language of some contacts.",
            language=LANGUAGES.get(finding.detail, finding.detail),
        ),
        "unknown_field": _("The mail uses %(field)s, which is no field.", field=finding.detail),
        "too_long": _("The questionnaire takes more than three minutes: many will not finish it."),
    }
    return words[finding.code]


@bp.app_errorhandler(NotPossible)
def not_possible(_error: NotPossible) -> Answer:
    """Say that the campaign has moved on meanwhile, and what to do."""
    title, advice = (
        _("The state of the campaign has changed"),
        _("Open it again to see where it stands now."),
    )
    return render_template("errors/error.html", title=title, advice=advice), 409


@bp.get("")
@requires(VIEW_CAMPAIGNS)
def list_campaigns() -> Answer:
    """List all campaigns with invited and answered."""
    return render_template(
        "campaigns/list.html", rows=queries.list_campaigns(), pause=outbox.find_pause()
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(MANAGE_CAMPAIGNS)
def new_campaign() -> Answer:
    """Make a draft."""
    form = _offered(CampaignForm(data=starting_values(compose.default_messages())))
    if form.validate_on_submit():
        campaign = service.create_campaign(current_user, form.values())
        return redirect(url_for(".show_campaign", campaign_id=campaign.id), 303)
    return _form_page(form, None)


@bp.route("/<int:campaign_id>/edit", methods=["GET", "POST"])
@requires(MANAGE_CAMPAIGNS)
def edit_campaign(campaign_id: int) -> Answer:
    """Change a draft."""
    campaign = _campaign(campaign_id)
    if campaign.state != CampaignState.DRAFT:
        raise NotPossible(campaign.state)
    form = _offered(CampaignForm(data=current_values(campaign)), campaign)
    if form.validate_on_submit():
        service.change_campaign(campaign, form.values())
        return redirect(url_for(".show_campaign", campaign_id=campaign.id), 303)
    return _form_page(form, campaign)


@bp.get("/<int:campaign_id>")
@requires(VIEW_CAMPAIGNS)
def show_campaign(campaign_id: int) -> Answer:
    """Show a draft with its checks, or a launched campaign with its funnel."""
    return _campaign_page(_campaign(campaign_id), LaunchForm())


@bp.get("/<int:campaign_id>/funnel")
@requires(VIEW_CAMPAIGNS)
def show_funnel(campaign_id: int) -> Answer:
    """Show the funnel alone, for the live update."""
    return render_template("campaigns/_funnel.html", **_funnel(_campaign(campaign_id)))


@bp.post("/<int:campaign_id>/launch")
@requires(MANAGE_CAMPAIGNS)
def launch_campaign(campaign_id: int) -> Answer:
    """Launch where the typed count is right; else say the count beside the field."""
    campaign, form = _campaign(campaign_id), LaunchForm()
    if not form.validate_on_submit():
        return _campaign_page(campaign, form), 422
    try:
        service.launch(campaign, form.count.data)
    except service.NotReady:
        return _campaign_page(campaign, form), 422
    except service.CountDiffers as error:
        form.count.errors = [_("A launch sends %(n)s mails: type that number.", n=error.mails)]
        return _campaign_page(campaign, form), 422
    flash(_("Launched. Invitations are on their way."), "good")
    return _to(campaign)


@bp.post("/<int:campaign_id>/test")
@requires(MANAGE_CAMPAIGNS)
def send_test(campaign_id: int) -> Answer:
    """Send the letter in one language to oneself."""
    campaign, language = _campaign(campaign_id), request.form.get("language", "")
    if language not in CONTACT_LANGUAGES:
        abort(400)
    service.send_test(campaign, current_user, language)
    flash(_("A test mail is on its way to %(address)s.", address=current_user.email), "good")
    return _to(campaign)


@bp.post("/<int:campaign_id>/<any(pause,resume,close):act>")
@requires(MANAGE_CAMPAIGNS)
def move_campaign(campaign_id: int, act: str) -> Answer:
    """Pause, resume or close."""
    campaign = _campaign(campaign_id)
    {"pause": service.pause, "resume": service.resume, "close": service.close}[act](campaign)
    said = {
        "pause": _("Paused. No mail is sent; answers are still taken."),
        "resume": _("Sending has resumed."),
        "close": _("Closed. No more answers are taken."),
    }
    flash(said[act], "good")
    return _to(campaign)


@bp.post("/resume-sending")
@requires(MANAGE_OUTBOX)
def resume_sending() -> Answer:
    """Let mails go out again after the queue was paused."""
    outbox_service.resume_queue()
    flash(_("Sending has resumed."), "good")
    return redirect(url_for(".list_campaigns"), 303)


def _campaign(campaign_id: int) -> Campaign:
    return queries.find_campaign(campaign_id) or abort(404)


def _to(campaign: Campaign) -> Response:
    return redirect(url_for(".show_campaign", campaign_id=campaign.id), 303)


def _offered(form: CampaignForm, campaign: Campaign | None = None) -> CampaignForm:
    asked = campaign.survey_version_id if campaign else None
    form.offer(
        surveys.list_choices(str(get_locale()), asked),
        organisations.list_segments(active_only=True),
    )
    return form


def _form_page(form: CampaignForm, campaign: Campaign | None) -> Answer:
    page = render_template("campaigns/form.html", form=form, campaign=campaign)
    return (page, 422) if form.errors else page


def _campaign_page(campaign: Campaign, form: LaunchForm) -> str:
    if campaign.state != CampaignState.DRAFT:
        return render_template("campaigns/show.html", **_funnel(campaign))
    headcount = service.count(campaign)
    return render_template(
        "campaigns/draft.html",
        campaign=campaign,
        form=form,
        headcount=headcount,
        findings=service.check(campaign, headcount),
        languages=CONTACT_LANGUAGES,
        finding_words=finding_words,
    )


def _funnel(campaign: Campaign) -> dict[str, Any]:
    funnel = queries.funnel(campaign.id)
    busy = campaign.state == CampaignState.LAUNCHING or (
        campaign.state == CampaignState.RUNNING and funnel.waiting > 0
    )
    return {
        "campaign": campaign,
        "funnel": funnel,
        "busy": busy,
        "pause": outbox.find_pause(),
        "now": clock.now(),
    }
