"""Tests of the clock: aware, in UTC, standing still in one thread only."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from feedback import clock

THEN = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_time_goes_on_outside() -> None:
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_time_stands_where_it_was_told_to() -> None:
    with clock.standing_at(THEN):
        assert clock.now() == clock.now() == THEN
    assert clock.now() != THEN


def test_an_instant_of_another_zone_is_told_in_utc() -> None:
    jakarta = timezone(timedelta(hours=7))
    with clock.standing_at(THEN.astimezone(jakarta)):
        assert clock.now() == THEN
        assert clock.now().utcoffset() == timedelta(0)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"), clock.standing_at(THEN.replace(tzinfo=None)):
        pass


def test_standing_inside_standing_ends_where_the_outer_one_stood() -> None:
    later = THEN + timedelta(days=1)
    with clock.standing_at(THEN):
        with clock.standing_at(later):
            assert clock.now() == later
        assert clock.now() == THEN


def test_time_goes_on_after_an_error() -> None:
    with pytest.raises(RuntimeError), clock.standing_at(THEN):
        raise RuntimeError
    assert clock.now() != THEN


def test_time_goes_on_in_other_threads() -> None:
    seen: list[datetime] = []
    with clock.standing_at(THEN):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen[0] != THEN
