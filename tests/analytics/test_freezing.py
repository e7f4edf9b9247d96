"""When a confidential campaign closes, its results are frozen by the worker."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from feedback import clock
from feedback.analytics.models import ConfidentialRelease
from feedback.analytics.release import Release
from feedback.analytics.service import freezing
from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.responses import service as responses
from feedback.responses.models import SurveyResponse
from tests.builders.confidential import (
    a_confidential_campaign,
    answering,
    closed,
    frozen,
    late,
    units_of,
)
from tests.builders.people import a_user
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_open_response,
    an_organisation_with,
    invitations_of,
)

Wave = tuple[Campaign, list[Organisation]]


@pytest.fixture
def wave(app: Flask) -> Wave:
    """Units of 12, 6 and 3 people in a campaign that is running; nobody has answered yet."""
    a_user()
    units = units_of(12, 6, 3)
    return a_confidential_campaign(), units


def known_of(campaign: Campaign) -> ConfidentialRelease:
    """Return what is frozen as the database holds it now."""
    db.session.rollback()
    return db.session.get_one(ConfidentialRelease, campaign.id, populate_existing=True)


def release_of(campaign: Campaign) -> Release:
    """Return the release of a campaign."""
    content = known_of(campaign).content
    assert content is not None
    return Release.from_data(content)


def test_groups_by_people_invited_are_frozen_at_the_launch(wave: Wave) -> None:
    """A unit that is moved later moves nobody from one response rate into another."""
    campaign, (large, middle, small) = wave
    frozen()
    expected = [[[large.id], 12], [[middle.id, small.id], 9]]
    assert known_of(campaign).asked == expected
    small.parent_id = large.id
    db.session.commit()
    frozen()
    assert known_of(campaign).asked == expected


def test_nothing_is_published_while_the_campaign_takes_answers(wave: Wave) -> None:
    campaign, (large, *_rest) = wave
    answering(campaign, large, [4] * 9)
    frozen()
    campaigns.pause(campaign)
    frozen()
    assert known_of(campaign).content is None
    assert not freezing.is_waiting()


def test_at_the_close_every_answer_is_in_exactly_one_group_of_five(wave: Wave) -> None:
    campaign, (large, middle, small) = wave
    answering(campaign, large, [4] * 9)
    answering(campaign, middle, [2] * 4)
    answering(campaign, small, [1] * 2)
    closed(campaign)
    found = release_of(campaign)
    assert [(g.units, g.invited, g.people) for g in found.groups] == [
        ((large.id,), 12, 9),
        ((middle.id, small.id), 9, 6),
    ]
    sums = [(cell.n, cell.s1) for cell in found.cells["csat"]]
    assert sums == [(9, 9 * 3), (6, 4 * 1 + 2 * 0)]
    assert not freezing.is_waiting()


def test_a_campaign_closed_by_its_date_is_frozen_too(wave: Wave) -> None:
    campaign, (large, *_rest) = wave
    answering(campaign, large, [4] * 9)
    with clock.standing_at(campaign.closes_at + timedelta(minutes=1)):
        assert campaigns.close_overdue()
        frozen()
    assert [group.people for group in release_of(campaign).groups] == [9]


def test_a_campaign_few_answered_is_frozen_without_anything(wave: Wave) -> None:
    campaign, (large, *_rest) = wave
    answering(campaign, large, [4] * 4)
    closed(campaign)
    assert release_of(campaign).groups == ()


def test_forms_not_sent_or_sent_half_empty_do_not_count(wave: Wave) -> None:
    campaign, (large, *_rest) = wave
    answering(campaign, large, [4] * 5)
    an_open_response(invitations_of(campaign, large)[7], all_points(1))
    a_sent_response(invitations_of(campaign, large)[8], {"csat": "1", "reason": "No time."})
    closed(campaign)
    found = release_of(campaign)
    assert [group.people for group in found.groups] == [cell.n for cell in found.cells["csat"]]
    assert (found.groups[0].people, found.voices) == (5, ())


def test_named_campaigns_are_left_alone(app: Flask) -> None:
    a_user()
    an_organisation_with(6)
    campaign = a_campaign()
    campaigns.close(campaign)
    assert not freezing.is_waiting()
    assert db.session.scalar(select(ConfidentialRelease)) is None


def test_an_answer_that_comes_after_the_close_changes_nothing(wave: Wave) -> None:
    """PRV-08 (c)."""
    campaign, (large, *_rest) = wave
    answering(campaign, large, [4] * 5)
    closed(campaign)
    before = known_of(campaign).content
    late(invitations_of(campaign, large)[5], all_points(1))
    assert freezing.is_waiting()
    frozen()
    assert known_of(campaign).content == before


def test_five_answers_that_come_after_the_close_show_together(wave: Wave) -> None:
    campaign, (large, *_rest) = wave
    answering(campaign, large, [4] * 5)
    closed(campaign)
    for number, invitation in enumerate(invitations_of(campaign, large)[5:10], 1):
        late(invitation, all_points(1))
        frozen()
        assert release_of(campaign).groups[0].people == (10 if number == 5 else 5)


def test_what_was_too_few_is_published_once_it_is_enough(wave: Wave) -> None:
    """Nothing was shown before, so there is nothing to take the difference from."""
    campaign, (large, *_rest) = wave
    answering(campaign, large, [4] * 4)
    closed(campaign)
    late(invitations_of(campaign, large)[4], all_points(1))
    frozen()
    assert [group.people for group in release_of(campaign).groups] == [5]


def test_an_erased_answer_leaves_what_is_shown_as_it_was(wave: Wave) -> None:
    campaign, (large, *_rest) = wave
    answering(campaign, large, [4] * 7)
    closed(campaign)
    before = known_of(campaign).content
    gone = db.session.scalars(select(SurveyResponse.id).limit(1)).one()
    responses.erase(gone)
    frozen()
    assert known_of(campaign).content == before


def test_a_second_worker_finds_nothing_left(wave: Wave) -> None:
    campaign, (large, *_rest) = wave
    answering(campaign, large, [4] * 7)
    closed(campaign)
    assert freezing.freeze_next() is False
    assert db.session.scalars(select(ConfidentialRelease.campaign_id)).all() == [campaign.id]
