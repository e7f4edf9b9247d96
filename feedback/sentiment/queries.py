"""The verdict that counts for each comment, the history of one, and all corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from feedback.auth.models import User
from feedback.campaigns.models import Invitation
from feedback.campaigns.queries import named_campaigns
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.responses.models import SurveyResponse
from feedback.sentiment.corrections import (
    ASIDE,
    UNSURE,
    WAITING,
    Ruling,
    example_of,
    side_of,
    state_of,
)
from feedback.sentiment.examples import Example
from feedback.sentiment.marking import Segment, segments
from feedback.sentiment.models import CommentAnalysis, CommentCorrection, CommentQuote

_SPEAKS = or_(CommentCorrection.label.isnot(None), CommentCorrection.not_about_us)
_APPLIES = and_(
    CommentCorrection.response_id == CommentAnalysis.response_id,
    CommentCorrection.question == CommentAnalysis.question,
    CommentCorrection.superseded_at.is_(None),
    CommentCorrection.text == CommentAnalysis.text,
    _SPEAKS,
)
_HAS_LABEL = CommentCorrection.label.isnot(None)
# Words of a confidential campaign leave the database in its groups only: not as corrections, and
# not into a model, from which a rare word could be told.
_IS_NAMED = CommentCorrection.response_id.in_(
    select(SurveyResponse.id).where(SurveyResponse.campaign_id.in_(named_campaigns()))
)

# What pages count and show, for selections that went through `with_corrections`: a person's
# word over the program's. "aside" is not about us, "unsure" has a label that the program itself
# does not trust, "waiting" has no verdict yet.
TOLD = case(
    (CommentCorrection.not_about_us, ASIDE),
    (_HAS_LABEL, CommentCorrection.label),
    (CommentAnalysis.version == "", WAITING),
    (CommentAnalysis.sure, CommentAnalysis.label),
    else_=UNSURE,
)
COUNTED = or_(_HAS_LABEL, and_(CommentCorrection.id.is_(None), CommentAnalysis.version != ""))
POLARITY = case(
    (CommentCorrection.label == "positive", 1.0),
    (CommentCorrection.label == "negative", -1.0),
    (_HAS_LABEL, 0.0),
    else_=CommentAnalysis.polarity,
)
CERTAINTY = case((_HAS_LABEL, 1.0), else_=CommentAnalysis.confidence)
DIMENSIONS = case(
    (CommentCorrection.dimensions.isnot(None), CommentCorrection.dimensions),
    else_=CommentAnalysis.dimensions,
)


def with_corrections(statement: Select[Any]) -> Select[Any]:
    """Join to a selection of comments the correction that applies to the present words."""
    return statement.outerjoin(CommentCorrection, _APPLIES)


def quotes_it() -> ColumnElement[bool]:
    """Give the condition for a quote of exactly the present words of a comment."""
    return and_(
        CommentQuote.response_id == CommentAnalysis.response_id,
        CommentQuote.question == CommentAnalysis.question,
        CommentQuote.text == CommentAnalysis.text,
    )


def with_quotes(statement: Select[Any]) -> Select[Any]:
    """Join to a selection of comments the quote of its present words, where there is one."""
    return statement.outerjoin(CommentQuote, quotes_it())


@dataclass(frozen=True, slots=True)
class Judged:
    """One comment with who wrote it, the program's verdict and the latest correction."""

    analysis: CommentAnalysis
    contact: str
    organisation: str
    latest: CommentCorrection | None

    @property
    def correction(self) -> CommentCorrection | None:
        """The correction that applies to the present words, None where none does."""
        latest = self.latest
        if latest is None or latest.takes_back or latest.text != self.analysis.text:
            return None
        return latest

    @property
    def state(self) -> str:
        """A mark of words and correction, to notice that either has changed."""
        return state_of(self.analysis.text, self.latest.id if self.latest else None)

    def stands(self, ruling: Ruling) -> bool:
        """Whether exactly this has been said of the present words already."""
        if ruling.takes_back:
            return self.correction is None
        return self.correction is not None and self.ruling == ruling

    @property
    def is_waiting(self) -> bool:
        """Whether the program has not read these words yet."""
        return self.analysis.version == ""

    @property
    def segments(self) -> list[Segment]:
        """The text, cut at the words that decided; one piece while it waits."""
        return segments(self.analysis.text, () if self.is_waiting else self.analysis.evidence)

    @property
    def ruling(self) -> Ruling:
        """What counts at present, as a correction would say it; no label while it waits."""
        stands = self.correction
        if stands:
            return Ruling(stands.label, stands.dimensions or {}, stands.not_about_us)
        if self.is_waiting:
            return Ruling()
        sides = {name: side_of(value) for name, value in self.analysis.dimensions.items()}
        return Ruling(self.analysis.label, sides)


def find_judged(response_id: int, question: str) -> Judged | None:
    """Return one comment with everything its correction needs, or None.

    A confidential campaign's comments are never shown one by one: there is none of them here.
    """
    who = func.coalesce(Contact.name, "")  # nobody known where no invitation was needed
    row = db.session.execute(
        select(CommentAnalysis, who, Organisation.name, CommentCorrection)
        .join(SurveyResponse, SurveyResponse.id == CommentAnalysis.response_id)
        .outerjoin(Invitation, Invitation.id == SurveyResponse.invitation_id)
        .outerjoin(Contact, Contact.id == Invitation.contact_id)
        .join(Organisation, Organisation.id == CommentAnalysis.organisation_id)
        .outerjoin(
            CommentCorrection,
            and_(
                CommentCorrection.response_id == CommentAnalysis.response_id,
                CommentCorrection.question == CommentAnalysis.question,
                CommentCorrection.superseded_at.is_(None),
            ),
        )
        .where(
            CommentAnalysis.response_id == response_id,
            CommentAnalysis.question == question,
            CommentAnalysis.campaign_id.in_(named_campaigns()),
        )
    ).one_or_none()
    return Judged(*row) if row else None


@dataclass(frozen=True, slots=True)
class Past:
    """One correction of the past or present, with the name of who made it."""

    correction: CommentCorrection
    name: str


def list_history(response_id: int, question: str) -> Sequence[Past]:
    """Return all corrections of one comment, newest first, those of earlier words too."""
    rows = db.session.execute(
        select(CommentCorrection, User.name)
        .join(User, User.id == CommentCorrection.corrected_by)
        .where(CommentCorrection.response_id == response_id, CommentCorrection.question == question)
        .order_by(CommentCorrection.id.desc())
    )
    return [Past(*row) for row in rows]


def list_corrections() -> Sequence[Past]:
    """Return the corrections nobody has replaced or taken back, oldest first."""
    rows = db.session.execute(
        select(CommentCorrection, User.name)
        .join(User, User.id == CommentCorrection.corrected_by)
        .where(CommentCorrection.superseded_at.is_(None), _SPEAKS, _IS_NAMED)
        .order_by(CommentCorrection.id)
    )
    return [Past(*row) for row in rows]


def corrected_examples() -> list[Example]:
    """Return every corrected comment as an example to learn from, oldest first.

    Those not about us are left out. Each teaches the words it was made for, even if the client
    has changed them since.
    """
    rows = db.session.scalars(
        select(CommentCorrection)
        .where(CommentCorrection.superseded_at.is_(None), _HAS_LABEL, _IS_NAMED)
        .order_by(CommentCorrection.id)
    )
    return [
        example_of(
            row.text, row.language or "unknown", row.label, row.dimensions or {}, row.program_acts
        )
        for row in rows
        if row.label
    ]
