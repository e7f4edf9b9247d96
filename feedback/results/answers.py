"""The answers a figure was made of: which are asked for, one of them, and a page of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from feedback.analytics.measures import NPS, SCALES, sides
from feedback.results.scope import Scope
from feedback.results.tallies import Recommendation
from feedback.surveys.dimensions import DIMENSIONS

PER_PAGE = 25
MEASURES = ("index", *DIMENSIONS, "csat", NPS)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"(\d{1,17})\.(\d{1,19})", re.ASCII)
_LAST_ID = 2**63 - 1

Group = Literal["promoter", "passive", "detractor"]


class UnknownPlace(ValueError):
    """The address names a place in the list that cannot exist."""


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
        scope, chosen = self.scope, self.scope.selection
        period = f"w{scope.campaign_id}" if scope.campaign_id is not None else scope.year
        given = {
            "period": "" if period is None else str(period),
            "kind": chosen.kind,
            "segment": chosen.segment,
            "owner": chosen.owner_id,
            "team": chosen.team_id,
            "organisation": self.organisation_id,
            "measure": self.measure,
        }
        return {name: value for name, value in given.items() if value not in ("", None)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after (or, backwards, before) this answer, the newest first."""

    sent_at: datetime
    response_id: int
    backwards: bool = False

    def argument(self) -> dict[str, str]:
        """Give what stands in the address.

        >>> Place(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), 7).argument()
        {'next': '1000000.7'}
        """
        at = (self.sent_at - _EPOCH) // timedelta(microseconds=1)
        return {"previous" if self.backwards else "next": f"{at}.{self.response_id}"}


def place(arguments: Mapping[str, str]) -> Place | None:
    """Read where the page begins, None for the beginning; raises UnknownPlace.

    >>> place({"previous": "1000000.7"})
    ... # doctest: +NORMALIZE_WHITESPACE
    Place(sent_at=datetime.datetime(1970, 1, 1, 0, 0, 1, tzinfo=datetime.timezone.utc),
          response_id=7, backwards=True)
    """
    for name in ("next", "previous"):
        given = arguments.get(name, "")
        if given:
            found = _PLACE.fullmatch(given)
            if found is None or int(found[2]) > _LAST_ID:
                raise UnknownPlace(given)
            sent_at = _EPOCH + timedelta(microseconds=int(found[1]))
            return Place(sent_at, int(found[2]), name == "previous")
    return None


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
