"""One page of the answers a figure was made of, found without reading all the others."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Float,
    ScalarSelect,
    Select,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    select,
    text,
    true,
)
from sqlalchemy.orm import aliased

from feedback.analytics.figures import NpsCounts, TooFew
from feedback.analytics.measures import NPS, PEOPLE, SCALES
from feedback.analytics.models import ROLLUPS, PersonScore, ScoredResponse
from feedback.analytics.nps import shown_nps
from feedback.analytics.scores import Completeness
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.results.answers import Answered, Asked, Figure, Found
from feedback.results.queries.selecting import in_scope, joint_campaigns
from feedback.results.queries.turning import turn
from feedback.results.scope import Scope
from feedback.results.tallies import Tallies, Tally
from feedback.results.turning import Place
from feedback.surveys.models import SurveyVersion

# Fewer answers than so many are found by their organisations and then sorted, more are taken in
# order; so many organisations are added up here, more in the database.
SPARSE = 1_000

_SUMS = ROLLUPS["agg_measure"].c


def find(asked: Asked, place: Place | None) -> Found:
    """Return the page of answers that begins at a place, None for the newest.

    Five queries at most, whatever is asked for and however many answers there are.
    """
    figure = _figure(asked)
    if not figure.people:
        return Found(figure)
    is_sparse = asked.organisation_id is not None or figure.people < SPARSE
    page = turn(_sparse(asked) if is_sparse else _walking(asked), place)
    return Found(figure, _answers_at(page.keys), page.previous, page.following)


def _figure(asked: Asked) -> Figure:
    """Add up the sums the figure on the page is made of, too."""
    added = [
        func.coalesce(func.sum(each), 0) for each in (_SUMS.n, _SUMS.s1, _SUMS.low, _SUMS.high)
    ]
    row = db.session.execute(_of_figure(asked, func.count(), *added)).one()
    accounts, people, points, low, high = map(int, row)
    if not asked.measure or not people:
        return Figure(people, accounts)
    if asked.measure == NPS:
        counts = NpsCounts(low, people - low - high, high)
        return Figure(people, accounts, recommendation=shown_nps(counts, points))
    return Figure(people, accounts, mean=_mean(asked, accounts))


def _mean(asked: Asked, accounts: int) -> float:
    """Return the mean of the organisations' means; of few of them to the last digit as the pages
    calculate it, so that both round it alike.
    """
    full = SCALES[asked.measure].full
    if accounts > SPARSE:
        own = 100 * cast(_SUMS.s1, Float) / (_SUMS.n * full)
        return float(db.session.execute(_of_figure(asked, func.avg(own))).scalar_one())
    columns = (_SUMS.organisation_id, _SUMS.measure, _SUMS.n, _SUMS.s1, _SUMS.s2)
    rows = db.session.execute(_of_figure(asked, *columns))
    found = Tallies(Tally(*row) for row in rows).score(asked.measure)
    # The last answer may have gone since it was counted.
    return 0.0 if isinstance(found, TooFew) else found.mean


def _of_figure(asked: Asked, *columns: ColumnElement[Any]) -> Select[Any]:
    """Select from the sums of the organisations whose people make the figure."""
    measure = asked.measure or PEOPLE
    statement = select(*columns).where(_SUMS.scope == asked.scope.key, _SUMS.measure == measure)
    if asked.organisation_id is not None:
        statement = statement.where(_SUMS.organisation_id == asked.organisation_id)
    conditions = in_scope(asked.scope, asked.organisation_id)
    if conditions:
        joined = statement.join(Organisation, Organisation.id == _SUMS.organisation_id)
        statement = joined.where(*conditions)
    return statement.where(_SUMS.n > 0)


def _sparse(asked: Asked) -> Select[datetime, int]:
    """Select all answers of the few organisations that have any; sorted they are afterwards."""
    own = ScoredResponse
    # Calculated with, a column's index is out of question: neither order nor wave leads the way.
    at = func.coalesce(own.submitted_at, own.submitted_at, type_=own.submitted_at.type)
    statement = select(at.label("at"), own.response_id).where(
        own.organisation_id.in_(_of_figure(asked, _SUMS.organisation_id))
    )
    if asked.scope.campaign_id is not None:
        return statement.where(own.campaign_id + 0 == asked.scope.campaign_id, _counts(asked))
    return statement.where(_counts(asked))


def _walking(asked: Asked) -> Select[datetime, int]:
    """Select answers by an index in the order of their sending, looked at one by one."""
    own, scope = ScoredResponse, asked.scope
    statement = select(own.submitted_at, own.response_id)
    if scope.campaign_id is not None:
        statement = statement.where(own.campaign_id == scope.campaign_id)
    elif scope.year is None:
        # In the words of the index: SQLite recognises it by them.
        statement = statement.where(text("scored_response.recent"))
    else:
        statement = statement.where(own.submitted_at > scope.since, own.submitted_at <= scope.until)
    conditions = in_scope(scope)
    there = exists().where(Organisation.id == own.organisation_id, *conditions)
    fits = and_(there, _counts(asked)) if conditions else _counts(asked)
    # As one value: taken for conditions, PostgreSQL would expect next to nothing to fulfil them
    # and look at every answer there is before it sorts.
    return statement.where(case((fits, true()), else_=false()))


def _counts(asked: Asked) -> ColumnElement[bool]:
    """Say whether an answer counts in the figure.

    In a wave each that is no break-off does; otherwise of each survey a person's latest response
    of the scope, and of each measure the latest of those (`analytics.contributions`).
    """
    own, scope = ScoredResponse, asked.scope
    if scope.campaign_id is None:
        return own.response_id == _latest(own, scope, asked.measure)
    scored = own.completeness != Completeness.BREAK_OFF.value
    return and_(scored, _has(own, asked.measure)) if asked.measure else scored


def _has(own: Any, measure: str) -> ColumnElement[bool]:
    of_own = PersonScore.response_id == own.response_id
    own_value = select(PersonScore.value).where(of_own, PersonScore.measure == measure)
    # Not EXISTS: PostgreSQL would read the measure of everybody once, to have it at hand.
    return own_value.scalar_subquery().is_not(None)


def _latest(whose: Any, scope: Scope, measure: str = "") -> ScalarSelect[int]:
    """Select the response of the same person that counts for a measure; without one, the latest
    to the same survey.
    """
    own = aliased(ScoredResponse)
    statement = select(own.response_id).where(
        own.contact_id == whose.contact_id,
        own.completeness != Completeness.BREAK_OFF.value,
        own.campaign_id.in_(select(Campaign.id).where(joint_campaigns())),
        *_sent_in(own, scope),
    )
    if measure:
        statement = statement.where(_has(own, measure), own.response_id == _latest(own, scope))
    else:
        statement = statement.where(_survey_of(own) == _survey_of(whose))
    newest = (own.submitted_at.desc(), own.response_id.desc())
    return statement.order_by(*newest).limit(1).correlate(whose).scalar_subquery()


def _survey_of(whose: Any) -> ScalarSelect[int]:
    campaign, version = aliased(Campaign), aliased(SurveyVersion)
    statement = select(version.survey_id).join(campaign, campaign.survey_version_id == version.id)
    return statement.where(campaign.id == whose.campaign_id).correlate(whose).scalar_subquery()


def _sent_in(own: Any, scope: Scope) -> list[ColumnElement[bool]]:
    if scope.year is None:
        return [own.recent.is_(True)]
    return [own.submitted_at > scope.since, own.submitted_at <= scope.until]


def _answers_at(response_ids: Sequence[int]) -> list[Answered]:
    """Return these answers with what was given in each, in this order."""
    own = ScoredResponse
    people = db.session.execute(
        select(
            own.response_id,
            own.submitted_at,
            own.organisation_id,
            Organisation.name,
            func.coalesce(Contact.name, ""),
            func.coalesce(Contact.role, ""),
            own.campaign_id,
            Campaign.name,
            own.low_effort,
        )
        .join(Organisation, Organisation.id == own.organisation_id)
        .join(Campaign, Campaign.id == own.campaign_id)
        .outerjoin(Contact, Contact.id == own.contact_id)
        .where(own.response_id.in_(response_ids))
    ).all()
    values: dict[int, dict[str, int]] = {}
    scores = select(PersonScore.response_id, PersonScore.measure, PersonScore.value)
    for key, measure, value in db.session.execute(
        scores.where(PersonScore.response_id.in_(response_ids))
    ):
        values.setdefault(key, {})[measure] = value
    found = {row[0]: Answered(*row, values.get(row[0], {})) for row in people}
    return [found[key] for key in response_ids if key in found]
