"""Words of a confidential campaign leave in no list of corrections and teach no model (PRV-08)."""

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.sentiment import service
from feedback.sentiment.corrections import Ruling
from feedback.sentiment.models import CommentAnalysis
from feedback.sentiment.queries import corrected_examples, find_judged, list_corrections
from tests.builders.people import a_user
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
)

Where = tuple[int, str]


@pytest.fixture
def comment(app: Flask) -> Where:
    """A comment of a named campaign."""
    unit = an_organisation_with(1)
    campaign = a_campaign()
    a_sent_response(invitations_of(campaign, unit)[0], all_points(4, reason="They never call."))
    found = db.session.scalars(select(CommentAnalysis)).one()
    return found.response_id, found.question


def _corrected(where: Where) -> None:
    judged = find_judged(*where)
    assert judged is not None
    service.correct(where, Ruling("negative", {}), a_user().id, judged.state)


def _made_confidential() -> None:
    """Turn the mode as no page can, so that what is left behind by any way is met."""
    campaign = db.session.scalars(select(Campaign)).one()
    campaign.confidentiality = "confidential"
    db.session.commit()


def test_a_confidential_comment_cannot_be_opened_or_corrected(comment: Where) -> None:
    judged = find_judged(*comment)
    assert judged is not None
    _made_confidential()
    assert find_judged(*comment) is None
    with pytest.raises(service.Outdated):
        service.correct(comment, Ruling("negative", {}), a_user().id, judged.state)


def test_a_confidential_correction_is_in_no_file_and_no_training(comment: Where) -> None:
    _corrected(comment)
    assert [past.correction.text for past in list_corrections()] == ["They never call."]
    assert [example.text for example in corrected_examples()] == ["They never call."]
    _made_confidential()
    assert list(list_corrections()) == []
    assert corrected_examples() == []
