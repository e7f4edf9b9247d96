"""Pages of public links: list, add, withdraw, print, download."""

import io
from typing import Any

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_security import current_user

from feedback.auth.access import requires
from feedback.auth.roles import MANAGE_CAMPAIGNS, VIEW_CAMPAIGNS
from feedback.campaigns import qr, queries, service
from feedback.campaigns.forms import LinesForm, LinkForm
from feedback.campaigns.links import PUBLIC, answers, file_name, shown_address
from feedback.campaigns.models import Campaign, PublicLink
from feedback.campaigns.states import CampaignState, NotPossible
from feedback.campaigns.views.blueprint import (
    Answer,
    bp,
    finding_words,
    get_campaign,
    to_campaign,
)
from feedback.web.languages import LANGUAGES

PAPERS = ("a5", "a4")


@bp.post("/<int:campaign_id>/open")
@requires(MANAGE_CAMPAIGNS)
def open_campaign(campaign_id: int) -> Answer:
    """Take answers by the links from now on; where a check forbids it, say which."""
    campaign = get_campaign(campaign_id)
    try:
        service.open_campaign(campaign)
    except service.NotReady:
        return links_page(campaign), 422
    flash(_("Open. Answers are taken by every link below."), "good")
    return to_campaign(campaign)


@bp.route("/<int:campaign_id>/links/new", methods=["GET", "POST"])
@requires(MANAGE_CAMPAIGNS)
def new_link(campaign_id: int) -> Answer:
    """Add one link."""
    return _add(campaign_id, LinkForm(), "campaigns/link_form.html")


@bp.route("/<int:campaign_id>/links/several", methods=["GET", "POST"])
@requires(MANAGE_CAMPAIGNS)
def new_links(campaign_id: int) -> Answer:
    """Add many links from pasted lines."""
    return _add(campaign_id, LinesForm(), "campaigns/lines_form.html")


@bp.route("/<int:campaign_id>/links/<int:link_id>/withdraw", methods=["GET", "POST"])
@requires(MANAGE_CAMPAIGNS)
def withdraw_link(campaign_id: int, link_id: int) -> Answer:
    """Say what withdrawing means; on the press of its button, do it."""
    link = _link(campaign_id, link_id)
    if request.method == "GET":
        count = answers([campaign_id]).get(campaign_id, {}).get(link_id, 0)
        return render_template("campaigns/withdraw_link.html", link=link, count=count)
    service.withdraw_link(link)
    flash(_("Withdrawn: %(place)s. Its answers stay.", place=link.place), "good")
    return to_campaign(link.campaign)


@bp.get("/<int:campaign_id>/sheets")
@requires(VIEW_CAMPAIGNS)
def show_sheets(campaign_id: int) -> Answer:
    """Show the sheets to print: of all links in use, or of the one the address names."""
    campaign = _public(campaign_id)
    paper = request.args.get("paper", PAPERS[0])
    only = request.args.get("link", type=int)
    links = [each for each in queries.list_links(campaign_id) if only in (None, each.id)]
    if paper not in PAPERS or not links:
        abort(404)
    sheets = [_sheet(link) for link in links]
    return render_template(
        "campaigns/sheets.html", campaign=campaign, sheets=sheets, paper=paper, papers=PAPERS
    )


@bp.get("/<int:campaign_id>/links/<int:link_id>/qr.<any(svg,png):kind>")
@requires(VIEW_CAMPAIGNS)
def download_code(campaign_id: int, link_id: int, kind: str) -> Answer:
    """Give the QR code of a link in use as a file."""
    link = _link(campaign_id, link_id)
    draw = {"svg": qr.svg, "png": qr.png}[kind]
    return send_file(
        io.BytesIO(draw(service.address(link))),
        mimetype={"svg": "image/svg+xml", "png": "image/png"}[kind],
        as_attachment=True,
        download_name=f"qr-{file_name(link.place)}.{kind}",
    )


def links_page(campaign: Campaign) -> str:
    """Return the page of a campaign that collects by public links."""
    links = queries.list_links(campaign.id)
    counts = answers([campaign.id]).get(campaign.id, {})
    draft = campaign.state == CampaignState.DRAFT
    return render_template(
        "campaigns/links.html",
        campaign=campaign,
        links=links,
        withdrawn=queries.list_links(campaign.id, withdrawn=True),
        counts=counts,
        total=sum(counts.values()),
        findings=service.check_links(campaign, len(links)) if draft else [],
        address=service.address,
        finding_words=finding_words,
    )


def _add(campaign_id: int, form: LinkForm | LinesForm, template: str) -> Answer:
    campaign = _public(campaign_id)
    if campaign.state == CampaignState.CLOSED:
        raise NotPossible(campaign.state)
    form.offer(queries.list_units())
    if form.validate_on_submit():
        try:
            added = service.add_links(campaign, current_user, form.spots(), **form.settings())
        except service.AlreadyThere as error:
            form.say_taken(error.positions)
        else:
            flash(ngettext("%(num)s link added.", "%(num)s links added.", len(added)), "good")
            return redirect(url_for(".show_campaign", campaign_id=campaign_id) + "#links", 303)
    page = render_template(template, form=form, campaign=campaign)
    return (page, 422) if form.errors else page


def _sheet(link: PublicLink) -> dict[str, Any]:
    """Return what stands on a link's sheet: its own language first, the code, the address."""
    first = sorted(LANGUAGES, key=lambda language: language != link.language)
    address = service.address(link)
    return {
        "link": link,
        "invitations": [(language, _invitation(language)) for language in first],
        "code": qr.drawn(address),
        "address": shown_address(address),
    }


def _invitation(language: str) -> str:
    with force_locale(language):
        return _("How was it today? Scan the code and tell us, without your name.")


def _public(campaign_id: int) -> Campaign:
    campaign = get_campaign(campaign_id)
    return campaign if campaign.kind == PUBLIC else abort(404)


def _link(campaign_id: int, link_id: int) -> PublicLink:
    link = queries.find_link(campaign_id, link_id)
    return link if link and link.withdrawn_at is None else abort(404)
