"""Orders as data: what is stored comes back, names of files, the time that is left."""

import doctest
from datetime import UTC, datetime, timedelta

import pytest

from feedback.results.exports import codebook, contacts, orders
from feedback.results.exports.orders import KINDS, Wanted, seconds_left, wanted
from feedback.results.scope import Selection
from feedback.web import spreadsheets

BEGUN = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


def test_the_examples_hold() -> None:
    for module in (orders, contacts, codebook, spreadsheets):
        assert doctest.testmod(module).failed == 0
    assert doctest.testmod(orders).attempted > 3


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_stored_of_an_order_says_all_of_it(kind: str) -> None:
    selection = Selection("client", "retail", 3, 4)
    order = Wanted(kind, "csv", "raw", "id", 1, 2, 2026, selection)
    assert wanted(kind, "csv", "raw", "id", order.parameters) == order
    bare = Wanted(kind, "xlsx", "labels", "ms")
    assert bare.parameters == {}
    assert wanted(kind, "xlsx", "labels", "ms", {}) == bare


def test_the_time_left_is_unknown_before_there_is_a_pace() -> None:
    assert seconds_left(BEGUN, BEGUN + timedelta(seconds=3), 0, 100) is None
    assert seconds_left(BEGUN, BEGUN, 10, 100) is None


def test_the_time_left_is_never_nought_and_a_workbook_is_still_to_be_packed() -> None:
    now = BEGUN + timedelta(seconds=10)
    assert seconds_left(BEGUN, now, 100, 100) == 1
    assert seconds_left(BEGUN, now, 100, 100, "xlsx") == 5
