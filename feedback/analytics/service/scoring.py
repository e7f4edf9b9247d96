"""When a form is sent, changed or erased: keep its integers and move the roll-ups by as much."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from feedback import clock
from feedback.analytics import reading
from feedback.analytics.contributions import (
    Contribution,
    Key,
    Scored,
    difference,
    of_person,
    of_response,
)
from feedback.analytics.models import PersonScore, ScoredResponse
from feedback.analytics.queries import list_scored, outdated_contacts
from feedback.analytics.scores import Completeness, completeness, is_low_effort
from feedback.analytics.service.adding import add
from feedback.campaigns.confidentiality import NAMED
from feedback.campaigns.links import MAIL
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.responses.signals import Sent, response_erased, response_submitted
from feedback.surveys.mirror import is_mirror

RECENT_DAYS = 365
_AT_ONCE = 100


def listen() -> None:
    """Hear of every sending and every erasure."""
    response_submitted.connect(_heard)
    response_erased.connect(_heard_erased)


def _heard(_sender: Any, sent: Sent) -> None:
    score(sent)


def _heard_erased(_sender: Any, response_id: int) -> None:
    forget(response_id)


def score(sent: Sent) -> None:
    """Store what a sending contributes, in place of what its response contributed before.

    Part of the caller's transaction. A break-off keeps its row, so that it is counted in the
    response rate, but contributes no score.
    """
    _lock(sent.contact_id)
    earlier = _responses_of(sent.contact_id, sent.response_id)
    others = [each for each in earlier if each.response_id != sent.response_id]
    new = scored(sent)
    store(sent, new, is_new=len(others) == len(earlier))
    before, after = _contribution(earlier, sent), _contribution([*others, new], sent)
    add(difference(before, after))


def forget(response_id: int) -> None:
    """Take out everything one response contributed; part of the caller's transaction."""
    known = db.session.get(ScoredResponse, response_id)
    if known is None:
        return
    _lock(known.contact_id)
    earlier = _responses_of(known.contact_id, response_id)
    others = [each for each in earlier if each.response_id != response_id]
    delta = difference(_contribution(earlier, known), _contribution(others, known))
    db.session.expunge(known)
    _delete(response_id)
    add(delta)


def _responses_of(contact_id: int | None, response_id: int) -> list[Scored]:
    """Return all that a person has sent, or the one response where nobody knows the person."""
    if contact_id is None:
        return list_scored(ScoredResponse.response_id == response_id)
    return list_scored(ScoredResponse.contact_id == contact_id)


def _contribution(responses: Sequence[Scored], whose: Sent | ScoredResponse) -> Contribution:
    """Give what the response adds by itself and what its person's answers add together."""
    found: dict[Key, tuple[int, ...]] = {}
    for each in responses:
        if each.response_id == whose.response_id:
            found |= of_response(each)
    return found | of_person(responses)


def scored(sent: Sent) -> Scored:
    """Return the person's integers of one sending."""
    campaign = db.session.get_one(Campaign, sent.campaign_id)
    version = campaign.survey_version
    asked = sent.questionnaire
    core = reading.core_of(asked, sent.path)
    done = completeness(sum(question.key in sent.values for question in core), len(core))
    counts = done is not Completeness.BREAK_OFF
    is_named = campaign.kind == MAIL and campaign.confidentiality == NAMED
    return Scored(
        response_id=sent.response_id,
        organisation_id=sent.organisation_id,
        campaign_id=sent.campaign_id,
        wave=(campaign.launched_at or campaign.created_at, campaign.id),
        survey_id=version.survey_id,
        version_id=version.id,
        language=sent.language,
        submitted_at=sent.sent_at,
        completeness=done.value,
        joins=is_named and not is_mirror(asked.key),
        recent=sent.contact_id is not None and sent.sent_at > recent_since(clock.now()),
        values=reading.measures(asked, sent.numbers) if counts else {},
        points=reading.points(asked, sent.values, sent.numbers) if counts else {},
        core=reading.core_values(asked, sent.numbers) if counts else [],
    )


def store(sent: Sent, one: Scored, *, is_new: bool) -> None:
    """Keep the person's integers, in place of older ones of the response; no roll-up moves."""
    if not is_new:
        _delete(one.response_id)
    core = [sent.numbers.get(q.key) for q in reading.core_of(sent.questionnaire, sent.path)]
    seconds = (sent.sent_at - sent.started_at).total_seconds()
    own = {"response_id": one.response_id, "organisation_id": one.organisation_id}
    own["campaign_id"] = one.campaign_id
    row = own | {
        "contact_id": sent.contact_id,
        "completeness": one.completeness,
        "low_effort": is_low_effort(core, seconds),
        "submitted_at": one.submitted_at,
        "language": one.language,
        "recent": one.recent,
        "points": one.points,
        "core": one.core,
    }
    db.session.execute(insert(ScoredResponse), [row])
    values = [own | {"measure": measure, "value": v} for measure, v in one.values.items()]
    if values:
        db.session.execute(insert(PersonScore), values)


def _delete(response_id: int) -> None:
    for table in (PersonScore, ScoredResponse):
        statement = delete(table).where(table.response_id == response_id)
        db.session.execute(statement.execution_options(synchronize_session=False))


def _lock(contact_id: int | None) -> None:
    """Let two forms of one person be sent one after the other: their answers count together."""
    if contact_id is not None and db.session.get_bind().dialect.name != "sqlite":
        person = select(Contact.id).where(Contact.id == contact_id)
        db.session.execute(person.with_for_update(key_share=True))


def recent_since(now: datetime) -> datetime:
    """Return the time before which answers are no longer among those of the last year."""
    return now - timedelta(days=RECENT_DAYS)


def has_expired() -> bool:
    """Say whether answers count as recent that have grown older than a year."""
    return bool(outdated_contacts(recent_since(clock.now()), 1))


def expire_next() -> bool:
    """Take answers older than a year out of the recent ones, some people's at a time; commit."""
    since = recent_since(clock.now())
    people = outdated_contacts(since, _AT_ONCE)
    for contact_id in people:
        _lock(contact_id)
        own = ScoredResponse.contact_id == contact_id
        before = of_person(list_scored(own))
        db.session.execute(
            update(ScoredResponse)
            .where(own, ScoredResponse.submitted_at <= since)
            .values(recent=False)
            .execution_options(synchronize_session=False)
        )
        add(difference(before, of_person(list_scored(own))))
    db.session.commit()
    return bool(people)
