"""Builders of confidential campaigns: units of some size, of which some people answer."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from sqlalchemy import update

from feedback.analytics.service import freezing
from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.responses.models import SurveyResponse
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
)


def units_of(*sizes: int, below: Organisation | None = None, word: str = "Unit") -> list[Any]:
    """Make internal units with so many people, called "Unit A", "Unit B" …, all below one."""
    made = []
    for size, letter in zip(sizes, ascii_uppercase, strict=False):
        unit = an_organisation_with(size, kind="internal", name=f"{word} {letter}")
        unit.parent_id = below.id if below else None
        made.append(unit)
    db.session.commit()
    return made


def a_confidential_campaign(**given: Any) -> Campaign:
    """Launch a confidential campaign to everybody there is."""
    return a_campaign(questionnaire="internal_unit", confidentiality="confidential", **given)


def answering(
    campaign: Campaign, unit: Organisation, points: Sequence[int], **answers: str
) -> list[Invitation]:
    """Let one person of a unit after the other answer, each giving one point all the way."""
    people = invitations_of(campaign, unit)[: len(points)]
    for invitation, point in zip(people, points, strict=True):
        a_sent_response(invitation, all_points(point, **answers))
    return list(people)


def commenting(number: int) -> dict[str, str]:
    """Give a comment that nobody else has written: "Remark 7 …" for 7."""
    return {"reason": f"Remark {number} on how we work together."}


def closed(campaign: Campaign) -> None:
    """Close a campaign and let the worker freeze its results."""
    campaigns.close(campaign)
    frozen()


def frozen() -> None:
    """Let the worker freeze whatever waits for it."""
    while freezing.is_waiting():
        freezing.freeze_next()


def late(invitation: Invitation, answers: Mapping[str, str]) -> SurveyResponse:
    """Let an answer in that was on its way when the campaign closed."""
    own = update(Campaign).where(Campaign.id == invitation.campaign_id)
    db.session.execute(own.values(state="running"))
    db.session.commit()
    db.session.expire_all()
    sent = a_sent_response(invitation, answers)
    db.session.execute(own.values(state="closed"))
    db.session.commit()
    db.session.expire_all()
    return sent
