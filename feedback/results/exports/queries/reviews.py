"""Reads comments with what counts of them: a person's word before the program's."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from feedback.analytics.models import PersonScore
from feedback.auth.models import User
from feedback.campaigns.models import Campaign, Invitation, PublicLink
from feedback.organisations.models import Contact, Organisation
from feedback.responses.models import SurveyResponse
from feedback.results.contradiction import MEASURES
from feedback.results.exports.orders import Wanted
from feedback.results.exports.queries.reading import (
    NAMING,
    Reading,
    count,
    narrowed,
    stream_in_order,
)
from feedback.results.exports.reviews import ReviewRow, cells
from feedback.results.queries.selecting import mirror_campaigns
from feedback.sentiment.models import CommentAnalysis, CommentCorrection
from feedback.sentiment.queries import CERTAINTY, DIMENSIONS, POLARITY, TOLD, with_corrections

# The writer's own scores, one table each.
_SCORES = {measure: aliased(PersonScore, name=f"export_{measure}") for measure in MEASURES}


def read_reviews(order: Wanted) -> Reading:
    """Read the values of reviews.KEYS for every comment of campaigns that may name people.

    What our own team guesses is no client's review: it comes only where its campaign is ordered.
    """
    conditions: list[ColumnElement[bool]] = [
        Campaign.confidentiality.in_(NAMING),
        *narrowed(CommentAnalysis.organisation_id, order),
    ]
    if order.campaign_id is not None:
        conditions.append(CommentAnalysis.campaign_id == order.campaign_id)
    else:
        conditions.append(CommentAnalysis.campaign_id.not_in(mirror_campaigns()))
    counting = (
        select(func.count())
        .select_from(CommentAnalysis)
        .join(Campaign, Campaign.id == CommentAnalysis.campaign_id)
        .where(*conditions)
    )
    said = select(CommentAnalysis.response_id).join(
        Campaign, Campaign.id == CommentAnalysis.campaign_id
    )
    ids = (
        select(SurveyResponse.id)
        .where(SurveyResponse.id.in_(said.where(*conditions)))
        .order_by(SurveyResponse.submitted_at, SurveyResponse.id)
    )
    rows = stream_in_order(ids, _reviews().where(*conditions), CommentAnalysis.response_id)
    return Reading(count(counting), (cells(ReviewRow(*row)) for row in rows))


def _reviews() -> Select[Any]:
    statement: Any = select(
        CommentAnalysis.response_id,
        Campaign.name,
        Organisation.id,
        Organisation.name,
        Contact.id,
        func.coalesce(Contact.name, ""),
        func.coalesce(Contact.role, PublicLink.staff_role, ""),
        func.coalesce(PublicLink.place, ""),
        SurveyResponse.submitted_at,
        CommentAnalysis.question,
        CommentAnalysis.text,
        TOLD,
        POLARITY,
        CERTAINTY,
        CommentAnalysis.language,
        DIMENSIONS,
        CommentAnalysis.acts,
        User.name,
        CommentCorrection.corrected_at,
        CommentCorrection.program_label,
        *(own.value for own in _SCORES.values()),
    ).select_from(CommentAnalysis)
    for measure, own in _SCORES.items():
        of_writer = (own.response_id == CommentAnalysis.response_id) & (own.measure == measure)
        statement = statement.outerjoin(own, of_writer)
    return (
        with_corrections(statement)
        .join(Campaign, Campaign.id == CommentAnalysis.campaign_id)
        .join(Organisation, Organisation.id == CommentAnalysis.organisation_id)
        .join(SurveyResponse, SurveyResponse.id == CommentAnalysis.response_id)
        .outerjoin(User, User.id == CommentCorrection.corrected_by)
        .outerjoin(Invitation, Invitation.id == SurveyResponse.invitation_id)
        .outerjoin(Contact, Contact.id == Invitation.contact_id)
        .outerjoin(PublicLink, PublicLink.id == SurveyResponse.public_link_id)
        .order_by(CommentAnalysis.question)
    )
