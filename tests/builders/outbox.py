"""Builders of letters, kinds of mail and queued mails."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from feedback.extensions import db
from feedback.outbox import kinds, service
from feedback.outbox.letters import Letter, MailLike
from feedback.outbox.models import Mail

_numbers = itertools.count(1)

LONG_AGO = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def a_letter(**given: str) -> Letter:
    """Make a letter with honest defaults."""
    letter = Letter(
        to_name="Dewi Invented",
        to_address="dewi@client.example.com",
        from_name="Sagara",
        subject="How do you experience working with us?",
        text="Hello Dewi\n\nhttps://kesan.example.com/r/abc\n",
        html='<html><head></head><body><a href="https://kesan.example.com/r/abc">Go</a></body></html>',
        language="en",
        list_id="campaign-7",
        unsubscribe_url="https://kesan.example.com/u/xyz",
    )
    return replace(letter, **given)  # type: ignore[arg-type]


def a_kind(write: Callable[[MailLike], Letter] | None = None, at_least_once: bool = True) -> str:
    """Register a kind of mail of its own; return its name."""
    name = f"kind{next(_numbers)}"

    def plain(mail: MailLike) -> Letter:
        return a_letter(to_address=mail.recipient)

    kinds.register(kinds.MailKind(name, write or plain, at_least_once))
    return name


def a_mail(kind: str = "", **given: Any) -> Mail:
    """Queue a mail that is due; commit."""
    number = next(_numbers)
    key = given.get("dedupe_key", f"mail:{number}")
    service.enqueue(
        kind or a_kind(),
        given.get("ref", number),
        given.get("recipient", f"person{number}@client.example.com"),
        key,
        given.get("due_at", LONG_AGO),
    )
    db.session.commit()
    return db.session.scalars(select(Mail).where(Mail.dedupe_key == key)).one()


def reread(mail_id: int) -> Mail:
    """Return the mail as the database holds it now."""
    db.session.rollback()
    return db.session.get_one(Mail, mail_id, populate_existing=True)
