"""Builders of campaigns by public links and of their links, made through the real services."""

import itertools
from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import select

from feedback.auth.models import User
from feedback.campaigns import service, tokens
from feedback.campaigns.links import PUBLIC, Spot
from feedback.campaigns.models import Campaign, PublicLink
from feedback.extensions import db
from feedback.responses import queries as responses
from feedback.responses import service as answering
from feedback.responses.arriving import Incoming
from feedback.responses.models import SurveyResponse
from feedback.surveys.questions import get_type
from tests.builders.campaigns import a_draft
from tests.builders.organisations import an_organisation
from tests.builders.responses import an_origin

_passers_by = itertools.count(1_001)


def a_public_draft(**given: Any) -> Campaign:
    """Make a draft that collects by public links, without any link yet."""
    values = {"questionnaire": "customer_moment", "name": "At the counter", "messages": {}}
    return a_draft(kind=PUBLIC, audience={}, **values | given)


def a_link(campaign: Campaign | None = None, **given: Any) -> PublicLink:
    """Make a link in a campaign, which is made and opened unless one is given."""
    home = campaign or a_public_draft()
    spot = Spot(
        given.pop("place", "Counter 1"),
        given.pop("channel", "counter"),
        given.pop("staff_role", ""),
    )
    unit = given.pop("organisation", None) or an_organisation(kind="internal")
    user = db.session.scalars(select(User).limit(1)).one()
    settings = {"language": "en", "kiosk": False} | given
    (link,) = service.add_links(home, user, [spot], organisation_id=unit.id, **settings)
    if campaign is None:
        service.open_campaign(home)
    return link


def public_token_of(link: PublicLink) -> str:
    """Return the token that stands in this link's QR code."""
    return tokens.public_token(current_app.config["TOKEN_KEY"], link.nonce)


def a_walk_in(link: PublicLink, answers: Mapping[str, str]) -> SurveyResponse:
    """Let somebody who passes by a link answer and send."""
    number = next(_passers_by)
    respondent = responses.walked_in(link, number)
    incoming = []
    for key, value in answers.items():
        question = respondent.asked.get_question(key)
        incoming.append(Incoming(key, get_type(question.type).normalise(question, [value]), 0))
    return answering.submit(respondent, incoming, an_origin(), f"submission-of-{number:08}")
