"""When a kept count is made again."""

from datetime import datetime, timedelta

# Campaigns to fewer people are counted while the reader waits: that takes milliseconds.
LARGE_FROM = 5_000
LEAST_AGE = timedelta(seconds=10)
# Once closed nothing moves but by erasure.
AGE_WHEN_CLOSED = timedelta(minutes=10)
# Of its time the worker spends at most this part on one count.
PART = 20


def is_due(
    counted_at: datetime | None, seconds: float, closed_at: datetime | None, now: datetime
) -> bool:
    """Say whether a campaign whose count took so many seconds is to be counted again.

    >>> from datetime import UTC
    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> is_due(None, 0, None, at), is_due(at, 0.1, None, at + LEAST_AGE)
    (True, True)
    >>> is_due(at, 1, None, at + LEAST_AGE), is_due(at, 0.1, at - LEAST_AGE, at + LEAST_AGE)
    (False, False)
    >>> is_due(at, 0.1, at + LEAST_AGE / 2, at + LEAST_AGE)  # closed since
    True
    """
    if counted_at is None:
        return True
    is_closed = closed_at is not None and closed_at < counted_at
    least = AGE_WHEN_CLOSED if is_closed else LEAST_AGE
    return now - counted_at >= max(least, timedelta(seconds=PART * seconds))
