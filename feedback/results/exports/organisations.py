"""Organisations with their figures and intervals, as one row each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from feedback.analytics.figures import Nps, NpsFew, TooFew
from feedback.results.exports.tables import Cell
from feedback.results.tallies import Recommendation, Score
from feedback.surveys.dimensions import DIMENSIONS

SCORES = ("index", *DIMENSIONS)
KEYS = (
    *("organisation_id", "organisation", "kind", "segment", "owner", "yearly_value", "persons"),
    *(f"{score}{end}" for score in SCORES for end in ("", "_lo", "_hi")),
    *("nps", "nps_lo", "nps_hi", "promoters", "passives", "detractors", "last_answer"),
)


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation: who, how many persons' answers count, and what they say."""

    id: int
    name: str
    kind: str
    segment: str
    owner: str
    yearly_value: int | None
    persons: int
    index: Score
    dimensions: Mapping[str, Score]
    recommendation: Recommendation
    last_answer: datetime | None


def cells(row: OrganisationRow) -> list[Cell | datetime]:
    """Return the values of KEYS; what too few people answered stays blank."""
    scores = (row.index, *(row.dimensions[dimension] for dimension in DIMENSIONS))
    return [
        *(row.id, row.name, row.kind, row.segment, row.owner, row.yearly_value, row.persons),
        *(value for score in scores for value in _score(score)),
        *_nps(row.recommendation),
        row.last_answer,
    ]


def _score(score: Score) -> tuple[Cell, Cell, Cell]:
    if isinstance(score, TooFew):
        return None, None, None
    return round(score.mean, 2), round(score.interval.lo, 2), round(score.interval.hi, 2)


def _nps(figure: Recommendation) -> tuple[Cell, ...]:
    ends: tuple[Cell, Cell, Cell] = (None, None, None)
    if isinstance(figure, Nps):
        interval = figure.interval
        ends = (round(figure.nps, 2), round(interval.lo, 2), round(interval.hi, 2))
    if isinstance(figure, Nps | NpsFew):
        counts = figure.counts
        return (*ends, counts.promoters, counts.passives, counts.detractors)
    return (*ends, None, None, None)
