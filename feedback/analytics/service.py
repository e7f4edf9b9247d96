"""Keep each sent response's exact integers beside it; make them anew at any time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete

from feedback.analytics.models import PersonScore, ScoredResponse
from feedback.analytics.scores import (
    MOST_ITEMS,
    Completeness,
    completeness,
    is_low_effort,
    person_values,
)
from feedback.extensions import db
from feedback.responses import queries as responses
from feedback.responses.service import sent as announce
from feedback.responses.signals import Sent, response_submitted
from feedback.surveys.dimensions import DIMENSIONS, VALUE
from feedback.surveys.questionnaire import Question, Questionnaire
from feedback.surveys.questions import get_type

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
    core = _core(sent)
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


def _core(sent: Sent) -> list[Question]:
    """Return what decides whether a response is complete: only what this person was asked."""
    taken = [sent.questionnaire.get_question(key) for key in sent.path]
    answerable = [question for question in taken if get_type(question.type).answers]
    return [question for question in answerable if question.core] or answerable


def measures(asked: Questionnaire, numbers: Mapping[str, int]) -> dict[str, int]:
    """Return measure → integer: dimensions, index, value, csat, ces, and nps as 0…10.

    A dimension with more items than an exact integer can hold (MOST_ITEMS) has no measure.
    """

    def items(dimension: str) -> list[int | None]:
        keys = [question.key for question in asked.questions if question.dimension == dimension]
        own = [numbers[key] - 1 if key in numbers else None for key in keys]
        return own if len(own) <= MOST_ITEMS else []

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
    count = 0
    for response in responses.list_sent(campaign_id):
        newest = responses.newest_submission(response.id)
        if newest is not None:
            score(announce(responses.respondent_of(response), response, newest))
            count += 1
    db.session.commit()
    return count
