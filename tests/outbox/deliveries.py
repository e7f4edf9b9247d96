"""What the worker's tests look at: attempts, time, signals."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta

from feedback.config import Settings
from feedback.extensions import db
from feedback.outbox import queries
from tests.builders.outbox import reread

At = Callable[..., Settings]


def outcomes(mail_id: int) -> list[tuple[int, str, int | None]]:
    return [(row.number, row.outcome, row.code) for row in queries.list_attempts(mail_id)]


def let_time_pass(mail_id: int, hours: int = 9) -> None:
    """Move this mail's times into the past."""
    back = timedelta(hours=hours)
    mail = reread(mail_id)
    mail.due_at -= back
    if mail.lease_until:
        mail.lease_until -= back
    for attempt in queries.list_attempts(mail_id):
        attempt.at -= back
    db.session.commit()


@contextmanager
def heard(signal):
    """Collect what a signal announces: kind and mail id."""
    events = []

    def listen(kind, mail):
        events.append((kind, mail.id))

    with signal.connected_to(listen):
        yield events
