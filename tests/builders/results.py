"""Builders of answers that stand in results: organisations, people asked, forms sent."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from feedback import clock
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.outbox.models import Mail
from feedback.outbox.states import MailState
from feedback.responses import service as responses
from feedback.responses.models import SurveyResponse
from feedback.responses.queries import invited
from feedback.responses.service import Incoming, Origin
from feedback.sentiment import service as sentiment
from feedback.sentiment.models import CommentAnalysis
from feedback.sentiment.signals import comments_changed
from feedback.surveys.published import questionnaire
from feedback.surveys.questions import get_type
from tests.builders.campaigns import a_launched_campaign
from tests.builders.organisations import a_contact, an_organisation

_numbers = itertools.count(1)
DIMENSION_ITEMS = {
    "trust": ("t1", "t2", "t3"),
    "reliability": ("l1", "l2"),
    "responsiveness": ("r1", "r2"),
    "communication": ("k1", "k2"),
    "empathy": ("e1", "e2"),
}


def an_organisation_with(people: int, **given: Any) -> Organisation:
    """Make an organisation with so many contacts."""
    organisation = an_organisation(**given)
    # Known for years, so that campaigns of the past could ask them.
    with clock.standing_at(clock.now() - timedelta(days=1_000)):
        for _ in range(people):
            a_contact(organisation=organisation)
    return organisation


def a_campaign(**given: Any) -> Campaign:
    """Launch a campaign to everybody whose mails all got out."""
    campaign = a_launched_campaign(**given)
    set_mails(campaign, MailState.SENT)
    return campaign


def invitations_of(campaign: Campaign, organisation: Organisation) -> Sequence[Invitation]:
    """Return the campaign's invitations to an organisation, in order of its contacts."""
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.campaign_id == campaign.id, Invitation.organisation_id == organisation.id)
        .order_by(Invitation.contact_id)
    ).all()


def set_mails(campaign: Campaign, state: MailState, invitation: Invitation | None = None) -> None:
    """Say what became of the mails of a campaign, or of one invitation."""
    refs = select(Invitation.id).where(Invitation.campaign_id == campaign.id)
    wanted = Mail.ref == invitation.id if invitation else Mail.ref.in_(refs)
    db.session.execute(
        update(Mail)
        .where(Mail.kind == "invitation", wanted)
        .values(state=state.value)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()


def all_points(point: int, **given: str) -> dict[str, str]:
    """Give the same point 1..5 on every dimension's items and on satisfaction, plus `given`."""
    same = {item: str(point) for items in DIMENSION_ITEMS.values() for item in items}
    return same | {"csat": str(point)} | given


def a_sent_response(
    invitation: Invitation, answers: Mapping[str, str], revision: int = 0
) -> SurveyResponse:
    """Answer and send the form of an invitation, through the service; once more at a revision."""
    incoming = _incoming(invitation, answers)
    origin = Origin(language="en", window="w", sequence=1 + revision, revision=revision)
    return responses.submit(invited(invitation), incoming, origin, f"form-{next(_numbers)}")


def an_open_response(invitation: Invitation, answers: Mapping[str, str]) -> None:
    """Begin the form of an invitation and do not send it."""
    origin = Origin(language="en", window="w", sequence=1, revision=0)
    responses.save(invited(invitation), _incoming(invitation, answers), origin)


def analysed() -> None:
    """Let every waiting comment be analysed."""
    while sentiment.analyse_next():
        pass


def judged(text: str, label: str, *, sure: bool = True, **dimensions: float) -> None:
    """Store a verdict on every comment of these words."""
    db.session.execute(
        update(CommentAnalysis)
        .where(CommentAnalysis.text == text)
        .values(
            version="test-1",
            label=label,
            polarity={"positive": 0.8, "negative": -0.8}.get(label, 0.0),
            confidence=0.9 if sure else 0.4,
            sure=sure,
            dimensions=dimensions,
            evidence=[],
        )
    )
    own = select(CommentAnalysis.response_id).where(CommentAnalysis.text == text)
    comments_changed.send(None, response_ids=list(db.session.scalars(own)))
    db.session.commit()


def _incoming(invitation: Invitation, answers: Mapping[str, str]) -> list[Incoming]:
    version = invitation.campaign.survey_version
    asked = questionnaire(version.digest, version.definition)
    return [
        Incoming(
            key,
            get_type(asked.get_question(key).type).normalise(asked.get_question(key), [value]),
            0,
        )
        for key, value in answers.items()
    ]
