"""Pages of campaigns: the list, drafts and their checks, launch, funnel, pause and close."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_security import current_user

from feedback import clock
from feedback.auth.access import requires
from feedback.auth.roles import MANAGE_CAMPAIGNS, MANAGE_OUTBOX, VIEW_CAMPAIGNS
from feedback.campaigns import compose, service
from feedback.campaigns.confidentiality import LEAST, MODES
from feedback.campaigns.counting import queries as counting
from feedback.campaigns.forms import (
    CampaignForm,
    LaunchForm,
    PublicCampaignForm,
    current_values,
    starting_public_values,
    starting_values,
)
from feedback.campaigns.links import PUBLIC, answers
from feedback.campaigns.models import Campaign
from feedback.campaigns.states import CampaignState, NotPossible
from feedback.campaigns.views.blueprint import (
    Answer,
    bp,
    finding_words,
    get_campaign,
    to_campaign,
)
from feedback.campaigns.views.links import links_page
from feedback.organisations import queries as organisations
from feedback.organisations.kinds import CONTACT_LANGUAGES
from feedback.outbox import queries as outbox
from feedback.outbox import service as outbox_service
from feedback.surveys import queries as surveys

CUSTOMER_MOMENT = "customer_moment"  # the questionnaire shipped for front offices


@bp.get("")
@requires(VIEW_CAMPAIGNS)
def list_campaigns() -> Answer:
    """List all campaigns with invited and answered."""
    rows = counting.list_campaigns()
    public = answers([row.campaign.id for row in rows if row.campaign.kind == PUBLIC])
    return render_template(
        "campaigns/list.html",
        rows=rows,
        counted_at=min((row.counted_at for row in rows if row.counted_at), default=None),
        collected={id_: sum(by_link.values()) for id_, by_link in public.items()},
        pause=outbox.find_pause(),
        least=LEAST,
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


@bp.route("/new-public", methods=["GET", "POST"])
@requires(MANAGE_CAMPAIGNS)
def new_public_campaign() -> Answer:
    """Make a draft that collects by public links."""
    usual = surveys.find_newest_version(CUSTOMER_MOMENT)
    given = starting_public_values(usual.id if usual else None)
    form = _offered(PublicCampaignForm(data=given))
    if form.validate_on_submit():
        campaign = service.create_campaign(current_user, form.values())
        return redirect(url_for(".show_campaign", campaign_id=campaign.id), 303)
    return _form_page(form, None)


@bp.route("/<int:campaign_id>/edit", methods=["GET", "POST"])
@requires(MANAGE_CAMPAIGNS)
def edit_campaign(campaign_id: int) -> Answer:
    """Change a draft."""
    campaign = get_campaign(campaign_id)
    if campaign.state != CampaignState.DRAFT:
        raise NotPossible(campaign.state)
    kind = PublicCampaignForm if campaign.kind == PUBLIC else CampaignForm
    form = _offered(kind(data=current_values(campaign)), campaign)
    if form.validate_on_submit():
        service.change_campaign(campaign, form.values())
        return redirect(url_for(".show_campaign", campaign_id=campaign.id), 303)
    return _form_page(form, campaign)


@bp.get("/<int:campaign_id>")
@requires(VIEW_CAMPAIGNS)
def show_campaign(campaign_id: int) -> Answer:
    """Show a draft with its checks, a launched campaign with its funnel, or public links."""
    campaign = get_campaign(campaign_id)
    if campaign.kind == PUBLIC:
        return links_page(campaign)
    return _campaign_page(campaign, LaunchForm())


@bp.get("/<int:campaign_id>/funnel")
@requires(VIEW_CAMPAIGNS)
def show_funnel(campaign_id: int) -> Answer:
    """Show the funnel alone, for the live update."""
    return render_template("campaigns/_funnel.html", **_funnel(get_campaign(campaign_id)))


@bp.post("/<int:campaign_id>/launch")
@requires(MANAGE_CAMPAIGNS)
def launch_campaign(campaign_id: int) -> Answer:
    """Launch where the typed count is right; else say the count beside the field."""
    campaign, form = get_campaign(campaign_id), LaunchForm()
    if campaign.kind == PUBLIC:
        raise NotPossible(campaign.kind)  # it has no mails to count
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
    return to_campaign(campaign)


@bp.post("/<int:campaign_id>/test")
@requires(MANAGE_CAMPAIGNS)
def send_test(campaign_id: int) -> Answer:
    """Send the letter in one language to oneself."""
    campaign, language = get_campaign(campaign_id), request.form.get("language", "")
    if language not in CONTACT_LANGUAGES:
        abort(400)
    service.send_test(campaign, current_user, language)
    flash(_("A test mail is on its way to %(address)s.", address=current_user.email), "good")
    return to_campaign(campaign)


@bp.post("/<int:campaign_id>/<any(pause,resume,close):act>")
@requires(MANAGE_CAMPAIGNS)
def move_campaign(campaign_id: int, act: str) -> Answer:
    """Pause, resume or close."""
    campaign = get_campaign(campaign_id)
    {"pause": service.pause, "resume": service.resume, "close": service.close}[act](campaign)
    by_links = campaign.kind == PUBLIC
    said = {
        "pause": _("Paused. Who opens a link is told so; who has begun can finish.")
        if by_links
        else _("Paused. No mail is sent; answers are still taken."),
        "resume": _("Answers are taken again.") if by_links else _("Sending has resumed."),
        "close": _("Closed. No more answers are taken."),
    }
    flash(said[act], "good")
    return to_campaign(campaign)


@bp.post("/resume-sending")
@requires(MANAGE_OUTBOX)
def resume_sending() -> Answer:
    """Let mails go out again after the queue was paused."""
    outbox_service.resume_queue()
    flash(_("Sending has resumed."), "good")
    return redirect(url_for(".list_campaigns"), 303)


def _offered(
    form: CampaignForm | PublicCampaignForm, campaign: Campaign | None = None
) -> CampaignForm | PublicCampaignForm:
    asked = campaign.survey_version_id if campaign else None
    versions = surveys.list_choices(str(get_locale()), asked)
    if isinstance(form, CampaignForm):
        form.offer(versions, organisations.list_segments(active_only=True))
    else:
        form.offer(versions)
    return form


def _form_page(form: CampaignForm | PublicCampaignForm, campaign: Campaign | None) -> Answer:
    public = isinstance(form, PublicCampaignForm)
    template = "campaigns/public_form.html" if public else "campaigns/form.html"
    notices = {mode: compose.notice_of(mode) for mode in MODES}
    page = render_template(template, form=form, campaign=campaign, notices=notices, least=LEAST)
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
        notice_of=compose.notice_of,
    )


def _funnel(campaign: Campaign) -> dict[str, Any]:
    funnel, counted_at = counting.find_funnel(campaign.id)
    busy = campaign.state == CampaignState.LAUNCHING or (
        campaign.state == CampaignState.RUNNING and funnel.waiting > 0
    )
    return {
        "campaign": campaign,
        "funnel": funnel,
        "counted_at": counted_at,
        "busy": busy,
        "pause": outbox.find_pause(),
        "now": clock.now(),
        "least": LEAST,
    }
