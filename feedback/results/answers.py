"""The answers a figure was made of: which are asked for, one of them, and a page of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from feedback.analytics.measures import NPS, SCALES, sides
from feedback.results.scope import Scope
from feedback.results.tallies import Recommendation
from feedback.results.turning import Place
from feedback.surveys.dimensions import DIMENSIONS

MEASURES = ("index", *DIMENSIONS, "csat", NPS)

Group = Literal["promoter", "passive", "detractor"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose answers: of a scope and its selection, of one organisation, with one measure."""

    scope: Scope
    organisation_id: int | None = None
    measure: str = ""  # blank: whatever was answered

    def arguments(self) -> dict[str, str | int]:
        """Give what of it stands in an address.

        >>> from feedback.results.scope import in_year
        >>> Asked(in_year(2026), measure="nps").arguments()
        {'period': '2026', 'measure': 'nps'}
        """
        given = {"organisation": self.organisation_id, "measure": self.measure}
        own = {name: value for name, value in given.items() if value not in ("", None)}
        return self.scope.arguments() | own


@dataclass(frozen=True, slots=True)
class Answered:
    """One person's scored response; `values` has the exact integer of each measure it has."""

    response_id: int
    sent_at: datetime
    organisation_id: int
    organisation: str
    person: str
    role: str
    campaign_id: int
    wave: str
    low_effort: bool
    values: Mapping[str, int] = field(default_factory=dict)

    def score(self, measure: str) -> float | None:
        """Return a measure as a score 0…100, None where the person was not asked or not sure."""
        value = self.values.get(measure)
        return None if value is None else 100 * value / SCALES[measure].full

    @property
    def group(self) -> Group | None:
        """What the recommendation makes of the person; None where there is none."""
        if NPS not in self.values:
            return None
        low, high = sides(NPS, self.values[NPS])
        return "detractor" if low else "promoter" if high else "passive"


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure these answers make, as the pages show it, and how many they are.

    `people` counts those who gave it, in `accounts` organisations; without a measure there is no
    figure, and who answered several questionnaires counts once. In `mean`, a score 0…100, each
    organisation counts the same.
    """

    people: int
    accounts: int
    mean: float | None = None
    recommendation: Recommendation | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of answers, the newest first, and how to go on."""

    figure: Figure
    answers: Sequence[Answered] = ()
    previous: Place | None = None
    following: Place | None = None
