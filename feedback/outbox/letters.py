"""What a letter is, who writes one, and how a writer says that it is no longer wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class MailLike(Protocol):
    """What a writer may know of the queued mail it writes for."""

    @property
    def id(self) -> int:
        """Key of the mail."""

    @property
    def ref(self) -> int:
        """Key of what the mail is about, in the tables of its kind."""

    @property
    def recipient(self) -> str:
        """The one address it goes to, as it was queued."""

    @property
    def dedupe_key(self) -> str:
        """What makes this mail one of its kind (EML-13)."""

    @property
    def message_id(self) -> str:
        """The Message-ID of every attempt, angle brackets included."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as its writer words it; `list_id` is a label, the host is added on the way."""

    to_name: str
    to_address: str
    from_name: str
    subject: str
    text: str
    html: str
    language: str
    list_id: str
    unsubscribe_url: str = ""
    reply_to: str = ""


class NotWanted(Exception):
    """The mail's turn has come, but nobody wants it any more; it is cancelled (EML-14)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Postponed(Exception):
    """The mail's turn has come, but not now; it waits on and no attempt is counted."""


@dataclass(frozen=True, slots=True)
class MailKind:
    """A kind of mail: who writes it, and which of two promises holds for it (EML-10).

    `write` runs inside the claim's transaction and must not commit. After a crash amid sending,
    a mail sent at least once goes out again under the same Message-ID; any other stays unknown.
    """

    name: str
    write: Callable[[MailLike], Letter]
    at_least_once: bool = True
