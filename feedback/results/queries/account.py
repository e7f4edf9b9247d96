"""What the page of one organisation is made of: its own rows, never those of all the others."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from feedback.analytics.change import PairSums
from feedback.analytics.contributions import POINTS
from feedback.analytics.models import ROLLUPS, PersonScore, ScoredResponse
from feedback.analytics.reading import is_scale
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.results.account import AskedQuestion
from feedback.results.persons import PersonIndex
from feedback.results.queries.counted import responses_in
from feedback.results.scope import Scope
from feedback.results.tallies import Tally
from feedback.surveys.languages import text_in
from feedback.surveys.models import SurveyVersion
from feedback.surveys.published import questionnaire
from feedback.surveys.questionnaire import Question
from feedback.surveys.questions import get_type
from feedback.surveys.showing import said

_SUMS = ROLLUPS["agg_measure"].c


def read_own(organisation_id: int, scopes: Sequence[int]) -> dict[int, dict[str, Tally]]:
    """Return scope → measure → sums of one organisation, in one query."""
    found: dict[int, dict[str, Tally]] = {scope: {} for scope in scopes}
    columns = (_SUMS.organisation_id, _SUMS.measure)
    sums = (_SUMS.n, _SUMS.s1, _SUMS.s2, _SUMS.low, _SUMS.high)
    rows = db.session.execute(
        select(_SUMS.scope, *columns, *sums).where(
            _SUMS.organisation_id == organisation_id, _SUMS.scope.in_(scopes)
        )
    )
    for scope, *row in rows:
        found[scope][row[1]] = Tally(*row)
    return found


def read_pairs(organisation_id: int, first: int, second: int) -> dict[str, PairSums]:
    """Return measure → sums over the persons of one organisation who answered both waves."""
    return read_all_pairs(first, second, organisation_id).get(organisation_id, {})


def read_all_pairs(
    first: int, second: int, organisation_id: int | None = None
) -> dict[int, dict[str, PairSums]]:
    """Return organisation → measure → sums over the persons who answered both waves."""
    table = ROLLUPS["agg_pair"].c
    sums = (table.n, table.s1, table.s2, table.q1, table.q2, table.p)
    statement = select(table.organisation_id, table.measure, *sums).where(
        table.first == first, table.second == second
    )
    if organisation_id is not None:
        statement = statement.where(table.organisation_id == organisation_id)
    found: dict[int, dict[str, PairSums]] = {}
    for key, measure, *row in db.session.execute(statement):
        found.setdefault(key, {})[measure] = PairSums(*row)
    return found


def list_persons(scope: Scope, organisation_id: int) -> list[PersonIndex]:
    """Return the persons whose indices make an organisation's index.

    Outside a campaign only a person's latest answers count, as in the roll-ups.
    """
    index = (PersonScore.response_id == ScoredResponse.response_id) & (
        PersonScore.measure == "index"
    )
    own = ScoredResponse.organisation_id == organisation_id
    people = select(ScoredResponse.contact_id).where(own)
    rows = db.session.execute(
        select(
            ScoredResponse.contact_id,
            SurveyVersion.survey_id,
            ScoredResponse.organisation_id,
            func.coalesce(Contact.weight, ""),
            ScoredResponse.low_effort,
            PersonScore.value,
        )
        .select_from(ScoredResponse)
        .join(Campaign, Campaign.id == ScoredResponse.campaign_id)
        .join(SurveyVersion, SurveyVersion.id == Campaign.survey_version_id)
        .outerjoin(Contact, Contact.id == ScoredResponse.contact_id)
        .outerjoin(PersonScore, index)
        .where(
            own if scope.campaign_id is not None else ScoredResponse.contact_id.in_(people),
            *responses_in(scope),
        )
        .order_by(ScoredResponse.submitted_at, ScoredResponse.response_id)
    ).all()
    counting = rows if scope.campaign_id is not None else _latest(rows)
    return [
        PersonIndex(weight, hasty, value)
        for *_, where, weight, hasty, value in counting
        if where == organisation_id and value is not None
    ]


def _latest(rows: Iterable[Any]) -> list[Any]:
    """Keep of every person the latest index among the latest responses to each survey."""
    of_survey: dict[Any, Any] = {}
    for row in rows:
        of_survey.pop(row[:2], None)  # so that the latest comes last
        of_survey[row[:2]] = row
    return list({row[0]: row for row in of_survey.values() if row[-1] is not None}.values())


def read_questions(campaign_id: int, organisation_id: int, language: str) -> list[AskedQuestion]:
    """Return the scale questions of a wave with how often one organisation chose each point."""
    return asked_questions(campaign_id, read_points(campaign_id, organisation_id), language)


def asked_questions(
    campaign_id: int, points: Mapping[str, Sequence[int]], language: str
) -> list[AskedQuestion]:
    """Return those scale questions of a wave of which there are `points`, in its order."""
    company, *row = db.session.execute(
        select(Campaign.company, SurveyVersion.digest, SurveyVersion.definition)
        .join(Campaign, Campaign.survey_version_id == SurveyVersion.id)
        .where(Campaign.id == campaign_id)
    ).one()
    asked = [each for each in questionnaire(*row).questions if is_scale(each)]
    return [
        _asked(each, points[each.key], language, company) for each in asked if each.key in points
    ]


def read_points(campaign_id: int, organisation_id: int | None) -> dict[str, list[int]]:
    """Return question → how often each point was chosen in a wave, by one organisation or by all.

    The last number counts those who could not judge.
    """
    table = ROLLUPS["agg_hist"].c
    sums = [func.sum(table[name]) for name in (*POINTS, "na")]
    statement = select(table.question, *sums).where(table.scope == campaign_id)
    if organisation_id is not None:
        statement = statement.where(table.organisation_id == organisation_id)
    rows = db.session.execute(statement.group_by(table.question))
    return {question: [int(count) for count in row] for question, *row in rows}


def _asked(question: Question, counts: Sequence[int], language: str, company: str) -> AskedQuestion:
    kind = get_type(question.type)
    points = [point for point in kind.choices(question) if point.number is not None]
    numbers = [point.number for point in points if point.number is not None]
    return AskedQuestion(
        key=question.key,
        text=said(question.text, language, {"company": company}),
        type=question.type,
        dimension=question.dimension,
        low=min(numbers),
        labels=[text_in(point.label, language) or point.key for point in points],
        counts=[counts[number] for number in numbers],
        cannot_judge=counts[-1],
    )
