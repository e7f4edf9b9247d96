"""The states of a campaign, which may follow which, and when it takes answers."""

from datetime import datetime
from enum import StrEnum


class CampaignState(StrEnum):
    """Where a campaign stands; the value is what the database holds."""

    DRAFT = "draft"
    LAUNCHING = "launching"  # invitations are being written
    RUNNING = "running"
    PAUSED = "paused"  # nothing is sent; who has a link can answer
    CLOSED = "closed"


class NotPossible(Exception):
    """A campaign in this state cannot do that."""


_NEXT = {
    CampaignState.DRAFT: {CampaignState.LAUNCHING},
    CampaignState.LAUNCHING: {CampaignState.RUNNING, CampaignState.CLOSED},
    CampaignState.RUNNING: {CampaignState.PAUSED, CampaignState.CLOSED},
    CampaignState.PAUSED: {CampaignState.RUNNING, CampaignState.CLOSED},
    CampaignState.CLOSED: set[CampaignState](),
}


def check_move(old: str, new: CampaignState) -> None:
    """Raise NotPossible unless `new` may follow `old`."""
    if new not in _NEXT[CampaignState(old)]:
        raise NotPossible(f"{old} -> {new}")


def takes_answers(state: str, closes_at: datetime, now: datetime) -> bool:
    """Say whether answers are taken: launched, not closed, closing date not reached."""
    return state not in (CampaignState.DRAFT, CampaignState.CLOSED) and now < closes_at
