"""Scopes by the names of seeded periods, and lists turned from their first page to the last."""

from collections.abc import Callable, Iterator
from typing import Any

from feedback.results import scope as scopes
from feedback.results.scope import Scope, Selection
from tests.builders.portfolio import NOW
from tests.results.conftest import Reader


def scope_of(reader: Reader, period: str) -> Scope:
    """Return the scope of a wave, a year or the last 365 days."""
    if period in reader.made.campaigns:
        return scopes.wave(reader.made.campaigns[period], None, NOW)
    return scopes.in_year(int(period)) if period else scopes.portfolio(NOW)


SELECTIONS = ("kind", "segment", "nobody", "owner", "team")


def selection_of(reader: Reader, name: str) -> Selection:
    """Return some of the seeded organisations, by what they are or whose."""
    return {
        "kind": Selection(kind="partner"),
        "segment": Selection(kind="client", segment="food"),
        "nobody": Selection(segment="no such"),
        "owner": Selection(owner_id=reader.made.users["rina"]),
        "team": Selection(team_id=reader.made.users["budi"]),
    }[name]


def walked(find: Callable[[Any, Any], Any], asked: Any) -> Iterator[Any]:
    """Turn the pages of what is asked for from the first to the last."""
    place = None
    while True:
        found = find(asked, place)
        yield found
        if found.following is None:
            return
        place = found.following
