"""Save answers one by one, send the form once, change it until the campaign closes."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback import clock
from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Invitation
from feedback.campaigns.states import takes_answers
from feedback.extensions import db
from feedback.responses import queries
from feedback.responses.models import Answer, Submission, SurveyResponse
from feedback.responses.signals import Sent, response_submitted
from feedback.storage import insert_ignoring
from feedback.surveys.published import questionnaire
from feedback.surveys.questionnaire import Questionnaire
from feedback.surveys.questions import Answered, get_type


class CampaignClosed(Exception):
    """The campaign takes no answers any more."""


class SentMeanwhile(Exception):
    """The form was sent from another window since this page was shown; nothing was saved."""


class NotThisForm(Exception):
    """The submission id belongs to somebody else's form."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One answer on its way in; None means: left or made blank."""

    question: str
    answered: Answered | None
    version: int  # of the answer the page showed; 0 for none


@dataclass(frozen=True, slots=True)
class Origin:
    """Which page an answer comes from: language, window, order and the revision it changes."""

    language: str
    window: str
    sequence: int
    revision: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer another window changed meanwhile: both texts."""

    question: str
    yours: str
    stored: str
    version: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving: versions now stored, conflicts that were left as they were."""

    at: datetime
    versions: Mapping[str, int]
    conflicts: Sequence[Conflict]


class DifferentContent(Exception):
    """This very form was sent before with other content; both are kept (STO-06)."""

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        super().__init__(len(conflicts))
        self.conflicts = conflicts


class ChangedElsewhere(DifferentContent):
    """Another window changed an answer that is about to be sent; nothing was sent (STO-08)."""


def save(invitation: Invitation, incoming: Sequence[Incoming], origin: Origin) -> Saved:
    """Save answers into the working copy by compare-and-set; commit.

    An answer whose stored version is newer than the page's is left as it is and reported as a
    conflict (STO-08); one that arrives later than a newer one of its own window is dropped
    (STO-09). Raises CampaignClosed, SentMeanwhile.
    """
    now = clock.now()
    response = _opened(invitation, origin, now)
    if origin.revision != response.revision:
        db.session.rollback()
        raise SentMeanwhile
    saved = _store(response, incoming, origin, now)
    response.language = origin.language
    db.session.commit()
    return saved


def submit(
    invitation: Invitation, incoming: Sequence[Incoming], origin: Origin, submission_id: str
) -> SurveyResponse:
    """Save the last page and send the whole form, in one transaction; commit.

    The same form sent again gives the same receipt. Raises CampaignClosed; NotThisForm for an
    id of another response; DifferentContent where this form was sent before with other
    content; ChangedElsewhere on a conflict.
    """
    now = clock.now()
    earlier = queries.find_submission(submission_id)
    if earlier is not None:  # a resend has its receipt also after closing
        return _again(invitation, earlier, incoming)
    response = _opened(invitation, origin, now)
    earlier = queries.find_submission(submission_id)
    if earlier is not None:  # it came in while this request waited for the lock
        return _again(invitation, earlier, incoming)
    saved = _store(response, incoming, origin, now)
    if saved.conflicts:
        db.session.rollback()
        raise ChangedElsewhere(saved.conflicts)
    db.session.flush()
    _send(invitation, response, submission_id, origin.language, now)
    db.session.commit()
    return response


def _opened(invitation: Invitation, origin: Origin, now: datetime) -> SurveyResponse:
    """Return the response, locked; made now if this is its first answer."""
    campaign = invitation.campaign
    if not takes_answers(campaign.state, campaign.closes_at, now):
        raise CampaignClosed
    response = queries.find_response(invitation.id, lock=True)
    if response is not None:
        return response
    row = {
        "id": secrets.randbits(62) + 1,
        "invitation_id": invitation.id,
        "campaign_id": campaign.id,
        "organisation_id": invitation.organisation_id,
        "survey_version_id": campaign.survey_version_id,
        "language": origin.language,
        "state": "open",
        "revision": 0,
        "started_at": now,
    }
    # Two first answers at once: the unique key lets one row in, and both go on with it.
    insert_ignoring(db.session, SurveyResponse.__table__, [row])
    campaigns.note_started(invitation.id, now)
    opened = queries.find_response(invitation.id, lock=True)
    assert opened is not None
    return opened


def _store(
    response: SurveyResponse, incoming: Sequence[Incoming], origin: Origin, now: datetime
) -> Saved:
    stored = queries.saved_answers(response)
    conflicts = []
    for each in incoming:
        row = stored.get(each.question)
        value = each.answered.value if each.answered else ""
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
    return Saved(now, {key: row.version for key, row in stored.items()}, conflicts)


def _is_newer(row: Answer, each: Incoming, origin: Origin) -> bool:
    """Say whether an incoming answer follows the stored one, rather than crossing it."""
    if row.window == origin.window and origin.sequence:
        return origin.sequence > row.sequence
    return each.version == row.version


def _again(
    invitation: Invitation, earlier: Submission, incoming: Sequence[Incoming]
) -> SurveyResponse:
    """Give the same receipt for the same content; DifferentContent for other content."""
    response = queries.find_response(invitation.id)
    if response is None or earlier.response_id != response.id:
        db.session.rollback()
        raise NotThisForm
    sent: Mapping[str, str] = earlier.answers
    conflicts = [
        Conflict(each.question, value, sent.get(each.question, ""), 0)
        for each in incoming
        if (value := each.answered.value if each.answered else "") != sent.get(each.question, "")
    ]
    db.session.rollback()
    if conflicts:
        raise DifferentContent(conflicts)
    return response


def _send(
    invitation: Invitation,
    response: SurveyResponse,
    submission_id: str,
    language: str,
    now: datetime,
) -> None:
    values = {key: row.value for key, row in queries.saved_answers(response).items() if row.value}
    content = json.dumps(values, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(content.encode()).hexdigest()
    newest = queries.newest_submission(response.id)
    if newest is not None and newest.digest == digest:
        return  # the same content from another page: one response, one sending
    response.revision += 1
    response.state = "submitted"
    response.language = language
    response.submitted_at = now
    db.session.add(
        Submission(
            id=submission_id,
            response_id=response.id,
            revision=response.revision,
            digest=digest,
            answers=values,
            language=language,
            submitted_at=now,
        )
    )
    campaigns.note_answered(invitation.id, now)
    db.session.flush()
    version = invitation.campaign.survey_version
    asked = questionnaire(version.digest, version.definition)
    response_submitted.send(None, sent=sent(response, invitation, asked, values))


def sent(
    response: SurveyResponse,
    invitation: Invitation,
    asked: Questionnaire,
    values: Mapping[str, str],
) -> Sent:
    """Return what is announced of a sending; only questions of the questionnaire count."""
    numbers = {}
    for question in asked.questions:
        if question.key in values:
            answered = get_type(question.type).normalise(question, [values[question.key]])
            if answered and answered.number is not None:
                numbers[question.key] = answered.number
    assert response.submitted_at is not None
    return Sent(
        response_id=response.id,
        campaign_id=response.campaign_id,
        organisation_id=response.organisation_id,
        contact_id=invitation.contact_id,
        questionnaire=asked,
        values=dict(values),
        numbers=numbers,
        started_at=response.started_at,
        sent_at=response.submitted_at,
    )
