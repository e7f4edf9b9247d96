"""What is published of one confidential campaign, as it is frozen when the campaign closes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from feedback.analytics.atoms import Members, Units


@dataclass(frozen=True, slots=True)
class Group:
    """One atom: the units in it, how many of their people were invited and how many answered."""

    units: Units
    invited: int
    people: int


@dataclass(frozen=True, slots=True)
class Cell:
    """The sums of one measure over one or more whole groups (positions); integers of scores.py.

    `low` and `high` count answers of at most 6 and at least 9; they mean something for NPS only.
    """

    measure: str
    groups: Members
    n: int
    s1: int
    s2: int
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Voices:
    """The comments of so many authors from one or more whole groups.

    Their order says nothing, nor does anything say which question they answer: some questions
    are only asked of who gave a low score.
    """

    groups: Members
    authors: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """The groups of a campaign with their figures and comments; no groups: too few answered.

    Each measure has cells of its own, because what has too few answers in a group is published
    for a union of groups; none where there are too few altogether. `spread` is the dispersion
    of the relationship index within groups (phi, degrees of freedom), for its intervals.
    """

    groups: tuple[Group, ...] = ()
    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    voices: tuple[Voices, ...] = ()
    spread: tuple[float, float] = (0.0, 0.0)

    @property
    def group_of(self) -> dict[int, int]:
        """Unit → position of its group."""
        return {unit: at for at, group in enumerate(self.groups) for unit in group.units}

    def to_data(self) -> dict[str, Any]:
        """Return the release as plain data for the database."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Release:
        """Read a release from what `to_data` made."""
        phi, df = data["spread"]
        return cls(
            tuple(Group(tuple(g["units"]), g["invited"], g["people"]) for g in data["groups"]),
            {
                measure: tuple(Cell(**{**cell, "groups": tuple(cell["groups"])}) for cell in cells)
                for measure, cells in data["cells"].items()
            },
            tuple(
                Voices(tuple(v["groups"]), v["authors"], tuple(v["texts"])) for v in data["voices"]
            ),
            (phi, df),
        )
