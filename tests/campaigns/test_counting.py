"""Large campaigns are counted by the worker: the same figures, and again in time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback import clock
from feedback.campaigns import queries as live
from feedback.campaigns import service as campaigns
from feedback.campaigns.counting import pace, queries, service
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from tests.builders.campaigns import a_launched_campaign
from tests.builders.organisations import a_contact
from tests.builders.responses import a_submitted_response
from tests.rows import counting_statements

Login = Callable[[str], FlaskClient]


@pytest.fixture
def large(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Campaign:
    """A running campaign to three people, which counts as many here."""
    monkeypatch.setattr(queries, "LARGE_FROM", 3)
    for _ in range(3):
        a_contact()
    return a_launched_campaign()


def answer(campaign: Campaign) -> None:
    """Let the next of the people answer."""
    waiting = db.session.query(live.Invitation).filter_by(campaign_id=campaign.id, answered_at=None)
    a_submitted_response(waiting.order_by(live.Invitation.id).first())


def test_a_small_campaign_is_counted_while_one_waits(app: Flask) -> None:
    a_contact()
    campaign = a_launched_campaign()
    assert not service.is_waiting()
    assert not service.count_next()
    assert queries.find_funnel(campaign.id) == (live.funnel(campaign.id), None)


def test_what_is_kept_is_what_was_counted(large: Campaign) -> None:
    answer(large)
    now = clock.now()
    with clock.standing_at(now):
        assert service.count_next()
        assert not service.is_waiting()
    assert queries.find_funnel(large.id) == (live.funnel(large.id), now)
    (listed,) = queries.list_campaigns()
    assert (listed.campaign.id, listed.invited, listed.answered) == (large.id, 3, 1)
    assert listed.counted_at == now


def test_a_page_of_a_large_campaign_counts_nobody(large: Campaign) -> None:
    service.count_next()
    with counting_statements(db.engine) as sent:
        queries.find_funnel(large.id)
        queries.list_campaigns()
    assert not [each for each in sent if "count(" in each]


def test_it_is_counted_again_while_it_runs_at_its_end_and_rarely_afterwards(
    large: Campaign,
) -> None:
    now = clock.now()
    with clock.standing_at(now):
        service.count_next()
        answer(large)
    with clock.standing_at(now + pace.LEAST_AGE):
        assert service.count_next()
        assert queries.find_funnel(large.id)[0].completed == 1
        campaigns.close(large)
    with clock.standing_at(now + 2 * pace.LEAST_AGE):
        assert service.count_next()
    with clock.standing_at(now + 3 * pace.LEAST_AGE):
        assert not service.count_next()
    with clock.standing_at(now + timedelta(hours=1)):
        assert service.count_next()


def test_pages_say_when_a_large_campaign_was_counted(large: Campaign, login: Login) -> None:
    reader = login("viewer")
    assert "ounted at" not in reader.get("/campaigns").text
    assert "ounted at" not in reader.get(f"/campaigns/{large.id}").text
    service.count_next()
    assert "last counted at" in reader.get("/campaigns").text
    assert "Counted at" in reader.get(f"/campaigns/{large.id}").text
