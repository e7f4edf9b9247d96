"""An address is read into filters, and what it holds beyond them does no harm."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.results.explorer.facets import LAST_ARRIVAL, SPREAD, arrival, first_arrival
from feedback.results.explorer.filters import (
    SORTS,
    VALUES,
    Place,
    UnknownPlace,
    Wanted,
    of_scope,
    place,
    read,
    sort_keys,
)
from feedback.results.scope import Selection, in_year, portfolio, wave

JAKARTA = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 9, 15, 12, tzinfo=UTC)
EVERY_FILTER = {
    "text": "late",
    "label": "negative",
    "about": "trust",
    "side": "negative",
    "act": "threat",
    "contradicts": "1",
    "language": "id",
    "period": "2026",
    "since": "2026-01-31",
    "until": "2026-02-28",
    "campaign": "7",
    "organisation": "12",
    "name": "bank",
    "kind": "client",
    "segment": "Retail",
    "owner": "3",
    "team": "4",
    "corrected": "1",
    "quoted": "1",
}
WRONG = [
    *(("label", each) for each in ("purple", "NEGATIVE", "1", "negative ' --")),
    *(("about", each) for each in ("value", "index")),
    *(("contradicts", each) for each in ("0", "yes")),
    *(
        ("since", each)
        for each in ("yesterday", "2026-13-01", "2026-02-30", "20260101", "2026-W01-1")
    ),
    *(("campaign", each) for each in ("-1", "1.5", "١٢", "99999999999", "1 OR 1=1")),
    *(("period", each) for each in ("w3", "1999", "02026", "always", "２０２６")),
    *(("owner", each) for each in ("me", "-2")),
    ("text", "!!! -"),
]
names = st.sampled_from([*EVERY_FILTER, "sort", "next", "previous", "else"])
values = st.one_of(st.text(), *(st.sampled_from(each) for each in VALUES.values()))


def test_every_filter_is_read_and_written_alike() -> None:
    reading = read(EVERY_FILTER | {"sort": "certain", "something": "else"})
    assert reading.wrong == {}
    assert reading.wanted == Wanted(**EVERY_FILTER, sort="certain")
    assert reading.wanted.arguments() == EVERY_FILTER | {"sort": "certain"}
    assert set(reading.wanted.filters) == set(EVERY_FILTER)


@pytest.mark.parametrize("name", EVERY_FILTER)
def test_each_filter_can_be_left_out(name: str) -> None:
    without = Wanted(**EVERY_FILTER).without(name)
    assert without.arguments() == {k: v for k, v in EVERY_FILTER.items() if k != name}


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_means_nothing_is_left_out_and_kept_to_be_shown(name: str, value: str) -> None:
    reading = read({name: value, "language": "ms"})
    assert reading.wanted == Wanted(language="ms")
    assert reading.wrong == {name: value}


def test_a_period_that_ends_before_it_begins_loses_its_end() -> None:
    reading = read({"since": "2026-02-02", "until": "2026-02-01"})
    assert reading.wanted == Wanted(since="2026-02-02")
    assert reading.wrong == {"until": "2026-02-01"}


@given(st.dictionaries(names, values))
def test_any_address_is_read_to_something_that_is_read_the_same_again(
    arguments: dict[str, str],
) -> None:
    try:
        reading = read(arguments)
    except UnknownPlace:
        assert arguments["sort"].strip("\0 ") not in SORTS
        return
    assert read(reading.wanted.arguments()).wanted == reading.wanted
    assert reading.wanted.lookup().for_sqlite()
    first, last = reading.wanted.arrivals(JAKARTA, NOW)
    assert 0 <= first <= LAST_ARRIVAL
    assert 0 <= last + 1 <= LAST_ARRIVAL + 1


def test_days_are_those_of_the_time_zone_and_both_belong_to_the_period() -> None:
    first, last = Wanted(since="2026-03-01", until="2026-03-01").arrivals(JAKARTA, NOW)
    morning = datetime(2026, 2, 28, 17, 0, tzinfo=UTC)  # midnight in Jakarta
    evening = datetime(2026, 3, 1, 16, 59, 59, 999_999, tzinfo=UTC)
    assert first <= arrival(morning, 7, "reason") <= last
    assert first <= arrival(evening, 7, "reason") <= last
    assert first_arrival(morning) == first
    assert last + 1 == first_arrival(datetime(2026, 3, 1, 17, 0, tzinfo=UTC))


@given(st.dates().map(str), st.dates().map(str))
def test_any_day_gives_a_range_the_database_can_hold(since: str, until: str) -> None:
    first, last = Wanted(since=since, until=until).arrivals(JAKARTA, NOW)
    assert 0 <= first <= LAST_ARRIVAL
    assert -1 <= last <= LAST_ARRIVAL


def test_a_year_is_that_of_the_figures_whatever_the_time_zone() -> None:
    first, last = Wanted(period="2026").arrivals(JAKARTA, NOW)
    assert first == first_arrival(datetime(2026, 1, 1, tzinfo=UTC))
    assert last + 1 == first_arrival(datetime(2027, 1, 1, tzinfo=UTC))
    until = Wanted(period="2026", until="2026-03-01").arrivals(JAKARTA, NOW)[1]
    assert until + 1 == first_arrival(datetime(2026, 3, 1, 17, tzinfo=UTC))


def test_the_filters_of_a_scope_are_read_as_they_are_written() -> None:
    chosen = Selection(kind="client", segment="food", owner_id=3, team_id=4)
    for each in (portfolio(NOW), in_year(2025), wave(7, None, NOW)):
        wanted = of_scope(each.of(chosen), 12)
        assert read(wanted.arguments()).wanted == wanted
        assert (wanted.campaign, wanted.owner, wanted.organisation) == (
            "7" if each.campaign_id else "",
            "3",
            "12",
        )


@given(st.integers(0, 4_000_000_000_000_000), st.integers(1, 2**62))
def test_what_is_sent_later_arrives_later(microseconds: int, response_id: int) -> None:
    sent = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    number = arrival(sent, response_id, "reason")
    assert number >> SPREAD == microseconds // 1_000
    assert first_arrival(sent) <= number < first_arrival(sent) + (1 << SPREAD)


@pytest.mark.parametrize("sort", SORTS)
def test_a_place_is_read_as_it_is_written(sort: str) -> None:
    keys = (-9_000, 2**62)[-len(sort_keys(sort)) :]
    for backwards in (False, True):
        there = Place(keys, backwards)
        assert place(there.argument(), sort) == there


@pytest.mark.parametrize(
    "given_place", ["x", "1.2.3", "-5", "9" * 19, "9" * 30, "1.5", "1 ", "٣", "1e3", "."]
)
def test_a_place_nobody_can_have_been_given_is_refused(given_place: str) -> None:
    with pytest.raises(UnknownPlace):
        place({"next": given_place}, "newest")


def test_a_place_of_another_order_is_refused() -> None:
    with pytest.raises(UnknownPlace):
        place({"previous": "123"}, "negative")


def test_an_unknown_order_is_refused() -> None:
    """SEC-17."""
    with pytest.raises(UnknownPlace):
        read({"sort": "blame; DROP TABLE review_entry"})
