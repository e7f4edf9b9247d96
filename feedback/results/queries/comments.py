"""The comments of a scope: counted by label and dimension, the telling ones, and one by one."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, Subquery, case, func, select

from feedback.analytics.models import ScoredResponse
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.results.scope import Scope
from feedback.results.telling import ELSE, LENGTHS
from feedback.results.voices import WAITING, DimensionVoice, Review
from feedback.sentiment.models import CommentAnalysis
from feedback.sentiment.verdict import NEUTRAL_BAND
from feedback.surveys.dimensions import DIMENSIONS

CANDIDATES_PER_LABEL = 15

_ANALYSED = CommentAnalysis.version != ""
_LABEL = case((CommentAnalysis.version == "", WAITING), else_=CommentAnalysis.label)


def count_labels(scope: Scope) -> list[tuple[int, str, int]]:
    """Count the comments of every organisation by label; those without verdict are "waiting"."""
    statement = _within(
        select(CommentAnalysis.organisation_id, _LABEL, func.count()).select_from(CommentAnalysis),
        scope,
    ).group_by(CommentAnalysis.organisation_id, _LABEL)
    return [(who, label, count) for who, label, count in db.session.execute(statement)]


def count_labels_of(scope: Scope, organisation_id: int) -> list[tuple[str, int]]:
    """Count one organisation's comments by label."""
    statement = _within(
        select(_LABEL, func.count()).select_from(CommentAnalysis), scope, organisation_id
    ).group_by(_LABEL)
    return [(label, count) for label, count in db.session.execute(statement)]


def count_by_dimension(scope: Scope, organisation_id: int | None = None) -> list[DimensionVoice]:
    """Count for each dimension the comments that blame, mention and praise it, in one query."""
    columns: list[Any] = []
    for dimension in DIMENSIONS:
        polarity = CommentAnalysis.dimensions[dimension].as_float()
        sides = (
            polarity <= -NEUTRAL_BAND,
            (polarity > -NEUTRAL_BAND) & (polarity < NEUTRAL_BAND),
            polarity >= NEUTRAL_BAND,
        )
        columns += [func.sum(case((side, 1), else_=0)) for side in sides]
    statement = _within(
        select(*columns).select_from(CommentAnalysis).where(_ANALYSED), scope, organisation_id
    )
    found = [count or 0 for count in db.session.execute(statement).one()]
    return [
        DimensionVoice(dimension, *found[3 * at : 3 * at + 3])
        for at, dimension in enumerate(DIMENSIONS)
    ]


def list_candidates(scope: Scope) -> list[Review]:
    """Return for each label the best-ranked comment of the best-ranked organisations."""
    ranked = _ranked(scope)
    place = func.row_number().over(
        partition_by=ranked.c.label,
        # The first of each organisation before the second of any.
        order_by=(ranked.c.place, ranked.c.rank.desc(), ranked.c.response_id),
    )
    best = select(ranked.c.response_id, ranked.c.question, place.label("place")).subquery()
    statement = _reviews().join(
        best,
        (best.c.response_id == CommentAnalysis.response_id)
        & (best.c.question == CommentAnalysis.question)
        & (best.c.place <= CANDIDATES_PER_LABEL),
    )
    return _read(statement)


def _ranked(scope: Scope) -> Subquery:
    """Select the analysed comments with their rank, and their place within organisation, label."""
    length = func.length(CommentAnalysis.text)
    factor = case(*((length.between(least, most), f) for least, most, f in LENGTHS), else_=ELSE)
    rank = CommentAnalysis.confidence * factor
    place = func.row_number().over(
        partition_by=(CommentAnalysis.label, CommentAnalysis.organisation_id),
        order_by=(rank.desc(), CommentAnalysis.response_id, CommentAnalysis.question),
    )
    columns = (CommentAnalysis.response_id, CommentAnalysis.question, CommentAnalysis.label)
    statement = select(*columns, rank.label("rank"), place.label("place"))
    return _within(statement.select_from(CommentAnalysis).where(_ANALYSED), scope).subquery()


def list_reviews(scope: Scope, organisation_id: int, start: int, limit: int) -> list[Review]:
    """Return one organisation's comments, newest first, `limit` of them from `start` on."""
    statement = _narrowed(_reviews(), scope, organisation_id).order_by(
        ScoredResponse.submitted_at.desc(), CommentAnalysis.response_id, CommentAnalysis.question
    )
    return _read(statement.offset(start).limit(limit))


def _within(
    statement: Select[Any], scope: Scope, organisation_id: int | None = None
) -> Select[Any]:
    """Narrow a selection of comments to the scope: all that were sent in it, break-offs too."""
    joined = statement.join(
        ScoredResponse, ScoredResponse.response_id == CommentAnalysis.response_id
    ).join(Organisation, Organisation.id == CommentAnalysis.organisation_id)
    return _narrowed(joined, scope, organisation_id)


def _narrowed(statement: Select[Any], scope: Scope, organisation_id: int | None) -> Select[Any]:
    if organisation_id is not None:
        statement = statement.where(CommentAnalysis.organisation_id == organisation_id)
    if scope.campaign_id is not None:
        return statement.where(CommentAnalysis.campaign_id == scope.campaign_id)
    return statement.where(
        Organisation.archived_at.is_(None),
        ScoredResponse.submitted_at > scope.since,
        ScoredResponse.submitted_at <= scope.until,
    )


def _reviews() -> Select[Any]:
    return (
        select(
            CommentAnalysis.response_id,
            CommentAnalysis.question,
            CommentAnalysis.organisation_id,
            Organisation.name,
            Contact.name,
            Contact.role,
            ScoredResponse.submitted_at,
            CommentAnalysis.text,
            _LABEL,
            CommentAnalysis.polarity,
            CommentAnalysis.confidence,
            CommentAnalysis.dimensions,
            CommentAnalysis.evidence,
        )
        .select_from(CommentAnalysis)
        .join(ScoredResponse, ScoredResponse.response_id == CommentAnalysis.response_id)
        .join(Organisation, Organisation.id == CommentAnalysis.organisation_id)
        .join(Contact, Contact.id == ScoredResponse.contact_id)
    )


def _read(statement: Select[Any]) -> list[Review]:
    rows: Iterable[Any] = db.session.execute(statement)
    return [Review(*row) for row in rows]
