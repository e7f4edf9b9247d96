"""Comments with what the analysis and people say of them, as one row each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feedback.results.contradiction import contradiction, own_score
from feedback.results.exports.tables import Cell
from feedback.sentiment.corrections import ASIDE, WAITING
from feedback.surveys.dimensions import DIMENSIONS

KEYS = (
    *("response", "campaign", "organisation_id", "organisation", "contact_id", "contact", "role"),
    *("place", "sent_at", "question", "text", "label", "polarity", "certainty"),
    *(f"said_of_{dimension}" for dimension in DIMENSIONS),
    *("text_language", "acts", "corrected_by", "corrected_at", "program_label"),
    *("own_measure", "own_score", "contradiction"),
)


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One comment as it stands now: a person's word counts more than the program's.

    `label` is what pages tell: a label, "unsure", "waiting", "aside".
    """

    response: int
    campaign: str
    organisation_id: int
    organisation: str
    contact_id: int | None
    contact: str
    role: str
    place: str
    sent_at: datetime
    question: str
    text: str
    label: str
    polarity: float
    certainty: float
    language: str
    dimensions: Mapping[str, float] = field(default_factory=dict)
    acts: Sequence[str] = ()
    corrected_by: str | None = None
    corrected_at: datetime | None = None
    program_label: str | None = None
    csat: int | None = None
    nps: int | None = None
    index: int | None = None


def cells(row: ReviewRow) -> list[Cell | datetime]:
    """Return the values of KEYS; figures stay blank where nothing is said about us."""
    told = row.label not in (WAITING, ASIDE)
    own = own_score(csat=row.csat, nps=row.nps, index=row.index)
    said = row.dimensions if told else {}
    return [
        *(str(row.response), row.campaign, row.organisation_id, row.organisation),
        *(row.contact_id, row.contact, row.role, row.place, row.sent_at, row.question, row.text),
        row.label,
        *((round(row.polarity, 4), round(row.certainty, 4)) if told else (None, None)),
        *(_rounded(said.get(dimension)) for dimension in DIMENSIONS),
        *(row.language, ",".join(row.acts), row.corrected_by, row.corrected_at),
        row.program_label if row.corrected_at else None,
        own.measure if own else None,
        round(own.points, 2) if own else None,
        contradiction(own, row.label, row.polarity),
    ]


def _rounded(polarity: float | None) -> float | None:
    return None if polarity is None else round(polarity, 4)
