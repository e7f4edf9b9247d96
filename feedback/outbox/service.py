"""Queue mails with the deed that causes them, cancel them, pause and resume the queue."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, delete, update

from feedback import clock
from feedback.extensions import db
from feedback.outbox.kinds import get_kind
from feedback.outbox.models import Mail, QueuePause
from feedback.outbox.replies import clean_reply
from feedback.outbox.states import MailState
from feedback.storage import insert_ignoring

# kind, ref, recipient, dedupe key, due at
Row = tuple[str, int, str, str, datetime]
Refs = Select[Any] | Iterable[int]

POSTPONED = "postponed"  # the last reply of a mail that waits for its deed, not for a server


def enqueue(kind: str, ref: int, recipient: str, dedupe_key: str, due_at: datetime) -> None:
    """Queue one mail in the caller's transaction, which commits both or neither (EML-08).

    A mail with this dedupe key already queued or sent stays the only one (EML-13). Raises
    UnknownKind.
    """
    enqueue_many([(kind, ref, recipient, dedupe_key, due_at)])


def enqueue_many(rows: Iterable[Row]) -> None:
    """Queue mails, each as enqueue() does, in one statement; does not commit."""
    host, now = current_app.config["KESAN"].host, clock.now()
    values = [_values(row, host, now) for row in rows]
    for name in {value["kind"] for value in values}:
        get_kind(name)
    insert_ignoring(db.session, Mail.__table__, values)


def _values(row: Row, host: str, now: datetime) -> dict[str, Any]:
    kind, ref, recipient, dedupe_key, due_at = row
    return {
        "kind": kind,
        "ref": ref,
        "recipient": recipient,
        "dedupe_key": dedupe_key,
        "message_id": f"<{secrets.token_hex(16)}@{host}>",
        "state": MailState.QUEUED.value,
        "attempts": 0,
        "due_at": due_at,
        "claimed_by": "",
        "last_reply": "",
        "created_at": now,
    }


def cancel(kind: str, refs: Refs) -> None:
    """Cancel what has not begun to go out of these mails; does not commit.

    A mail in a worker's hand is still caught: the worker asks again right before the text
    goes out. What is going out or gone stays as it is.
    """
    for about in _about(refs):
        _change(
            kind,
            about,
            Mail.state.in_([MailState.QUEUED, MailState.CLAIMED]),
            {"state": MailState.CANCELLED.value, "finished_at": clock.now()},
        )


def make_due(kind: str, refs: Refs) -> None:
    """Let mails of these refs that were postponed go out now; does not commit.

    Mails that wait because a server asked for patience wait on.
    """
    for about in _about(refs):
        waits = (Mail.state == MailState.QUEUED) & (Mail.last_reply == POSTPONED)
        _change(kind, about, waits, {"due_at": clock.now(), "last_reply": ""})


def pause_queue(reason: str, detail: str) -> None:
    """Stop all sending until somebody resumes it; commit. A pause that stands keeps its words."""
    row = {"id": 1, "reason": reason[:40], "detail": clean_reply(detail), "since": clock.now()}
    insert_ignoring(db.session, QueuePause.__table__, [row])
    db.session.commit()


def resume_queue() -> None:
    """Send again; commit. Fine where nothing is paused."""
    db.session.execute(delete(QueuePause))
    db.session.commit()


def _about(refs: Refs) -> Iterator[ColumnElement[bool]]:
    if isinstance(refs, Select):
        yield Mail.ref.in_(refs)
        return
    every = list(refs)
    for start in range(0, len(every), 1_000):  # databases limit the values of one statement
        yield Mail.ref.in_(every[start : start + 1_000])


def _change(
    kind: str, about: ColumnElement[bool], now: ColumnElement[bool], values: dict[str, Any]
) -> None:
    db.session.execute(
        update(Mail)
        .where(Mail.kind == kind, about, now)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
