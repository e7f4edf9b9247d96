"""A mail in one worker's hand, and the one way in which workers change a mail."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, update

from feedback.extensions import db
from feedback.outbox.letters import Letter
from feedback.outbox.models import Mail
from feedback.outbox.queries import QueuedMail

# Longer than all steps of handing one mail over may take together.
LEASE = timedelta(minutes=5)


class ClaimLost(Exception):
    """The mail was cancelled, or its lease ran out, before its text went out."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A mail in one worker's hand; without a letter it is settled already."""

    mail: QueuedMail
    worker: str
    attempt: int
    letter: Letter | None

    @property
    def holds(self) -> ColumnElement[bool]:
        """The condition under which the mail is still in this hand, for this attempt."""
        return (
            (Mail.id == self.mail.id)
            & (Mail.claimed_by == self.worker)
            & (Mail.attempts == self.attempt)
        )


def change(where: ColumnElement[bool], **values: Any) -> bool:
    """Change one mail by one UPDATE; say whether the condition still held. Does not commit."""
    changed = db.session.execute(
        update(Mail).where(where).values(**values).execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]
