"""The states of a mail and which may follow which."""

from enum import StrEnum


class MailState(StrEnum):
    """Where a mail is on its way; the value is what the database holds."""

    QUEUED = "queued"  # waits for its time
    CLAIMED = "claimed"  # a worker has it; nothing of its text has been handed over
    SENDING = "sending"  # its text is being handed over: after a crash nobody can know the outcome
    SENT = "sent"  # the server accepted it
    BOUNCED = "bounced"  # the address was refused for good
    FAILED = "failed"  # given up after the last retry
    UNKNOWN = "unknown"  # handed over, but the answer never came
    CANCELLED = "cancelled"  # no longer wanted when its turn came


OPEN = frozenset({MailState.QUEUED, MailState.CLAIMED, MailState.SENDING})
