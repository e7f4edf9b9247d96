"""When a summary mail is due: on Mondays, or the month's first working day, at seven o'clock.

All of it is arithmetic on the calendar of the installation's time zone. An instant at which mails
are due is a tick; the newest one that has passed is all anybody needs to know, so that a tick
that was missed is made up for once, however many were.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DIGEST = "digest"  # the kind of mail
WEEKLY, MONTHLY = "weekly", "monthly"
RHYTHMS = (WEEKLY, MONTHLY)
# Nobody is mailed before and after these hours of the installation's day.
OPENS, CLOSES = time(7), time(20)
MONDAY, SATURDAY = 0, 5


def tick(rhythm: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the newest instant, not after now, at which this rhythm's mails are due.

    >>> zone = ZoneInfo("Asia/Jakarta")
    >>> tick(WEEKLY, datetime(2026, 11, 30, 0, 0, tzinfo=UTC), zone).isoformat()
    '2026-11-30T00:00:00+00:00'
    >>> tick(MONTHLY, datetime(2026, 11, 1, 9, 0, tzinfo=UTC), zone).isoformat()
    '2026-10-01T00:00:00+00:00'
    """
    today = now.astimezone(zone).date()
    starts = (datetime.combine(day, OPENS, zone) for day in _days(rhythm, today))
    return next(start for start in starts if start <= now).astimezone(UTC)


def before(rhythm: str, at: datetime, zone: ZoneInfo) -> datetime:
    """Return the tick before a tick: from there on an answer is new."""
    return tick(rhythm, at - timedelta(microseconds=1), zone)


def period(rhythm: str, at: datetime, zone: ZoneInfo) -> str:
    """Return the name of the period a tick begins; one mail for each, whatever clocks do.

    >>> period(WEEKLY, datetime(2026, 11, 30, tzinfo=UTC), ZoneInfo("Asia/Jakarta"))
    '2026-W49'
    """
    day = at.astimezone(zone).date()
    return day.strftime("%G-W%V" if rhythm == WEEKLY else "%Y-%m")


def open_from(now: datetime, zone: ZoneInfo) -> datetime:
    """Return now, or in quiet hours the next morning.

    >>> open_from(datetime(2026, 11, 30, 14, 0, tzinfo=UTC), ZoneInfo("Asia/Jakarta")).isoformat()
    '2026-12-01T00:00:00+00:00'
    """
    local = now.astimezone(zone)
    if OPENS <= local.time() < CLOSES:
        return now
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return datetime.combine(day, OPENS, zone).astimezone(UTC)


def _days(rhythm: str, today: date) -> Iterator[date]:
    """Give the days on which mails are due, newest first, from today backwards."""
    if rhythm == WEEKLY:
        day = today - timedelta(days=(today.weekday() - MONDAY) % 7)
        while True:
            yield day
            day -= timedelta(days=7)
    month = today.replace(day=1)
    while True:
        yield _first_working_day(month)
        month = (month - timedelta(days=1)).replace(day=1)


def _first_working_day(month: date) -> date:
    # No calendar of holidays: they differ by country, state and year.
    return month + timedelta(days=7 - month.weekday() if month.weekday() >= SATURDAY else 0)
