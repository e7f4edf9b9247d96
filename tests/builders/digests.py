"""Builders of people who want summaries by mail, and of the moments at which they come."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from feedback import clock
from feedback.auth.models import User
from feedback.extensions import db
from feedback.outbox.models import Mail
from feedback.results.digests import service
from feedback.results.digests.due import DIGEST
from tests.builders.people import a_user

JAKARTA = ZoneInfo("Asia/Jakarta")
# The Friday on which people choose, and the Monday after it.
CHOSEN, MONDAY = "2026-11-27", "2026-11-30"


@contextmanager
def on(day: str, hour: int = 7, minute: int = 0) -> Iterator[datetime]:
    """Let the clock stand at an hour of the installation's day."""
    instant = datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=JAKARTA)
    with clock.standing_at(instant):
        yield instant


def a_reader(rhythm: str | None = "weekly", **given: str) -> User:
    """Make a person who chose on CHOSEN how often the summary is to come."""
    with on(CHOSEN, 12):
        user = a_user(**given)
        service.choose(user, rhythm)
    return user


def tick_once() -> None:
    """Let the worker's step run as it does: look, work, until there is nothing to do."""
    for _ in range(10):
        if not service.is_due():
            return
        service.queue_next()
    raise AssertionError("the step always finds something to do")


def queued() -> list[Mail]:
    """Return the summary mails that were ever queued."""
    db.session.rollback()
    return list(db.session.scalars(select(Mail).where(Mail.kind == DIGEST).order_by(Mail.id)))
