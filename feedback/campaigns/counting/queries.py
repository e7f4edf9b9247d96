"""Funnels as pages show them: counted now, or kept."""

from dataclasses import dataclass, fields
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
    found = _funnel_of(kept) if kept else None
    return (found, kept.counted_at) if kept and found else (funnel(campaign_id), None)


def _funnel_of(kept: CampaignCount) -> Funnel | None:
    """Return what was counted; None if another release counted other things."""
    names = {each.name for each in fields(Funnel)}
    return Funnel(**kept.funnel) if kept.funnel.keys() == names else None


def list_campaigns() -> list[Listed]:
    """Return all campaigns, newest first, in three statements."""
    campaigns = db.session.scalars(
        select(Campaign)
        .options(joinedload(Campaign.survey_version))
        .order_by(func.coalesce(Campaign.launched_at, Campaign.created_at).desc(), Campaign.id)
    ).all()
    kept: dict[int, tuple[int, int, datetime | None]] = {
        each.campaign_id: (there.invited, there.completed, each.counted_at)
        for each in db.session.scalars(select(CampaignCount))
        if (there := _funnel_of(each))
    }
    counted = _count([each.id for each in campaigns if each.id not in kept])
    return [
        Listed(each, *kept.get(each.id, (*counted.get(each.id, (0, 0)), None)))
        for each in campaigns
    ]


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
        .order_by(CampaignCount.counted_at.asc().nulls_first(), Campaign.id)
    )
    return [(id_, closed, counted, seconds or 0.0) for id_, closed, counted, seconds in rows]
