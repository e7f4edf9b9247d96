"""Which responses count in a scope, and the sums their integers add up to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Subquery, case, func, select

from feedback.analytics.models import PersonScore, ScoredResponse
from feedback.analytics.nps import PASSIVE_FROM, PROMOTER_FROM
from feedback.analytics.scores import Completeness
from feedback.campaigns.links import MAIL
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.scope import Scope
from feedback.results.tallies import Tallies, Tally
from feedback.surveys.models import SurveyVersion

WAVES_SHOWN = 8


def counted(scope: Scope) -> Subquery:
    """Select the responses that count: response, contact and organisation id, time of sending.

    Break-offs never do. In the portfolio only the latest response of a contact to each survey,
    so that a pulse does not put the answers of the last relationship survey aside; what came by
    public links is no word of a contact and speaks of a moment, not of the relationship.
    """
    columns = (
        ScoredResponse.response_id,
        ScoredResponse.contact_id,
        ScoredResponse.organisation_id,
        ScoredResponse.submitted_at,
    )
    scored = ScoredResponse.completeness != Completeness.BREAK_OFF.value
    if scope.campaign_id is not None:
        return (
            select(*columns)
            .where(scored, ScoredResponse.campaign_id == scope.campaign_id)
            .subquery()
        )
    newest = func.row_number().over(
        partition_by=(ScoredResponse.contact_id, SurveyVersion.survey_id),
        order_by=(ScoredResponse.submitted_at.desc(), ScoredResponse.response_id.desc()),
    )
    ranked = (
        select(*columns, newest.label("place"))
        .join(Campaign, ScoredResponse.campaign_id == Campaign.id)
        .join(SurveyVersion, Campaign.survey_version_id == SurveyVersion.id)
        .join(Organisation, ScoredResponse.organisation_id == Organisation.id)
        .where(
            scored,
            Campaign.kind == MAIL,
            Organisation.archived_at.is_(None),
            ScoredResponse.submitted_at > scope.since,
            ScoredResponse.submitted_at <= scope.until,
        )
        .subquery()
    )
    names = ("response_id", "contact_id", "organisation_id", "submitted_at")
    return select(*(ranked.c[name] for name in names)).where(ranked.c.place == 1).subquery()


def read_tallies(scope: Scope) -> Tallies:
    """Add up every measure of every organisation of the scope, in one query."""
    values = _values(scope)
    return Tallies(
        Tally(*row)
        for row in db.session.execute(
            _sums(values.c.organisation_id, values.c.measure, value=values.c.value).group_by(
                values.c.organisation_id, values.c.measure
            )
        )
    )


def _values(scope: Scope) -> Subquery:
    """Select (organisation, measure, value), one per person and measure."""
    columns = (PersonScore.organisation_id, PersonScore.measure, PersonScore.value)
    if scope.campaign_id is not None:
        return select(*columns).where(PersonScore.campaign_id == scope.campaign_id).subquery()
    answers = counted(scope)
    # Two surveys may ask the same (satisfaction): the newer answer is the person's.
    newest = func.row_number().over(
        partition_by=(answers.c.contact_id, PersonScore.measure),
        order_by=(answers.c.submitted_at.desc(), answers.c.response_id.desc()),
    )
    ranked = (
        select(*columns, newest.label("place"))
        .join(answers, answers.c.response_id == PersonScore.response_id)
        .subquery()
    )
    kept = (ranked.c.organisation_id, ranked.c.measure, ranked.c.value)
    return select(*kept).where(ranked.c.place == 1).subquery()


def _sums(*keys: Any, value: Any) -> Select[Any]:
    return select(
        *keys,
        func.count(),
        func.sum(value),
        func.sum(value * value),
        func.sum(case((value < PASSIVE_FROM, 1), else_=0)),
        func.sum(case((value >= PROMOTER_FROM, 1), else_=0)),
    )


def read_index_by_wave(campaign_ids: Sequence[int]) -> dict[int, Tallies]:
    """Add up the index of all organisations in each of these campaigns, in one query."""
    found: dict[int, list[Tally]] = {}
    rows = db.session.execute(
        _sums(
            PersonScore.campaign_id,
            PersonScore.organisation_id,
            PersonScore.measure,
            value=PersonScore.value,
        )
        .where(PersonScore.measure == "index", PersonScore.campaign_id.in_(campaign_ids))
        .group_by(PersonScore.campaign_id, PersonScore.organisation_id, PersonScore.measure)
    )
    for campaign_id, *tally in rows:
        found.setdefault(campaign_id, []).append(Tally(*tally))
    return {campaign_id: Tallies(rows) for campaign_id, rows in found.items()}
