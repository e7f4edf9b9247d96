"""The comments of a scope: counted by label and dimension, the telling ones, and one by one."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, select, tuple_
from sqlalchemy.orm import aliased

from feedback.analytics.models import PersonScore, ScoredResponse
from feedback.auth.models import User
from feedback.campaigns.models import Campaign, PublicLink
from feedback.campaigns.queries import named_campaigns
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.responses.models import SurveyResponse
from feedback.results.contradiction import HIGH, LOW, MEASURES, POLAR
from feedback.results.queries.selecting import in_scope, joint_campaigns, selected
from feedback.results.scope import Scope
from feedback.results.telling import ABOUT_NONE, ELSE, LENGTHS, topics
from feedback.results.voices import DimensionVoice, Heard, Review
from feedback.sentiment.models import CommentAnalysis, CommentCorrection, CommentQuote
from feedback.sentiment.queries import (
    CERTAINTY,
    COUNTED,
    POLARITY,
    TOLD,
    quotes_it,
    with_corrections,
    with_quotes,
)
from feedback.sentiment.queries import DIMENSIONS as SPOKEN_OF
from feedback.sentiment.verdict import NEUTRAL_BAND
from feedback.surveys.dimensions import DIMENSIONS

CANDIDATES_PER_LABEL = 15
QUOTES_LISTED = 100

# Comments of confidential campaigns are neither shown nor counted here, whatever is asked (PRV-08).
_IS_NAMED = CommentAnalysis.campaign_id.in_(named_campaigns())
# The writer's own scores, one table each, in the order in which they count.
OWN_SCORES = {measure: aliased(PersonScore, name=f"own_{measure}") for measure in MEASURES}

_QUOTING = aliased(User, name="quoting")


def count_heard(scope: Scope) -> list[Heard]:
    """Count the comments of every organisation by what is told of them and by language."""
    keys = (CommentAnalysis.organisation_id, TOLD, CommentAnalysis.language)
    contradicting = func.sum(case((_contradicts(), 1), else_=0))
    statement = with_scores(select(*keys, contradicting, func.count()).select_from(CommentAnalysis))
    return [Heard(*row) for row in db.session.execute(_within(statement, scope).group_by(*keys))]


def _contradicts() -> ColumnElement[bool]:
    """Say in the database what `contradiction` says of one review."""
    given = [
        (own.value.isnot(None), own.value * 100.0 / MEASURES[measure])
        for measure, own in OWN_SCORES.items()
    ]
    points = case(*given, else_=None)
    content = and_(TOLD == "negative", POLARITY <= -POLAR, points >= HIGH)
    discontent = and_(TOLD == "positive", POLARITY >= POLAR, points <= LOW)
    return content | discontent


def with_scores(statement: Select[Any]) -> Select[Any]:
    """Join to a selection of comments the scores that their writers gave."""
    for measure, own in OWN_SCORES.items():
        of_writer = (own.response_id == CommentAnalysis.response_id) & (own.measure == measure)
        statement = statement.outerjoin(own, of_writer)
    return statement


def count_labels_of(scope: Scope, organisation_id: int) -> list[tuple[str, int]]:
    """Count one organisation's comments by what is told of them."""
    statement = _within(
        select(TOLD, func.count()).select_from(CommentAnalysis), scope, organisation_id
    ).group_by(TOLD)
    return [(label, count) for label, count in db.session.execute(statement)]


def count_labels(scope: Scope, organisation_ids: Sequence[int]) -> list[tuple[int, str, int]]:
    """Count (organisation, what is told, comments) of some organisations."""
    where = CommentAnalysis.organisation_id
    statement = _within(select(where, TOLD, func.count()).select_from(CommentAnalysis), scope)
    rows = db.session.execute(statement.where(where.in_(organisation_ids)).group_by(where, TOLD))
    return [(organisation_id, label, count) for organisation_id, label, count in rows]


