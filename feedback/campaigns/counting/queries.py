"""Funnels as pages show them: counted now, or kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from feedback.campaigns.counting.models import CampaignCount
from feedback.campaigns.counting.pace import LARGE_FROM
from feedback.campaigns.models import Campaign, Invitation
from feedback.campaigns.queries import ANSWERED, Funnel, funnel
from feedback.extensions import db


@dataclass(frozen=True, slots=True)
class Listed:
    """A campaign with people invited and people who answered; `counted_at` None means now."""

    campaign: Campaign
    invited: int
    answered: int
    counted_at: datetime | None = None


def find_funnel(campaign_id: int) -> tuple[Funnel, datetime | None]:
    """Return a campaign's funnel and of when it is; None means now."""
    kept = db.session.get(CampaignCount, campaign_id)
    return (Funnel(**kept.funnel), kept.counted_at) if kept else (funnel(campaign_id), None)


def list_campaigns() -> list[Listed]:
    """Return all campaigns, newest first, in three statements."""
    campaigns = db.session.scalars(
        select(Campaign)
        .options(joinedload(Campaign.survey_version))
        .order_by(func.coalesce(Campaign.launched_at, Campaign.created_at).desc(), Campaign.id)
    ).all()
    kept = {each.campaign_id: each for each in db.session.scalars(select(CampaignCount))}
    counted = _count([each.id for each in campaigns if each.id not in kept])
    return [_listed(each, kept.get(each.id), counted) for each in campaigns]


def _listed(
    campaign: Campaign, kept: CampaignCount | None, counted: Mapping[int, tuple[int, int]]
) -> Listed:
    if kept is None:
        return Listed(campaign, *counted.get(campaign.id, (0, 0)))
    there = Funnel(**kept.funnel)
    return Listed(campaign, there.invited, there.completed, kept.counted_at)


def _count(campaign_ids: list[int]) -> dict[int, tuple[int, int]]:
    if not campaign_ids:
        return {}
    rows = db.session.execute(
        select(Invitation.campaign_id, func.count(), func.count(ANSWERED))
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .where(Invitation.campaign_id.in_(campaign_ids))
        .group_by(Invitation.campaign_id)
    )
    return {campaign_id: (invited, answered) for campaign_id, invited, answered in rows}


def list_large() -> list[tuple[int, datetime | None, datetime | None, float]]:
    """Return (campaign, when it was closed, when it was last counted, how long that took)."""
    rows = db.session.execute(
        select(Campaign.id, Campaign.closed_at, CampaignCount.counted_at, CampaignCount.seconds)
        .outerjoin(CampaignCount, CampaignCount.campaign_id == Campaign.id)
        .where(Campaign.launched_at.is_not(None), Campaign.invited >= LARGE_FROM)
        .order_by(CampaignCount.counted_at, Campaign.id)
    )
    return [(id_, closed, counted, seconds or 0.0) for id_, closed, counted, seconds in rows]
