"""What every way out promises, and the four ways in which handing over can end badly."""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server took the mail: its code and words."""

    code: int
    reply: str


class Transport(Protocol):
    """A way out for one mail at a time."""

    def deliver(
        self, message: EmailMessage, mail_from: str, to: str, on_data: Callable[[], None]
    ) -> Receipt:
        """Hand the message over to one recipient; call `on_data` right before its text goes.

        Raises RefusedAddress, TryLater, QueueFault or Ambiguous, and whatever `on_data` raises;
        then no text has gone out.
        """


class _NotTaken(Exception):
    def __init__(self, code: int | None, reply: str) -> None:
        super().__init__(code, reply)
        self.code = code
        self.reply = reply


class RefusedAddress(_NotTaken):
    """The server refuses this recipient for good."""


class TryLater(_NotTaken):
    """Not taken this time, and certainly not delivered; another try may succeed."""


class QueueFault(_NotTaken):
    """The fault lies with the server or our settings: every mail would meet it."""

    def __init__(self, reason: str, code: int | None, reply: str) -> None:
        super().__init__(code, reply)
        self.reason = reason


class Ambiguous(Exception):
    """The text went out and the answer never came: nobody can know whether it was taken."""

    def __init__(self, reply: str) -> None:
        super().__init__(reply)
        self.reply = reply
