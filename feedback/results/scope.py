"""Which answers a page speaks of: those of one campaign, or everybody's latest of the year."""

from dataclasses import dataclass
from datetime import datetime, timedelta

DAYS = 365


@dataclass(frozen=True, slots=True)
class Scope:
    """One campaign (`campaign_id`), or the portfolio: what was sent after `since` up to `until`.

    In the portfolio a contact's latest response to each survey counts, and archived
    organisations do not.
    """

    campaign_id: int | None
    since: datetime
    until: datetime


def portfolio(now: datetime) -> Scope:
    """Return the scope of the latest answers of the last 365 days."""
    return Scope(None, now - timedelta(days=DAYS), now)


def wave(campaign_id: int, launched_at: datetime | None, now: datetime) -> Scope:
    """Return the scope of one campaign, from its launch until now."""
    return Scope(campaign_id, launched_at or now, now)
