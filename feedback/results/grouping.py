"""Names for the groups of a confidential campaign, from the units in them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

NAMED_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation of the campaign, or one above it that was not asked."""

    name: str
    parent_id: int | None
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Title:
    """What a group is called: names, and how many further units stand behind them unnamed."""

    names: Sequence[str]
    others: int = 0


class Titles:
    """Names groups of the units of one campaign.

    >>> asked = {2: Unit("North", 1, True), 3: Unit("South", 1, True)}
    >>> titles = Titles({1: Unit("Sales", None, False)} | asked)
    >>> titles.of([2, 3]).names, titles.of([2]).names
    (['Sales'], ['North'])
    """

    def __init__(self, units: Mapping[int, Unit]) -> None:
        self._units = units
        self._below: dict[int, set[int]] = defaultdict(set)
        for unit, each in units.items():
            if each.is_asked:
                for above in self._above(unit):
                    self._below[above].add(unit)

    def of(self, units: Sequence[int]) -> Title:
        """Name a group by the unit that holds just these, else by the units themselves."""
        if len(units) > 1:
            for above in self._above(units[0]):
                if self._below[above] == set(units):
                    return Title([self._units[above].name])
        names = sorted((self._units[unit].name for unit in units), key=str.casefold)
        most = NAMED_AT_MOST if len(names) <= NAMED_AT_MOST else NAMED_AT_MOST - 1
        return Title(names[:most], len(names[most:]))

    def _above(self, unit: int) -> Iterator[int]:
        """Give a unit and all above it, the nearest first."""
        seen: set[int] = set()
        at: int | None = unit
        while at is not None and at in self._units and at not in seen:
            seen.add(at)
            yield at
            at = self._units[at].parent_id
