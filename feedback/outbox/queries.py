"""Look up mails, their attempts, what waits, and the pause switch."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, or_, select

from feedback.extensions import db
from feedback.outbox.models import DeliveryAttempt, Mail, QueuePause
from feedback.outbox.states import MailState

IN_HAND = (MailState.CLAIMED, MailState.SENDING)


@dataclass(frozen=True, slots=True)
class QueuedMail:
    """The columns of a mail that its writer and the worker need, read once."""

    id: int
    kind: str
    ref: int
    recipient: str
    dedupe_key: str
    message_id: str
    attempts: int


def count_states(kind: str, refs: Select[Any]) -> dict[MailState, int]:
    """Count the mails of a kind about these refs by state; states without a mail count 0."""
    rows = db.session.execute(
        select(Mail.state, func.count())
        .where(Mail.kind == kind, Mail.ref.in_(refs))
        .group_by(Mail.state)
    )
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in MailState}


def list_attempts(mail_id: int) -> list[DeliveryAttempt]:
    """Return what servers said to this mail, in order."""
    return list(
        db.session.scalars(
            select(DeliveryAttempt)
            .where(DeliveryAttempt.mail_id == mail_id)
            .order_by(DeliveryAttempt.id)
        )
    )


def find_first_attempt(mail_id: int) -> datetime | None:
    """Return when this mail was first tried, or None."""
    return db.session.scalar(
        select(func.min(DeliveryAttempt.at, type_=DeliveryAttempt.at.type)).where(
            DeliveryAttempt.mail_id == mail_id
        )
    )


def find_pause() -> QueuePause | None:
    """Return the pause that stands, or None while the queue runs."""
    return db.session.get(QueuePause, 1)


def anything_to_do(now: datetime) -> bool:
    """Say whether a worker would find a mail to send or a lease to recover."""
    paused = select(QueuePause.id).exists()
    due = (Mail.state == MailState.QUEUED) & (Mail.due_at <= now) & ~paused
    return bool(
        db.session.scalar(select(exists().where(or_(due, _abandoned(now))).select_from(Mail)))
    )


def find_claimable(now: datetime) -> QueuedMail | None:
    """Return the mail that has been due longest, or None.

    On PostgreSQL its row is locked and rows other workers have locked are passed over; on
    SQLite the writer's transaction itself keeps others away.
    """
    row = db.session.execute(
        select(*_columns())
        .where(Mail.state == MailState.QUEUED, Mail.due_at <= now)
        .order_by(Mail.due_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    return _queued_mail(row) if row else None


def list_abandoned(now: datetime, limit: int) -> list[tuple[QueuedMail, MailState]]:
    """Return mails whose worker let the lease run out, with the state it left them in."""
    rows = db.session.execute(
        select(*_columns(), Mail.state)
        .where(_abandoned(now))
        .order_by(Mail.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    return [(_queued_mail(row), MailState(row.state)) for row in rows]


def _abandoned(now: datetime) -> Any:
    return Mail.state.in_(IN_HAND) & (Mail.lease_until < now)


def _columns() -> list[Any]:
    return [
        Mail.id,
        Mail.kind,
        Mail.ref,
        Mail.recipient,
        Mail.dedupe_key,
        Mail.message_id,
        Mail.attempts,
    ]


def _queued_mail(row: Any) -> QueuedMail:
    return QueuedMail(
        row.id, row.kind, row.ref, row.recipient, row.dedupe_key, row.message_id, row.attempts
    )
