"""What the index of reviews is made from, read of some responses at a time."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, case, func, select

from feedback.campaigns.queries import named_campaigns
from feedback.extensions import db
from feedback.responses.models import SurveyResponse
from feedback.results.contradiction import contradiction, own_score
from feedback.results.explorer.facets import Told
from feedback.results.explorer.models import ReviewEntry, ReviewIndex
from feedback.results.queries.comments import OWN_SCORES, with_scores
from feedback.results.queries.selecting import mirror_campaigns
from feedback.sentiment.models import CommentAnalysis, CommentCorrection, CommentQuote
from feedback.sentiment.queries import (
    CERTAINTY,
    POLARITY,
    TOLD,
    with_corrections,
    with_quotes,
)
from feedback.sentiment.queries import DIMENSIONS as SPOKEN_OF

_LANGUAGE = case((CommentAnalysis.version == "", ""), else_=CommentAnalysis.language)


# Made once: it is read with every sending, and building it takes longer than reading.
_OF_RESPONSES = with_scores(
    with_quotes(
        with_corrections(
            select(
                CommentAnalysis.response_id,
                CommentAnalysis.question,
                CommentAnalysis.organisation_id,
                CommentAnalysis.campaign_id,
                SurveyResponse.submitted_at,
                CommentAnalysis.text,
                TOLD,
                POLARITY,
                CERTAINTY,
                _LANGUAGE,
                SPOKEN_OF,
                CommentAnalysis.acts,
                CommentCorrection.id.isnot(None),
                CommentQuote.quoted_by.isnot(None),
                *(own.value for own in OWN_SCORES.values()),
            )
            .select_from(CommentAnalysis)
            .join(SurveyResponse, SurveyResponse.id == CommentAnalysis.response_id)
        )
    )
).where(
    CommentAnalysis.response_id.in_(bindparam("responses", expanding=True)),
    # Calculated with, that column's index is out of question: it would read whole campaigns.
    (CommentAnalysis.campaign_id + 0).in_(named_campaigns()),
    (CommentAnalysis.campaign_id + 0).not_in(mirror_campaigns()),
)


def read_told(response_ids: Collection[int]) -> list[Told]:
    """Read what is told of the comments of these responses, in one query.

    Only what may be read with the person's name, and no guess of our own team: nothing else is
    in the index at all.
    """
    rows = db.session.execute(_OF_RESPONSES, {"responses": list(response_ids)})
    return [_told(*row) for row in rows]


def _told(*row: Any) -> Told:
    *about, corrected, quoted = row[:14]
    label, polarity = about[6], about[7]
    score = own_score(**dict(zip(OWN_SCORES, row[14:], strict=True)))
    contradicts = contradiction(score, label, polarity) is not None
    return Told(*[*about, contradicts, bool(corrected), bool(quoted)])


def find_state() -> ReviewIndex:
    """Return how far the index has been made."""
    return db.session.get_one(ReviewIndex, 1)


def list_following(response_id: int, limit: int) -> Sequence[int]:
    """Return the next responses with comments after this one, in the order of their keys."""
    own = CommentAnalysis.response_id
    following = select(own).where(own > response_id).distinct().order_by(own).limit(limit)
    return db.session.scalars(following).all()


def count_commented() -> int:
    """Return how many responses have comments."""
    return db.session.scalar(select(func.count(CommentAnalysis.response_id.distinct()))) or 0


def count_entries() -> int:
    """Return how many reviews the index holds."""
    return db.session.scalar(select(func.count()).select_from(ReviewEntry)) or 0
