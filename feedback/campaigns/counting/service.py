"""Count one large campaign after the other in the worker, and keep the count."""

import time
from dataclasses import asdict

from feedback import clock, storage
from feedback.campaigns.counting import pace, queries
from feedback.campaigns.counting.models import CampaignCount
from feedback.campaigns.queries import funnel
from feedback.extensions import db


def is_waiting() -> bool:
    """Say whether a large campaign is to be counted."""
    return _next() is not None


def count_next() -> bool:
    """Count the campaign that is due; commit; say whether there was one.

    It is counted without holding up anybody who writes.
    """
    with storage.reading():
        campaign_id = _next()
        if campaign_id is None:
            db.session.rollback()
            return False
        begun, now = time.monotonic(), clock.now()
        found, seconds = funnel(campaign_id), time.monotonic() - begun
        db.session.rollback()
    row = {"counted_at": now, "seconds": seconds, "funnel": asdict(found)}
    # Another worker may have counted meanwhile.
    put = storage.inserting(db.session, CampaignCount).values(campaign_id=campaign_id, **row)
    db.session.execute(put.on_conflict_do_update(index_elements=["campaign_id"], set_=row))
    db.session.commit()
    return True


def _next() -> int | None:
    now = clock.now()
    for campaign_id, closed_at, counted_at, seconds in queries.list_large():
        if pace.is_due(counted_at, seconds, closed_at, now):
            return campaign_id
    return None
