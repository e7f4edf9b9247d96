"""Builders of campaigns and invitations, made through the real services."""

from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from feedback import clock
from feedback.auth.models import User
from feedback.campaigns import compose, queries, service, tokens
from feedback.campaigns.audience import Audience
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.surveys import queries as surveys
from feedback.surveys.service import install_shipped
from tests.builders.organisations import a_contact
from tests.builders.people import a_colleague


def a_draft(**given: Any) -> Campaign:
    """Make a draft that asks the client questionnaire, with nothing missing."""
    install_shipped()
    version = surveys.find_newest_version(given.pop("questionnaire", "client_relationship"))
    assert version is not None
    values = {
        "name": "Spring wave",
        "survey_version_id": version.id,
        "company": "Sagara",
        "closes_at": clock.now() + timedelta(days=14),
        "audience": Audience().to_data(),
        "messages": compose.default_messages(),
    }
    user = db.session.scalar(select(User).limit(1)) or a_colleague()
    return service.create_campaign(user, values | given)


def a_launched_campaign(**given: Any) -> Campaign:
    """Make a campaign and launch it to every contact there is."""
    campaign = a_draft(**given)
    audience = Audience.from_data(campaign.audience)
    service.launch(campaign, queries.headcount(audience, clock.now(), campaign.id).mails)
    while service.invite_next():
        pass
    db.session.refresh(campaign)
    return campaign


def an_invitation(contact: Contact | None = None, **given: Any) -> Invitation:
    """Make a contact, unless one is given, and invite every contact to a new campaign."""
    asked = contact or a_contact()
    campaign = a_launched_campaign(**given)
    invitation = db.session.scalar(
        select(Invitation).where(
            Invitation.campaign_id == campaign.id, Invitation.contact_id == asked.id
        )
    )
    assert invitation is not None
    return invitation


def token_of(invitation: Invitation) -> str:
    """Return the token that stands in this invitation's mail."""
    return tokens.personal_token(current_app.config["TOKEN_KEY"], invitation.nonce)
