"""Make, change, pause and close campaigns of either kind; move them from state to state."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from feedback import clock
from feedback.auth.models import User
from feedback.campaigns import queries
from feedback.campaigns.models import Campaign, Invitation
from feedback.campaigns.states import CampaignState, NotPossible, check_move
from feedback.extensions import db
from feedback.outbox import service as outbox


class NotReady(Exception):
    """Something is missing that a launch needs; check() says what."""


def create_campaign(user: User, values: Mapping[str, Any]) -> Campaign:
    """Make a draft from the form's values; commit."""
    campaign = Campaign(created_by=user.id, created_at=clock.now(), **values)
    db.session.add(campaign)
    db.session.commit()
    return campaign


def change_campaign(campaign: Campaign, values: Mapping[str, Any]) -> None:
    """Change a draft; commit. Raises NotPossible once it is launched."""
    # Locked: a launch at this very moment counts either the old audience or the new one.
    db.session.refresh(campaign, with_for_update={"of": Campaign})
    if campaign.state != CampaignState.DRAFT:
        raise NotPossible(campaign.state)
    for name, value in values.items():
        setattr(campaign, name, value)
    db.session.commit()


def pause(campaign: Campaign) -> None:
    """Stop sending, or collecting at the counter; who has begun can still answer; commit."""
    move(campaign, CampaignState.PAUSED)
    db.session.commit()


def resume(campaign: Campaign) -> None:
    """Send on, or collect on; commit."""
    move(campaign, CampaignState.RUNNING)
    outbox.make_due(queries.INVITATION, _refs(campaign))
    db.session.commit()


def close(campaign: Campaign) -> None:
    """Take no more answers and send no more mails; commit."""
    move(campaign, CampaignState.CLOSED, closed_at=clock.now())
    outbox.cancel(queries.INVITATION, _refs(campaign))
    db.session.commit()


def close_overdue() -> bool:
    """Close one campaign whose closing date has passed; say whether there was one."""
    overdue = queries.overdue(clock.now()).limit(1)
    campaign = db.session.scalar(overdue.with_for_update(skip_locked=True))
    if campaign is not None:
        close(campaign)
    return campaign is not None


def _refs(campaign: Campaign) -> Any:
    return select(Invitation.id).where(Invitation.campaign_id == campaign.id)


def move(campaign: Campaign, new: CampaignState, **values: Any) -> None:
    """Go to a state that may follow; part of the caller's transaction. Raises NotPossible."""
    check_move(campaign.state, new)
    change_state(campaign, new, **values)


def change_state(campaign: Campaign, new: CampaignState, **values: Any) -> None:
    """Change the state by one UPDATE with the old state in its WHERE.

    Raises NotPossible where somebody else was quicker.
    """
    old = campaign.state
    changed = db.session.execute(
        update(Campaign)
        .where(Campaign.id == campaign.id, Campaign.state == old)
        .values(state=new.value, **values)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        db.session.rollback()
        raise NotPossible(f"{old} -> {new}")
    db.session.refresh(campaign)
