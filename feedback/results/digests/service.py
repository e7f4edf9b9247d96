"""Choose summaries by mail, queue those that are due, and stop them by the link in the mail."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import delete, update

from feedback import clock, storage
from feedback.auth.models import User
from feedback.campaigns import tokens
from feedback.extensions import db
from feedback.outbox import service as outbox
from feedback.outbox.kinds import MailKind, register
from feedback.results import scope as scopes
from feedback.results.digests import compose, queries
from feedback.results.digests.due import DIGEST, RHYTHMS, open_from, period, tick
from feedback.results.digests.models import DigestChoice
from feedback.storage import insert_ignoring

SLICE = 100


def register_letters() -> None:
    """Tell the outbox who writes summary mails; a summary may be lost, but never comes twice."""
    register(MailKind(DIGEST, compose.write_digest, at_least_once=False))


def choose(user: User, rhythm: str | None) -> None:
    """Remember how often this person wants the summary by mail, None for never; commit.

    The first one comes with the next tick, not for one that has passed. ValueError for a rhythm
    that does not exist.
    """
    if rhythm is not None and rhythm not in RHYTHMS:
        raise ValueError(rhythm)
    if rhythm != queries.find_rhythm(user.id):
        db.session.execute(delete(DigestChoice).where(DigestChoice.user_id == user.id))
        if rhythm is not None:
            now = clock.now()
            settled = tick(rhythm, now, compose.zone())
            own = {"user_id": user.id, "rhythm": rhythm, "chosen_at": now, "settled": settled}
            insert_ignoring(db.session, DigestChoice.__table__, [own])
    db.session.commit()


def is_due() -> bool:
    """Say whether a summary mail is to be queued."""
    return queries.anybody_due(clock.now(), compose.zone())


def queue_next() -> None:
    """Queue the mails of the newest tick for the next people, each person's once; commit.

    Whoever runs this twice or on a clock that jumps queues nothing twice: a mail's dedupe key is
    person and period (EML-13, EML-17). In quiet hours the mails are due the next morning.
    """
    now, zone = clock.now(), compose.zone()
    _read_ahead(now, zone)
    rows = []
    for choice, user in queries.list_due(now, zone, SLICE):
        newest = tick(choice.rhythm, now, zone)
        if choice.settled < newest:
            key = f"digest:{choice.rhythm}:{user.id}:{period(choice.rhythm, newest, zone)}"
            rows.append((DIGEST, user.id, user.email, key, open_from(now, zone)))
        db.session.execute(
            update(DigestChoice)
            .where(DigestChoice.user_id == user.id, DigestChoice.settled == choice.settled)
            .values(settled=newest)
            .execution_options(synchronize_session=False)
        )
    outbox.enqueue_many(rows)
    db.session.commit()


def _read_ahead(now: datetime, zone: ZoneInfo) -> None:
    """Read what the mails will tell before any of them is taken in hand."""
    with storage.reading():
        for user_id in queries.list_due_people(now, zone, SLICE):
            selection = queries.selection_of(user_id)
            queries.read_ahead(scopes.portfolio(now).of(selection))
        db.session.rollback()


def stop(token: str) -> bool:
    """Send no more summaries to the person of this token; commit. False if it is not ours.

    Repeats and people who are gone are fine: the wish is met (EML-05).
    """
    user_id = tokens.read_signed(current_app.config["TOKEN_KEY"], compose.PURPOSE, token)
    if user_id is None:
        return False
    db.session.execute(delete(DigestChoice).where(DigestChoice.user_id == user_id))
    db.session.commit()
    return True


def language_of(token: str) -> str | None:
    """Return the language of the person of this token, None if it is not ours. Reads only."""
    user_id = tokens.read_signed(current_app.config["TOKEN_KEY"], compose.PURPOSE, token)
    user = db.session.get(User, user_id) if user_id is not None else None
    return user.language if user else None
