"""Save answers one by one, send the form once, change it until the campaign closes."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete

from feedback import clock
from feedback.campaigns import service as campaigns
from feedback.campaigns.states import takes_answers
from feedback.extensions import db
from feedback.responses import queries
from feedback.responses.arriving import Conflict, Incoming, Origin, Saved, overlaid
from feedback.responses.models import Answer, Submission, SurveyResponse
from feedback.responses.queries import Respondent
from feedback.responses.signals import (
    Sent,
    response_erased,
    response_settled,
    response_submitted,
)
from feedback.storage import insert_ignoring
from feedback.surveys.branching import Path, path
from feedback.surveys.questions import get_type

__all__ = ["Conflict", "Incoming", "Origin", "Respondent", "Saved"]


class CampaignClosed(Exception):
    """The campaign takes no answers any more."""


class SentMeanwhile(Exception):
    """The form was sent from another window since this page was shown; nothing was saved."""


class NotThisForm(Exception):
    """The submission id belongs to somebody else's form."""


class DifferentContent(Exception):
    """This very form was sent before with other content; both are kept (STO-06)."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(len(conflicts))
        self.conflicts = conflicts


class ChangedElsewhere(DifferentContent):
    """Another window changed an answer that is about to be sent; nothing was sent (STO-08)."""


def save(respondent: Respondent, incoming: Sequence[Incoming], origin: Origin) -> Saved:
    """Save answers into the working copy by compare-and-set; commit.

    Answers to questions that are not asked any more are kept as well: they come back with the
    path. An answer whose stored version is newer than the page's is left as it is and reported
    as a conflict (STO-08); one that arrives later than a newer one of its own window is dropped
    (STO-09). Raises CampaignClosed, SentMeanwhile.
    """
    now = clock.now()
    response = _opened(respondent, origin, now)
    if origin.revision != response.revision:
        db.session.rollback()
        raise SentMeanwhile
    saved = _store(response, incoming, origin, now)
    _note_language(respondent, response, origin.language)
    db.session.commit()
    return saved


def submit(
    respondent: Respondent, incoming: Sequence[Incoming], origin: Origin, submission_id: str
) -> SurveyResponse:
    """Save the last page and send what is on the path, in one transaction; commit.

    The same form sent again gives the same receipt. Raises CampaignClosed; NotThisForm for an
    id of another response; DifferentContent where this form was sent before with other
    content; ChangedElsewhere on a conflict.
    """
    now = clock.now()
    earlier = queries.find_submission(submission_id)
    if earlier is not None:  # a resend has its receipt also after closing
        return _again(respondent, earlier, incoming)
    response = _opened(respondent, origin, now)
    earlier = queries.find_submission(submission_id)
    if earlier is not None:  # it came in while this request waited for the lock
        return _again(respondent, earlier, incoming)
    saved = _store(response, incoming, origin, now)
    if saved.conflicts:
        db.session.rollback()
        raise ChangedElsewhere(saved.conflicts)
    _note_language(respondent, response, origin.language)
    db.session.flush()
    _send(respondent, response, submission_id, saved)
    db.session.commit()
    return response


def _opened(respondent: Respondent, origin: Origin, now: datetime) -> SurveyResponse:
    """Return the response, locked; made now if this is its first answer."""
    campaign = respondent.campaign
    if not takes_answers(campaign.state, campaign.closes_at, now):
        raise CampaignClosed
    response = queries.find_response_of(respondent, lock=True)
    if response is not None:
        return response
    row = {
        # Random, so that the key tells nothing; at a public link it is how the person is known.
        "id": respondent.seed if respondent.public_link_id else secrets.randbits(62) + 1,
        "invitation_id": respondent.invitation_id,
        "public_link_id": respondent.public_link_id,
        "device": respondent.device,
        "campaign_id": campaign.id,
        "organisation_id": respondent.organisation_id,
        "survey_version_id": campaign.survey_version_id,
        "language": origin.language,
        "state": "open",
        "revision": 0,
        "started_at": now,
    }
    # Two first answers at once: the unique key lets one row in, and both go on with it.
    insert_ignoring(db.session, SurveyResponse.__table__, [row])
    if respondent.invitation_id is not None:
        campaigns.note_started(respondent.invitation_id, now)
    opened = queries.find_response_of(respondent, lock=True)
    assert opened is not None
    return opened


def _note_language(respondent: Respondent, response: SurveyResponse, language: str) -> None:
    """Remember the language somebody answers in, so that the next mail is written in it."""
    response.language = language
    if respondent.invitation_id is not None and language != respondent.language:
        campaigns.note_language(respondent.invitation_id, language)


def _store(
    response: SurveyResponse, incoming: Sequence[Incoming], origin: Origin, now: datetime
) -> Saved:
    stored = queries.saved_answers(response)
    conflicts = []
    for each in incoming:
        row = stored.get(each.question)
        value = each.value
        if row is None:
            if not value and not origin.sequence:
                continue  # blank before and after
            row = stored[each.question] = Answer(response_id=response.id, question=each.question)
            db.session.add(row)
            version = 0
        elif row.value == value:
            # Said once more: what this window typed in between is older than this.
            if row.window == origin.window:
                row.sequence = max(row.sequence, origin.sequence)
            elif each.version == row.version:
                row.window, row.sequence = origin.window, origin.sequence
            continue
        elif not _is_newer(row, each, origin):
            if row.window != origin.window or not origin.sequence:
                conflicts.append(Conflict(each.question, value, row.value, row.version))
            continue
        else:
            version = row.version
        row.value = value
        row.number = each.answered.number if each.answered else None
        row.version = version + 1
        # A page without a number does not make its window's older autosaves newer.
        known = row.sequence or 0 if row.window == origin.window else 0
        row.window, row.sequence, row.saved_at = origin.window, max(origin.sequence, known), now
    return Saved(
        at=now,
        versions={key: row.version for key, row in stored.items()},
        conflicts=conflicts,
        values={key: row.value for key, row in stored.items() if row.value},
    )


def _is_newer(row: Answer, each: Incoming, origin: Origin) -> bool:
    """Say whether an incoming answer follows the stored one, rather than crossing it."""
    if row.window == origin.window and origin.sequence:
        return origin.sequence > row.sequence
    return each.version == row.version


def _again(
    respondent: Respondent, earlier: Submission, incoming: Sequence[Incoming]
) -> SurveyResponse:
    """Give the same receipt for the same content; DifferentContent for other content."""
    response = queries.find_response_of(respondent)
    if response is None or earlier.response_id != response.id:
        db.session.rollback()
        raise NotThisForm
    sent: Mapping[str, str] = earlier.answers
    asked, proposed = respondent.asked, overlaid(sent, incoming)
    # Only what would count can differ: a form may bring answers its own answers have shut off.
    counted = path(asked, proposed, respondent.known(earlier.language)).counted(proposed)
    conflicts = [
        Conflict(question.key, yours, stored, 0)
        for question in asked.questions
        if (yours := counted.get(question.key, "")) != (stored := sent.get(question.key, ""))
    ]
    db.session.rollback()
    if conflicts:
        raise DifferentContent(conflicts)
    return response


def _send(
    respondent: Respondent, response: SurveyResponse, submission_id: str, saved: Saved
) -> None:
    route = path(respondent.asked, saved.values, respondent.known(response.language))
    values = route.counted(saved.values)
    content = json.dumps(values, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(content.encode()).hexdigest()
    newest = queries.newest_submission(response.id)
    if newest is not None and newest.digest == digest:
        return  # the same content from another page: one response, one sending
    response.revision += 1
    response.state = "submitted"
    response.submitted_at = saved.at
    submission = Submission(
        id=submission_id,
        response_id=response.id,
        revision=response.revision,
        digest=digest,
        answers=values,
        asked=list(route.keys),
        language=response.language,
        submitted_at=saved.at,
    )
    db.session.add(submission)
    if respondent.invitation_id is not None:
        campaigns.note_answered(respondent.invitation_id, saved.at)
    db.session.flush()
    response_submitted.send(None, sent=sent(respondent, response, submission))
    response_settled.send(None, response_id=response.id)


def sent(respondent: Respondent, response: SurveyResponse, submission: Submission) -> Sent:
    """Return what is announced of a sending; only questions on its path count."""
    asked = respondent.asked
    if submission.asked is None:
        route = path(asked, submission.answers, respondent.known(submission.language))
    else:  # as it was then: a contact's role may have changed since, and a rule looks at it
        route = Path(tuple(submission.asked))
    values = route.counted(submission.answers)
    numbers = {}
    for key, value in values.items():
        question = asked.get_question(key)
        answered = get_type(question.type).normalise(question, [value])
        if answered and answered.number is not None:
            numbers[key] = answered.number
    return Sent(
        response_id=response.id,
        campaign_id=response.campaign_id,
        organisation_id=response.organisation_id,
        contact_id=respondent.contact_id,
        public_link_id=respondent.public_link_id,
        questionnaire=asked,
        path=route.keys,
        values=values,
        numbers=numbers,
        started_at=response.started_at,
        sent_at=submission.submitted_at,
        language=submission.language,
    )


def erase(response_id: int) -> None:
    """Delete a response for good, with its history and all that was made of it; commit."""
    response_erased.send(None, response_id=response_id)
    gone = delete(SurveyResponse).where(SurveyResponse.id == response_id)
    db.session.execute(gone.execution_options(synchronize_session=False))
    db.session.commit()
