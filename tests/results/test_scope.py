"""Which answers a page speaks of: keys of the roll-ups, ends of years, selections."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedback.analytics.contributions import RECENT
from feedback.results.scope import DAYS, Scope, Selection, in_year, portfolio, wave

NOW = datetime(2026, 9, 15, 12, tzinfo=UTC)


def lies_in(moment: datetime, scope: Scope) -> bool:
    """Say whether something sent at a moment is in a scope, as the queries compare."""
    return scope.since < moment <= scope.until


def test_every_scope_has_a_key_of_its_own() -> None:
    assert portfolio(NOW).key == RECENT == 0
    assert in_year(2026).key == -2026
    assert wave(7, NOW, NOW).key == 7
    keys = [portfolio(NOW).key, *(in_year(y).key for y in (2025, 2026)), wave(2026, NOW, NOW).key]
    assert len(set(keys)) == len(keys)


def test_a_year_begins_and_ends_at_midnight_utc() -> None:
    midnight = datetime(2026, 1, 1, tzinfo=UTC)
    just_before = midnight - timedelta(microseconds=1)
    assert lies_in(midnight, in_year(2026))
    assert not lies_in(midnight, in_year(2025))
    assert lies_in(just_before, in_year(2025))
    assert not lies_in(just_before, in_year(2026))


def test_the_portfolio_is_the_last_365_days() -> None:
    within = portfolio(NOW)
    assert lies_in(NOW, within)
    assert lies_in(NOW - timedelta(days=DAYS) + timedelta(microseconds=1), within)
    assert not lies_in(NOW - timedelta(days=DAYS), within)
    assert not lies_in(NOW + timedelta(seconds=1), within)


def test_a_wave_that_was_never_launched_holds_nothing() -> None:
    within = wave(3, None, NOW)
    assert not lies_in(NOW - timedelta(seconds=1), within)


@pytest.mark.parametrize(
    "selection",
    [
        Selection(kind="client"),
        Selection(segment="food"),
        Selection(owner_id=0),
        Selection(team_id=5),
    ],
)
def test_a_selection_leaves_something_out(selection: Selection) -> None:
    assert Selection().is_all
    assert not selection.is_all


@pytest.mark.parametrize("scope", [portfolio(NOW), in_year(2025), wave(4, NOW, NOW)])
def test_a_selection_changes_nothing_else_of_a_scope(scope: Scope) -> None:
    chosen = scope.of(Selection(segment="food"))
    assert chosen.selection == Selection(segment="food")
    assert replace(chosen, selection=Selection()) == scope
    assert chosen.key == scope.key
    assert chosen.of(Selection()) == scope
