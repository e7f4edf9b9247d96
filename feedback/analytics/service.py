"""Keep each sent response's exact integers beside it; make them anew at any time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from feedback.analytics.models import PersonScore, ScoredResponse
from feedback.analytics.scores import (
    Completeness,
    completeness,
    is_low_effort,
    person_values,
)
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.responses import queries as responses
from feedback.responses.models import SurveyResponse
from feedback.responses.service import sent as announce
from feedback.responses.signals import Sent, response_submitted
from feedback.surveys.dimensions import DIMENSIONS, VALUE
from feedback.surveys.published import questionnaire
from feedback.surveys.questionnaire import Questionnaire

NPS = "nps"


def listen() -> None:
    """Hear of every sending."""
    response_submitted.connect(_heard)


def _heard(_sender: Any, sent: Sent) -> None:
    score(sent)


def score(sent: Sent) -> None:
    """Store what a sending contributes, in place of what its response contributed before.

    Part of the caller's transaction. A break-off keeps its row, so that it is counted in the
    response rate, but contributes no score.
    """
    old = delete(PersonScore).where(PersonScore.response_id == sent.response_id)
    db.session.execute(old)
    db.session.execute(delete(ScoredResponse).where(ScoredResponse.response_id == sent.response_id))
    asked = sent.questionnaire
    core = [question for question in asked.questions if question.core] or list(asked.questions)
    done = completeness(sum(question.key in sent.values for question in core), len(core))
    seconds = (sent.sent_at - sent.started_at).total_seconds()
    db.session.add(
        ScoredResponse(
            response_id=sent.response_id,
            campaign_id=sent.campaign_id,
            organisation_id=sent.organisation_id,
            contact_id=sent.contact_id,
            completeness=done.value,
            low_effort=is_low_effort([sent.numbers.get(q.key) for q in core], seconds),
            submitted_at=sent.sent_at,
        )
    )
    db.session.flush()
    if done is Completeness.BREAK_OFF:
        return
    db.session.add_all(
        PersonScore(
            response_id=sent.response_id,
            measure=measure,
            campaign_id=sent.campaign_id,
            organisation_id=sent.organisation_id,
            value=value,
        )
        for measure, value in measures(asked, sent.numbers).items()
    )


def measures(asked: Questionnaire, numbers: Mapping[str, int]) -> dict[str, int]:
    """Return measure → integer: dimensions, index, value, csat, ces, and nps as 0…10."""

    def items(dimension: str) -> list[int | None]:
        keys = [question.key for question in asked.questions if question.dimension == dimension]
        return [numbers[key] - 1 if key in numbers else None for key in keys]

    def single(kind: str) -> int | None:
        for question in asked.questions:
            if question.type == kind and question.key in numbers:
                return numbers[question.key]
        return None

    csat, ces, nps = single("csat"), single("effort"), single("nps")
    found = person_values(
        {dimension: own for dimension in DIMENSIONS if (own := items(dimension))},
        value=items(VALUE),
        csat=None if csat is None else csat - 1,
        ces=None if ces is None else ces - 1,
    )
    return found if nps is None else found | {NPS: nps}


def rebuild(campaign_id: int | None = None) -> int:
    """Make the integers of one campaign, or of all, anew from what was sent; commit.

    Return the number of responses. The result is identical to what the sendings left behind.
    """
    statement = (
        select(SurveyResponse, Invitation)
        .join(Invitation, SurveyResponse.invitation_id == Invitation.id)
        .where(SurveyResponse.state == "submitted")
        .order_by(SurveyResponse.id)
    )
    if campaign_id is not None:
        statement = statement.where(SurveyResponse.campaign_id == campaign_id)
    count = 0
    for response, invitation in db.session.execute(statement).all():
        newest = responses.newest_submission(response.id)
        version = db.session.get_one(Campaign, response.campaign_id).survey_version
        if newest is not None:
            asked = questionnaire(version.digest, version.definition)
            score(announce(response, invitation, asked, newest.answers))
            count += 1
    db.session.commit()
    return count
