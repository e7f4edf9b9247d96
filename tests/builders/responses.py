"""Builders of answers and sent responses, made through the real service."""

import secrets
from collections.abc import Mapping
from typing import Any

from feedback.campaigns.models import Invitation
from feedback.responses import queries, service
from feedback.responses.models import SurveyResponse
from feedback.responses.queries import invited
from feedback.responses.service import Incoming, Origin
from feedback.surveys.published import questionnaire
from feedback.surveys.questions import get_type

CORE = ("t1", "t2", "t3", "l1", "l2", "r1", "r2", "k1", "k2", "e1", "e2")
SCORES: Mapping[str, object] = dict.fromkeys(CORE, 4) | {"csat": 4, "nps": 9}


def a_submitted_response(
    invitation: Invitation,
    scores: Mapping[str, object] | None = None,
    comments: Mapping[str, str] | None = None,
    **given: Any,
) -> SurveyResponse:
    """Answer everything in `scores` and `comments` and send; again for the same: change it.

    `scores` replaces the default (4 on the core questions and csat, 9 on nps) as a whole.
    """
    answers = dict(SCORES if scores is None else scores) | dict(comments or {})
    response = queries.find_response(invitation.id)
    origin = an_origin(revision=response.revision if response else 0, **given.pop("origin", {}))
    submission_id = given.pop("submission_id", None) or secrets.token_urlsafe(24)
    return service.submit(invited(invitation), incoming(invitation, answers), origin, submission_id)


def a_saved_answer(invitation: Invitation, **answers: object) -> service.Saved:
    """Save answers into the draft of an invitation, without sending."""
    response = queries.find_response(invitation.id)
    origin = an_origin(revision=response.revision if response else 0)
    return service.save(invited(invitation), incoming(invitation, answers), origin)


def an_origin(**given: Any) -> Origin:
    """Make the origin of a request: a window of its own, without JavaScript."""
    values = {"language": "en", "window": secrets.token_urlsafe(12), "sequence": 0, "revision": 0}
    return Origin(**values | given)


def incoming(invitation: Invitation, answers: Mapping[str, object]) -> list[Incoming]:
    """Make what a page that shows the stored answers sends for these; "" takes one back."""
    version = invitation.campaign.survey_version
    asked = questionnaire(version.digest, version.definition)
    stored = queries.saved_answers(queries.find_response(invitation.id))
    made = []
    for key, value in answers.items():
        question = asked.get_question(key)
        answered = get_type(question.type).normalise(question, [str(value)])
        made.append(Incoming(key, answered, stored[key].version if key in stored else 0))
    return made
