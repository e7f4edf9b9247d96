"""Tables of the outbox: mails, attempts to hand them over, and the pause switch."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.extensions import Model
from feedback.outbox.states import MailState
from feedback.storage import BigKey, Utc


class Mail(Model):
    """One letter to one address.

    It holds no text: kind and ref say who writes it at the moment of sending, so the text is
    never stale and a copy of the database holds no working link (SEC-05).
    """

    __tablename__ = "mail"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index("ix_mail_state_due_at", "state", "due_at"),
        Index("ix_mail_kind_ref", "kind", "ref"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    ref: Mapped[int] = mapped_column(BigKey)
    dedupe_key: Mapped[str] = mapped_column(String(200), unique=True)
    recipient: Mapped[str] = mapped_column(String(320))
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    state: Mapped[str] = mapped_column(String(12), default=MailState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(Utc)
    claimed_by: Mapped[str] = mapped_column(String(80), default="")
    lease_until: Mapped[datetime | None] = mapped_column(Utc)
    last_code: Mapped[int | None]
    last_reply: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Utc)
    finished_at: Mapped[datetime | None] = mapped_column(Utc)


class DeliveryAttempt(Model):
    """One try to hand a mail over: what the server said. Never holds text or links (EML-20)."""

    __tablename__ = "delivery_attempt"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("mail.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(12))
    code: Mapped[int | None]
    reply: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Utc)


class QueuePause(Model):
    """At most one row: while it stands, nothing is sent; it says why."""

    __tablename__ = "queue_pause"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    reason: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[datetime] = mapped_column(Utc)
