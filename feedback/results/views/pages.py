"""The pages managers read: summary of the portfolio, summary of a campaign, organisation."""

from typing import Any

from flask import abort, render_template
from flask_babel import get_locale

from feedback import clock
from feedback.auth.access import requires
from feedback.auth.roles import VIEW_RESULTS
from feedback.campaigns.links import PUBLIC
from feedback.campaigns.models import Campaign
from feedback.results import scope
from feedback.results.account import REVIEWS_PER_PAGE, account, rows_of
from feedback.results.gate import names_people
from feedback.results.overview import Overview
from feedback.results.places import places
from feedback.results.queries import organisations, pages, waves
from feedback.results.queries.places import read_places
from feedback.results.queries.quality import quality_of, read_facts
from feedback.results.views import confidential
from feedback.results.views.asking import (
    asked_lines,
    asked_period,
    asked_selection,
    filter_options,
)
from feedback.results.views.blueprint import bp
from feedback.results.views.showing import shown_peers, shown_segment, shown_summary
from feedback.web.arguments import page_number
from feedback.web.fragments import page_or_fragment


@bp.get("/")
@requires(VIEW_RESULTS)
def portfolio() -> str:
    """Show the satisfaction summary of all or some organisations, of the period asked for."""
    campaign, within = asked_period()
    selection = asked_selection()
    return page_or_fragment(
        "results/portfolio.html",
        "results/_portfolio.html",
        **shown_summary(within.of(selection), asked_lines()),
        selection=selection,
        wave=campaign,
        is_filtered=not selection.is_all or within.key != 0,
        campaigns=waves.list_launched(),
        **filter_options(),
    )


@bp.get("/campaigns/<int:campaign_id>/summary")
@requires(VIEW_RESULTS)
def campaign(campaign_id: int) -> str:
    """Show the satisfaction summary of one campaign; 404 before its launch."""
    found = pages.find_campaign(campaign_id) or abort(404)
    if not names_people(found.confidentiality):
        return confidential.summary(found)
    within = scope.wave(campaign_id, found.launched_at, clock.now()).of(asked_selection())
    by_place = places(read_places(campaign_id)) if found.kind == PUBLIC else None
    return render_template(
        "results/campaign.html",
        campaign=found,
        places=by_place,
        selection=within.selection,
        **_with_quality(found, shown_summary(within, asked_lines())),
    )


@bp.get("/organisations/<int:organisation_id>")
@requires(VIEW_RESULTS)
def organisation(organisation_id: int) -> str:
    """Show one organisation, over the last year or in the period the address names."""
    profile = organisations.find_profile(organisation_id) or abort(404)
    chosen, within = asked_period()
    number, language = page_number(), str(get_locale())
    peers = shown_peers(within, organisation_id)
    facts = pages.read_account(within, organisation_id, peers, language, number)
    return render_template(
        "results/organisation.html",
        profile=profile,
        account=account(facts),
        rows_of=rows_of,
        segment=shown_segment(within, profile.organisation.segment),
        campaign=chosen,
        number=number,
        per_page=REVIEWS_PER_PAGE,
        **filter_options(),
    )


def _with_quality(campaign: Campaign, shown: dict[str, Any]) -> dict[str, Any]:
    """Add how far the figures of a campaign can be trusted to what its summary shows."""
    summary: Overview = shown["summary"]
    facts = shown["quality"] or read_facts(campaign.id, summary.line)
    return shown | {"quality": quality_of(campaign, facts, summary.rates, str(get_locale()))}