def count_by_wave(campaign_ids: Sequence[int], scope: Scope) -> list[tuple[int, str, int]]:
    """Count (campaign, what is told, comments) in these campaigns, of the scope's organisations."""
    keys = (CommentAnalysis.campaign_id, TOLD)
    statement = (
        with_corrections(select(*keys, func.count()).select_from(CommentAnalysis))
        .join(Organisation, Organisation.id == CommentAnalysis.organisation_id)
        .where(CommentAnalysis.campaign_id.in_(campaign_ids), *selected(scope.selection))
        .group_by(*keys)
    )
    return [(wave, label, count) for wave, label, count in db.session.execute(statement)]


def count_by_dimension(scope: Scope, organisation_id: int | None = None) -> list[DimensionVoice]:
    """Count for each dimension the comments that blame, mention and praise it, in one query."""
    columns: list[Any] = []
    for dimension in DIMENSIONS:
        polarity = SPOKEN_OF[dimension].as_float()
        sides = (
            polarity <= -NEUTRAL_BAND,
            (polarity > -NEUTRAL_BAND) & (polarity < NEUTRAL_BAND),
            polarity >= NEUTRAL_BAND,
        )
        columns += [func.sum(case((side, 1), else_=0)) for side in sides]
    statement = _within(
        select(*columns).select_from(CommentAnalysis).where(COUNTED), scope, organisation_id
    )
    found = [count or 0 for count in db.session.execute(statement).one()]
    return [
        DimensionVoice(dimension, *found[3 * at : 3 * at + 3])
        for at, dimension in enumerate(DIMENSIONS)
    ]


def list_candidates(scope: Scope, voices: Sequence[DimensionVoice]) -> list[Review]:
    """Return for each label the best-ranked comment of the best-ranked organisations."""
    ranked = _ranked(scope, voices)
    place = func.row_number().over(
        partition_by=ranked.c.label,
        # The first of each organisation before the second of any.
        order_by=(ranked.c.place, ranked.c.rank.desc(), ranked.c.response_id),
    )
    placed = select(ranked.c.response_id, ranked.c.question, place.label("place")).subquery()
    best = select(placed.c.response_id, placed.c.question).where(
        placed.c.place <= CANDIDATES_PER_LABEL
    )
    # Named by their keys: joined to them, PostgreSQL would read all comments first.
    keys = [tuple(row) for row in db.session.execute(best)]
    own = tuple_(CommentAnalysis.response_id, CommentAnalysis.question)
    return read(reviews().where(own.in_(keys)))


def _ranked(scope: Scope, voices: Sequence[DimensionVoice]) -> Subquery:
    """Select the comments with their rank, and their place within organisation and label."""
    length = func.length(CommentAnalysis.text)
    factor = case(*((length.between(least, most), f) for least, most, f in LENGTHS), else_=ELSE)
    rank = CERTAINTY * factor * _topic_factor(voices)
    place = func.row_number().over(
        partition_by=(TOLD, CommentAnalysis.organisation_id),
        order_by=(rank.desc(), CommentAnalysis.response_id, CommentAnalysis.question),
    )
    columns = (CommentAnalysis.response_id, CommentAnalysis.question, TOLD.label("label"))
    statement = select(*columns, rank.label("rank"), place.label("place"))
    return _within(statement.select_from(CommentAnalysis).where(COUNTED), scope).subquery()


def _topic_factor(voices: Sequence[DimensionVoice]) -> ColumnElement[float]:
    """Say in the database what `topic_factor` says of one review."""
    known = []
    for dimension, side, factor in topics(voices):
        polarity = SPOKEN_OF[dimension].as_float()
        taken = polarity >= NEUTRAL_BAND if side == "positive" else polarity <= -NEUTRAL_BAND
        known.append((and_(TOLD.in_((side, "mixed")), taken), factor))
    return case(*known, else_=ABOUT_NONE) if known else literal(ABOUT_NONE)


def list_reviews(scope: Scope, organisation_id: int, start: int, limit: int) -> list[Review]:
    """Return one organisation's comments, newest first, `limit` of them from `start` on."""
    statement = _narrowed(reviews(), scope, organisation_id).order_by(
        ScoredResponse.submitted_at.desc(), CommentAnalysis.response_id, CommentAnalysis.question
    )
    return read(statement.offset(start).limit(limit))


