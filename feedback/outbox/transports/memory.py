"""A way out that keeps mails in a list, for tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage

from feedback.outbox.transports.interface import Receipt


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail handed over."""

    message: EmailMessage
    mail_from: str
    to: str


@dataclass(slots=True)
class MemoryTransport:
    """Takes every mail and keeps it."""

    sent: list[SentMail] = field(default_factory=list)

    def deliver(
        self, message: EmailMessage, mail_from: str, to: str, on_data: Callable[[], None]
    ) -> Receipt:
        """Keep the mail; never fails."""
        on_data()
        self.sent.append(SentMail(message, mail_from, to))
        return Receipt(250, "kept")
