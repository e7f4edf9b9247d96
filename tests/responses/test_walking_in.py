"""Tests of what tells people at a public link apart, without knowing any of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.responses.walking_in import (
    Pace,
    device_mark,
    is_key,
    network_of,
    new_key,
    read_moment,
    response_id,
    signed_moment,
)

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 22)


def test_keys_are_long_and_never_the_same() -> None:
    """SEC-05."""
    keys = {new_key() for _ in range(10_000)}
    assert len(keys) == 10_000
    assert all(is_key(key) for key in keys)


@pytest.mark.parametrize("text", ["", "x", "thanks", "a" * 21, "a" * 23, "../" * 8, "é" * 22])
def test_other_texts_are_no_keys(text: str) -> None:
    assert not is_key(text)


def test_a_key_names_one_response_at_one_link_of_one_installation() -> None:
    """SEC-07."""
    key = new_key()
    own = response_id("secret", 1, key)
    assert own == response_id("secret", 1, key)
    assert own not in {
        response_id("secret", 2, key),
        response_id("another", 1, key),
        response_id("secret", 1, new_key()),
    }


@given(st.integers(1, 2**31), st.text(min_size=22, max_size=22))
def test_a_response_has_a_key_the_database_takes(link_id: int, key: str) -> None:
    assert 0 < response_id("secret", link_id, key) < 2**63


def test_the_time_a_page_was_shown_is_read_again() -> None:
    key = new_key()
    assert read_moment("secret", key, signed_moment("secret", key, NOW)) == NOW


def test_a_time_made_up_or_made_for_another_response_is_none() -> None:
    key, field = new_key(), signed_moment("secret", "k" * 22, NOW)
    own = signed_moment("secret", key, NOW)
    earlier = own.replace(own.partition(".")[0], "1")
    for wrong in (field, earlier, "", "1.x", own + "x", "9" * 40):
        assert read_moment("secret", key, wrong) is None
    assert read_moment("another", key, own) is None


def test_a_device_is_known_for_a_day_at_one_link_only() -> None:
    """PRV-09: nothing follows a device from day to day or from place to place."""
    own = device_mark("secret", 1, DAY, "d" * 22)
    assert own == device_mark("secret", 1, DAY, "d" * 22)
    assert len(own) == 32
    others = {
        device_mark("secret", 1, DAY + timedelta(days=1), "d" * 22),
        device_mark("secret", 2, DAY, "d" * 22),
        device_mark("secret", 1, DAY, "e" * 22),
        device_mark("another", 1, DAY, "d" * 22),
    }
    assert len(others | {own}) == 5


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2:ffff::1", "2001:0db8:0001:0002"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_a_household_is_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_as_many_as_fit_come_in_at_once() -> None:
    pace = Pace()
    for _ in range(60):
        assert pace.wait({"a": 60}, NOW) == 0
        pace.note({"a": 60}, NOW)
    assert pace.wait({"a": 60}, NOW) > 0


def test_one_more_fits_when_the_first_is_a_minute_old() -> None:
    pace = Pace()
    for second in (0, 30):
        pace.note({"a": 2}, NOW + timedelta(seconds=second))
    assert pace.wait({"a": 2}, NOW + timedelta(seconds=40)) == 21
    assert pace.wait({"a": 2}, NOW + timedelta(seconds=60)) == 0
    pace.note({"a": 2}, NOW + timedelta(seconds=60))
    assert pace.wait({"a": 2}, NOW + timedelta(seconds=61)) == 30


def test_one_name_at_its_limit_leaves_the_others_room() -> None:
    pace = Pace()
    pace.note({"a": 1, "all": 9}, NOW)
    assert pace.wait({"a": 1, "all": 9}, NOW) > 0
    assert pace.wait({"b": 1, "all": 9}, NOW) == 0


def test_what_is_kept_in_memory_has_an_end() -> None:
    pace = Pace()
    for number in range(Pace.MOST_NAMES + 50):
        pace.note({number: 1}, NOW)
    assert len(pace._seen) == Pace.MOST_NAMES
    assert pace.wait({Pace.MOST_NAMES + 49: 1}, NOW) > 0
