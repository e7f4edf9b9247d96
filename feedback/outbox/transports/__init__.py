"""Ways out of the house: SMTP, a folder on this machine, a list for tests."""

from feedback.config import Settings
from feedback.outbox.transports.folder import FolderTransport
from feedback.outbox.transports.interface import (
    Ambiguous,
    QueueFault,
    Receipt,
    RefusedAddress,
    Transport,
    TryLater,
)
from feedback.outbox.transports.memory import MemoryTransport, SentMail
from feedback.outbox.transports.smtp import SmtpTransport

__all__ = [
    "Ambiguous",
    "FolderTransport",
    "MemoryTransport",
    "QueueFault",
    "Receipt",
    "RefusedAddress",
    "SentMail",
    "SmtpTransport",
    "Transport",
    "TryLater",
    "transport_for",
]


def transport_for(settings: Settings) -> Transport:
    """Return the way out these settings ask for: SMTP where a server is named, else the folder.

    One transport belongs to one worker; it keeps a connection and is not shared by threads.
    """
    if settings.mail_server:
        return SmtpTransport(settings)
    return FolderTransport(settings.folder / "mailbox")
