"""What the quality of one wave is read from."""

from collections.abc import Sequence

from sqlalchemy import case, exists, func, select

from feedback.analytics.contributions import SUMS
from feedback.analytics.models import ROLLUPS, PersonScore, ScoredResponse
from feedback.analytics.reading import core_items
from feedback.analytics.response_rates import ResponseRates
from feedback.analytics.scores import Completeness
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.results.quality import (
    Quality,
    QualityFacts,
    hard_to_judge,
    languages_of,
    silence,
)
from feedback.results.queries.account import asked_questions, read_points
from feedback.results.waves import WavePoint
from feedback.surveys.published import questionnaire


def quality_of(
    campaign: Campaign, facts: QualityFacts, rates: ResponseRates, language: str
) -> Quality:
    """Say how far the figures of a wave can be trusted, with its questions in a language."""
    version = campaign.survey_version
    asked = questionnaire(version.digest, version.definition)
    items = {key: asked.get_question(key).dimension or "" for key in core_items(asked)}
    return Quality(
        languages_of(facts.complete, items),
        hard_to_judge(asked_questions(campaign.id, facts.points, language)),
        silence(rates, facts),
    )


def read_facts(campaign_id: int, line: Sequence[WavePoint]) -> QualityFacts:
    """Add up over all organisations what tells of a wave's quality; `line` ends with the wave."""
    answered, silent = _NONE, _NONE
    if len(line) > 1:
        answered, silent = _said_before(campaign_id, line[-2].wave.campaign_id)
    points = read_points(campaign_id, None)
    return QualityFacts(_items(campaign_id), points, answered, silent)


Given = tuple[int, int, int]  # persons, sum, sum of squares
_NONE: Given = (0, 0, 0)


def _items(campaign_id: int) -> dict[str, list[int]]:
    table = ROLLUPS["agg_item"].c
    sums = [func.sum(table[name]) for name in SUMS["agg_item"]]
    rows = db.session.execute(
        select(table.language, *sums).where(table.scope == campaign_id).group_by(table.language)
    )
    return {language: [int(each) for each in row] for language, *row in rows}


def _said_before(campaign_id: int, before_id: int) -> tuple[Given, Given]:
    """Add up what those asked now gave in the wave before: who answered now, and who did not."""
    now = exists().where(
        ScoredResponse.campaign_id == campaign_id,
        ScoredResponse.contact_id == Invitation.contact_id,
        ScoredResponse.completeness != Completeness.BREAK_OFF.value,
    )
    earlier = select(ScoredResponse.contact_id, PersonScore.value).join(
        PersonScore,
        (PersonScore.response_id == ScoredResponse.response_id) & (PersonScore.measure == "index"),
    )
    said = earlier.where(ScoredResponse.campaign_id == before_id).subquery()
    asked = (
        select(case((now, 1), else_=0).label("answers"), said.c.value)
        .select_from(Invitation)
        .join(said, said.c.contact_id == Invitation.contact_id)
        .where(Invitation.campaign_id == campaign_id)
    ).subquery()
    answers, value = asked.c.answers, asked.c.value
    sums = (func.count(), func.sum(value), func.sum(value * value))
    rows = db.session.execute(select(answers, *sums).group_by(answers))
    found = {flag: (int(n), int(s1), int(s2)) for flag, n, s1, s2 in rows}
    return found.get(1, _NONE), found.get(0, _NONE)
