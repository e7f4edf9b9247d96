"""When a summary mail is due, on every calendar and in every zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.results.digests.due import (
    CLOSES,
    MONTHLY,
    OPENS,
    RHYTHMS,
    WEEKLY,
    before,
    open_from,
    period,
    tick,
)

ZONES = [ZoneInfo(name) for name in ("Asia/Jakarta", "Asia/Kuala_Lumpur", "Europe/Berlin", "UTC")]
JAKARTA = ZONES[0]
INSTANTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def at(day: str, hour: int = 7, minute: int = 0) -> datetime:
    """Give an instant by the clocks of Jakarta."""
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=JAKARTA)


@pytest.mark.parametrize(
    ("rhythm", "now", "due"),
    [
        (WEEKLY, at("2026-11-30"), at("2026-11-30")),  # a Monday, to the minute
        (WEEKLY, at("2026-11-30", 6, 59), at("2026-11-23")),
        (WEEKLY, at("2026-11-29", 23), at("2026-11-23")),
        (WEEKLY, at("2026-12-06", 12), at("2026-11-30")),
        (WEEKLY, at("2027-01-01", 12), at("2026-12-28")),
        (MONTHLY, at("2026-11-02", 7), at("2026-11-02")),  # the 1st is a Sunday
        (MONTHLY, at("2026-11-01", 12), at("2026-10-01")),
        (MONTHLY, at("2026-08-03", 6, 59), at("2026-07-01")),  # the 1st is a Saturday
        (MONTHLY, at("2026-08-03"), at("2026-08-03")),
        (MONTHLY, at("2026-12-31", 23), at("2026-12-01")),
    ],
)
def test_the_newest_tick_is_monday_or_the_first_working_day(
    rhythm: str, now: datetime, due: datetime
) -> None:
    assert tick(rhythm, now, JAKARTA) == due


@given(st.sampled_from(RHYTHMS), INSTANTS, st.sampled_from(ZONES))
def test_a_tick_lies_in_the_past_and_is_its_own_tick(
    rhythm: str, now: datetime, zone: ZoneInfo
) -> None:
    found = tick(rhythm, now, zone)
    assert now - timedelta(days=34) < found <= now
    assert found.astimezone(zone).time() == OPENS
    assert found.astimezone(zone).weekday() < 5
    assert tick(rhythm, found, zone) == found
    assert before(rhythm, found, zone) < found
    assert tick(rhythm, found - timedelta(seconds=1), zone) == before(rhythm, found, zone)


@given(st.sampled_from(RHYTHMS), INSTANTS, st.sampled_from(ZONES))
def test_every_tick_has_a_period_of_its_own(rhythm: str, now: datetime, zone: ZoneInfo) -> None:
    found = tick(rhythm, now, zone)
    earlier = before(rhythm, found, zone)
    assert period(rhythm, earlier, zone) < period(rhythm, found, zone)


@given(INSTANTS, st.sampled_from(ZONES))
def test_nothing_leaves_in_quiet_hours(now: datetime, zone: ZoneInfo) -> None:
    opens = open_from(now, zone)
    assert OPENS <= opens.astimezone(zone).time() < CLOSES
    assert now <= opens < now + timedelta(hours=14)
    assert open_from(opens, zone) == opens
