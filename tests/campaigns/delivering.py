"""Hands queued mails over to a list, as the worker does, for tests of campaigns."""

from email.message import EmailMessage

from sqlalchemy import select

from feedback.extensions import db
from feedback.outbox import worker
from feedback.outbox.models import Mail
from feedback.outbox.transports.memory import MemoryTransport


def delivered() -> list[EmailMessage]:
    """Send everything that is due; return what went out."""
    transport = MemoryTransport()
    while worker.send_due(transport, "worker"):
        pass
    db.session.rollback()
    return [sent.message for sent in transport.sent]


def the_mail() -> EmailMessage:
    """Send everything that is due; return the one mail that went out."""
    (mail,) = delivered()
    return mail


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    """Return the plain text or the HTML of a mail."""
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def mail_states() -> list[str]:
    """Return the states of all mails, in order of their keys."""
    db.session.rollback()
    return list(db.session.scalars(select(Mail.state).order_by(Mail.id)))
