"""Builders of reviews to be found: comments sent through the form, told as a test wants them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from feedback import clock
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.responses.models import SurveyResponse
from feedback.sentiment.models import CommentAnalysis
from feedback.sentiment.signals import comments_changed
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
)

SIDES = {"positive": 0.8, "negative": -0.8}


def reviewed(
    *texts: str,
    organisation: Mapping[str, Any] | None = None,
    point: int = 4,
    apart: timedelta = timedelta(0),
    **campaign: Any,
) -> list[int]:
    """Let one person per text write it in a new campaign, all at one new organisation.

    They send one after the other, so much time `apart`. Return their responses in that order.
    """
    home = an_organisation_with(len(texts), **(organisation or {}))
    asked = a_campaign(**campaign)
    start = clock.now()
    sent = []
    for number, (invitation, text) in enumerate(
        zip(invitations_of(asked, home), texts, strict=True)
    ):
        with clock.standing_at(start + number * apart):
            sent.append(a_sent_response(invitation, all_points(point, reason=text)).id)
    return sent


def told(response_id: int, label: str, **given: Any) -> None:
    """Store a verdict on a response's comment, as the analyser does, and let it be heard of."""
    values = {
        "version": "test-1",
        "language": "en",
        "label": label,
        "polarity": SIDES.get(label, 0.0),
        "confidence": 0.9,
        "sure": True,
        "dimensions": {},
        "acts": [],
        "evidence": [],
    }
    own = CommentAnalysis.response_id == response_id
    db.session.execute(update(CommentAnalysis).where(own).values(values | given))
    comments_changed.send(None, response_ids=[response_id])
    db.session.commit()


def organisation_of(response_id: int) -> Organisation:
    """Return the organisation a response came from."""
    return db.session.get_one(Organisation, _response(response_id).organisation_id)


def campaign_of(response_id: int) -> Campaign:
    """Return the campaign a response answers."""
    return db.session.get_one(Campaign, _response(response_id).campaign_id)


def texts_of(response_ids: Sequence[int]) -> list[str]:
    """Return what these people wrote, in order."""
    own = CommentAnalysis.response_id
    rows = db.session.execute(select(own, CommentAnalysis.text).where(own.in_(response_ids)))
    known = dict(rows.all())
    return [known[each] for each in response_ids]


def _response(response_id: int) -> SurveyResponse:
    return db.session.get_one(SurveyResponse, response_id)
