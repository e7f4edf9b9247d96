"""The summaries as PDF: of the portfolio, of a campaign, of one organisation."""

from collections.abc import Mapping
from io import BytesIO

from flask import abort, current_app, send_file
from flask_babel import get_locale, to_user_timezone
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from feedback import clock
from feedback.auth.access import requires
from feedback.auth.roles import VIEW_RESULTS
from feedback.campaigns.links import PUBLIC
from feedback.campaigns.models import Campaign
from feedback.organisations.forms import KINDS, WEIGHTS
from feedback.results import gate, scope
from feedback.results.account import account
from feedback.results.compose.account_report import Compared, account_report
from feedback.results.compose.sections import Head
from feedback.results.compose.summary_report import collected_report, summary_report
from feedback.results.exports.orders import ORGANISATIONS
from feedback.results.exports.orders import Wanted as Filters
from feedback.results.exports.service.filters import filter_facts
from feedback.results.listing import Wanted
from feedback.results.pdf.blocks import Report
from feedback.results.pdf.file_names import file_name
from feedback.results.pdf.printing import PressBusy, PressFailed, pdf_of
from feedback.results.places import places
from feedback.results.queries import organisations, pages
from feedback.results.queries.organisations import Profile
from feedback.results.queries.places import read_places
from feedback.results.scope import Scope, Selection
from feedback.results.tallies import Score
from feedback.results.views.asking import asked_period, asked_selection
from feedback.results.views.blueprint import bp
from feedback.results.views.showing import shown_peers, shown_segment, shown_summary
from feedback.web.filters import day


@bp.get("/summary.pdf")
@requires(VIEW_RESULTS)
def portfolio_pdf() -> Response:
    """Hand out the summary of all or some organisations, of the period asked for, as PDF."""
    campaign, within = asked_period()
    _refuse_unnamed(campaign)
    selection = asked_selection()
    shown = shown_summary(within.of(selection), Wanted())
    head = _head(_("Satisfaction summary"), [_period(campaign, within), *_filters(selection)])
    report = summary_report(shown["summary"], shown["page"], head)
    return _handed_out(report, campaign.name if campaign else _("Portfolio"), "portfolio")


@bp.get("/campaigns/<int:campaign_id>/summary.pdf")
@requires(VIEW_RESULTS)
def campaign_pdf(campaign_id: int) -> Response:
    """Hand out the summary of one campaign as PDF; 404 where people may not be named."""
    campaign = pages.find_campaign(campaign_id) or abort(404)
    _refuse_unnamed(campaign)
    within = scope.wave(campaign_id, campaign.launched_at, clock.now()).of(asked_selection())
    shown = shown_summary(within, Wanted())
    title = _("Satisfaction summary: %(name)s", name=campaign.name)
    lines = [_period(campaign, within), *_filters(within.selection)]
    if campaign.survey_version.is_mirror:
        lines.append(_("Our own team's guesses of what organisations would answer"))
    head = _head(title, lines)
    if campaign.kind == PUBLIC:
        report = collected_report(shown["summary"], places(read_places(campaign_id)), head)
    else:
        report = summary_report(shown["summary"], shown["page"], head)
    return _handed_out(report, campaign.name, f"campaign-{campaign_id}")


@bp.get("/organisations/<int:organisation_id>/summary.pdf")
@requires(VIEW_RESULTS)
def organisation_pdf(organisation_id: int) -> Response:
    """Hand out one organisation's report as PDF, over the last year or the period asked for."""
    profile = organisations.find_profile(organisation_id) or abort(404)
    campaign, within = asked_period()
    _refuse_unnamed(campaign)
    name = profile.organisation.name
    peers = shown_peers(within, organisation_id)
    facts = pages.read_account(within, organisation_id, peers, str(get_locale()))
    head = _head(name, [_("Satisfaction summary"), _period(campaign, within), _about(profile)])
    compared = _compared(within, profile.organisation.segment, facts.compared)
    words = {key: str(word) for key, word in WEIGHTS.items()}
    report = account_report(account(facts), compared, words, head)
    return _handed_out(report, name, f"organisation-{organisation_id}")


def _refuse_unnamed(campaign: Campaign | None) -> None:
    """Print nothing of a campaign that may name nobody: its page alone shows its groups."""
    if campaign is not None and not gate.names_people(campaign.confidentiality):
        abort(404)


def _compared(within: Scope, segment: str, everybody: Mapping[str, Score]) -> Compared:
    scores = shown_segment(within, segment)
    if scores is None:
        return Compared(_("All organisations together"), everybody)
    return Compared(_("Segment %(segment)s together", segment=segment), scores)


def _head(title: str, lines: list[str]) -> Head:
    company = current_app.config["KESAN"].company_name
    return Head(title, lines, company, current_user.name or current_user.email, clock.now())


def _period(campaign: Campaign | None, within: Scope) -> str:
    if campaign is not None:
        told = {"name": campaign.name, "day": day(campaign.launched_at)}
        return _("One wave: %(name)s, launched %(day)s.", **told)
    if within.year is not None:
        return _("Answers sent in %(year)s", year=within.year)
    return _("The last 365 days, until %(day)s", day=day(within.until))


def _filters(selection: Selection) -> list[str]:
    """Say which organisations are taken in, in one line; nothing where all are."""
    facts = filter_facts(Filters(ORGANISATIONS, selection=selection))[1:]
    return [" · ".join(f"{name}: {value}" for _key, name, value in facts)] if facts else []


def _about(profile: Profile) -> str:
    own = profile.organisation
    facts = [
        (_("Kind"), str(KINDS.get(own.kind, own.kind))),
        (_("Segment"), own.segment),
        (_("Owner"), profile.owner),
        (_("Belongs to"), profile.parent),
    ]
    return " · ".join(f"{name}: {value}" for name, value in facts if value)


def _handed_out(report: Report, of: str, otherwise: str) -> Response:
    try:
        made = pdf_of(report)
    except PressBusy:
        abort(503)
    except PressFailed:
        abort(500)
    name = file_name(of, otherwise, to_user_timezone(report.made_at).date())
    return send_file(
        BytesIO(made), "application/pdf", as_attachment=True, download_name=name, etag=False
    )
