"""When a mail that a server would not take now is tried again, and when it is given up."""

from datetime import datetime, timedelta

GIVE_UP_AFTER = timedelta(hours=48)
POSTPONED_FOR = timedelta(minutes=15)
_MINUTES = (1, 5, 30, 120, 240, 480)


def retry_at(
    attempts: int, first_attempt: datetime, now: datetime, jitter: float
) -> datetime | None:
    """Return when to try again after this many attempts, or None to give up (EML-11).

    Waits of 1, 5, 30 min, 2, 4, 8, 8 … h, each lengthened by up to a fifth: `jitter` 0…1 says
    how much, so that mails refused together do not come back together. None where the next
    try would lie more than 48 h after the first.
    """
    wait = timedelta(minutes=_MINUTES[min(max(attempts, 1), len(_MINUTES)) - 1])
    at = now + wait * (1 + 0.2 * jitter)
    return at if at <= first_attempt + GIVE_UP_AFTER else None