def list_quotes(scope: Scope) -> list[Review]:
    """Return the comments of a scope that somebody picked for summaries, latest picked first.

    Those that say nothing about us, or wait for analysis, are left out. At most QUOTES_LISTED.
    """
    order = (CommentQuote.quoted_at.desc(), CommentQuote.response_id, CommentQuote.question)
    # The few there are come first: asked of all comments, PostgreSQL would read them all.
    columns: list[Any] = [CommentQuote.response_id, CommentQuote.question]
    picked = (
        select(*columns)
        .join(CommentAnalysis, quotes_it())
        .join(ScoredResponse, ScoredResponse.response_id == CommentAnalysis.response_id)
        .join(Organisation, Organisation.id == CommentAnalysis.organisation_id)
    )
    newest = _narrowed(picked, scope, None).order_by(*order).limit(QUOTES_LISTED)
    keys = [(row.response_id, row.question) for row in db.session.execute(newest)]
    own = tuple_(CommentAnalysis.response_id, CommentAnalysis.question).in_(keys)
    return read(reviews().where(own, COUNTED).order_by(*order))


def find_review(response_id: int, question: str) -> Review | None:
    """Return one comment as pages show it, or None."""
    own = (CommentAnalysis.response_id == response_id, CommentAnalysis.question == question)
    return next(iter(read(reviews().where(*own, _IS_NAMED))), None)


def _within(
    statement: Select[Any], scope: Scope, organisation_id: int | None = None
) -> Select[Any]:
    """Narrow a selection of comments to the scope: all that were sent in it, break-offs too."""
    joined = (
        with_corrections(statement)
        .join(ScoredResponse, ScoredResponse.response_id == CommentAnalysis.response_id)
        .join(Organisation, Organisation.id == CommentAnalysis.organisation_id)
    )
    return _narrowed(joined, scope, organisation_id)


def _narrowed(statement: Select[Any], scope: Scope, organisation_id: int | None) -> Select[Any]:
    if organisation_id is not None:
        statement = statement.where(CommentAnalysis.organisation_id == organisation_id)
    statement = statement.where(*in_scope(scope, organisation_id), _IS_NAMED)
    if scope.campaign_id is not None:
        return statement.where(CommentAnalysis.campaign_id == scope.campaign_id)
    return statement.where(
        CommentAnalysis.campaign_id.in_(select(Campaign.id).where(joint_campaigns())),
        ScoredResponse.submitted_at > scope.since,
        ScoredResponse.submitted_at <= scope.until,
    )


def reviews() -> Select[Any]:
    """Select comments as pages show them, to be narrowed and then read."""
    statement = select(
        CommentAnalysis.response_id,
        CommentAnalysis.question,
        CommentAnalysis.organisation_id,
        Organisation.name,
        func.coalesce(Contact.name, PublicLink.place, ""),
        func.coalesce(Contact.role, PublicLink.staff_role, ""),
        ScoredResponse.submitted_at,
        CommentAnalysis.text,
        TOLD,
        POLARITY,
        CERTAINTY,
        SPOKEN_OF,
        CommentAnalysis.evidence,
        CommentAnalysis.acts,
        CommentAnalysis.version,
        CommentAnalysis.label,
        CommentCorrection.corrected_at,
        User.name,
        CommentCorrection.program_label,
        *(own.value for own in OWN_SCORES.values()),
        CommentQuote.quoted_at,
        _QUOTING.name,
    ).select_from(CommentAnalysis)
    return (
        with_scores(with_quotes(with_corrections(statement)))
        .outerjoin(User, User.id == CommentCorrection.corrected_by)
        .outerjoin(_QUOTING, _QUOTING.id == CommentQuote.quoted_by)
        .join(ScoredResponse, ScoredResponse.response_id == CommentAnalysis.response_id)
        .join(Organisation, Organisation.id == CommentAnalysis.organisation_id)
        .join(SurveyResponse, SurveyResponse.id == CommentAnalysis.response_id)
        .outerjoin(Contact, Contact.id == ScoredResponse.contact_id)
        .outerjoin(PublicLink, PublicLink.id == SurveyResponse.public_link_id)
    )


def read(statement: Select[Any]) -> list[Review]:
    """Return the comments of a selection made by `reviews`."""
    rows: Iterable[Any] = db.session.execute(statement)
    return [Review(*row) for row in rows]
