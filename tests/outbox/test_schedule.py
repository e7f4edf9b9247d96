"""When a mail is tried again."""

from datetime import UTC, datetime, timedelta

from feedback.outbox.schedule import retry_at

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def walk(jitter: float) -> list[timedelta]:
    """Fail at every try until it is given up; return the waits."""
    waits, now, attempts = [], START, 1
    while (at := retry_at(attempts, START, now, jitter)) is not None:
        waits.append(at - now)
        now, attempts = at, attempts + 1
    return waits


def test_waits_grow_from_a_minute_to_eight_hours_and_end_within_48_hours():
    """EML-11; the expected waits are those of the requirement, in minutes."""
    minutes = [wait / timedelta(minutes=1) for wait in walk(jitter=0)]
    assert minutes == [1, 5, 30, 120, 240, 480, 480, 480, 480, 480]
    assert sum(minutes) <= 48 * 60 < sum(minutes) + 480


def test_jitter_lengthens_a_wait_by_at_most_a_fifth():
    """EML-11."""
    for plain, jittered in zip(walk(0), walk(1), strict=False):
        assert plain < jittered <= plain * 1.2
