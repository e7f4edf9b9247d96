"""What our own team guesses moves no figure of a client, whatever way it was sent."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from feedback import clock
from feedback.analytics import service as analytics
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results import scope
from feedback.results.account import Account, account
from feedback.results.explorer.filters import Wanted
from feedback.results.explorer.queries.finding import find, list_named_campaigns
from feedback.results.exports.orders import REVIEWS
from feedback.results.exports.orders import Wanted as Order
from feedback.results.exports.queries.organisations import list_rows
from feedback.results.exports.queries.reviews import read_reviews
from feedback.results.kept.codec import encode
from feedback.results.overview import overview
from feedback.results.queries.newest import list_newest
from feedback.results.queries.pages import read_account, read_peers, read_summary
from feedback.results.queries.waves import list_periods
from feedback.results.scope import Scope
from feedback.surveys.mirror import MIRROR
from tests.builders.mirror import a_mirror
from tests.builders.portfolio import NOW, Portfolio
from tests.builders.results import a_campaign, a_sent_response, all_points, analysed
from tests.results.screens import Screen
from tests.rows import inside

WORDS = "They think that we are faultless."
GUESS = all_points(5, nps="10", reason=WORDS, improve=WORDS)


@pytest.fixture
def inside_world(world: Flask) -> Iterator[Flask]:
    """The portfolio's app, in its context."""
    with inside(world):
        yield world


def scopes(made: Portfolio) -> list[Scope]:
    """Give the scopes that pages show: days, a year, a wave."""
    later = NOW + timedelta(hours=1)
    wave = db.session.get_one(Campaign, made.campaigns["Summer 2026"])
    days = scope.portfolio(later)
    return [days, scope.in_year(2026), scope.wave(wave.id, wave.launched_at, later)]


def told_of_clients(made: Portfolio) -> dict[str, Any]:
    """Return every figure and every comment that pages, lists and exports tell of clients."""
    told: dict[str, Any] = {}
    for within in scopes(made):
        told[f"summary {within.key}"] = json.dumps(encode(overview(read_summary(within))))
        told[f"lines {within.key}"] = list_rows(within)
        told[f"newest {within.key}"] = list_newest(within, 5)
        for name in ("Retail 1", "Silent", "Partner 1"):
            told[f"{name} {within.key}"] = _account(within, made.organisations[name])
    told["explorer"] = find(Wanted(), None, ZoneInfo("UTC"))
    told["its campaigns"] = list_named_campaigns()
    reviews = read_reviews(Order(REVIEWS))
    told["reviews"] = (reviews.count, [list(row) for row in reviews.rows])
    told["periods"] = list_periods()
    return told


def _account(within: Scope, organisation_id: int) -> Account:
    peers = read_peers(within, organisation_id)
    found = account(read_account(within, organisation_id, peers, "en"))
    others = [each for each in found.statements if each.evidence != "mirror"]
    return replace(found, mirror=None, statements=others)


def by_links(made: Portfolio) -> Campaign:
    """Let two colleagues guess about each of three organisations, by their links."""
    names = ("Retail 1", "Silent", "Partner 1")
    homes = [db.session.get_one(Organisation, made.organisations[each]) for each in names]
    return a_mirror({each: [GUESS, GUESS] for each in homes})


def by_mail(_made: Portfolio) -> Campaign:
    """Send the questionnaire to contacts, as nobody should, and let all of them answer."""
    campaign = a_campaign(questionnaire=MIRROR, name="By mail", audience={"rest_days": 0})
    own = Invitation.campaign_id == campaign.id
    for invitation in db.session.scalars(select(Invitation).where(own)):
        a_sent_response(invitation, GUESS)
    return campaign


@pytest.mark.usefixtures("inside_world")
@pytest.mark.parametrize("sent", [by_links, by_mail])
def test_guesses_of_our_team_move_nothing_that_is_told_of_clients(
    made: Portfolio, sent: Any
) -> None:
    analysed()
    before = told_of_clients(made)
    sent(made)
    analysed()
    after = told_of_clients(made)
    assert [key for key in before if before[key] != after[key]] == []


@pytest.mark.usefixtures("inside_world")
@pytest.mark.parametrize("sent", [by_links, by_mail])
def test_sums_made_anew_leave_the_guesses_apart_as_well(made: Portfolio, sent: Any) -> None:
    sent(made)
    analysed()
    before = told_of_clients(made)
    assert list(analytics.check()) == []
    analytics.rebuild()
    assert list(analytics.check()) == []
    assert told_of_clients(made) == before


def test_their_own_campaign_shows_the_guesses_and_says_whose_they_are(
    world: Flask, viewer: FlaskClient, made: Portfolio
) -> None:
    for sent in (by_links, by_mail):
        with inside(world):
            campaign_id = sent(made).id
            analysed()
        path = f"/campaigns/{campaign_id}/summary"
        page = Screen(path, viewer.get(path).text).main.text
        assert "These are our own team's guesses" in page
        assert "faultless" in page


def test_no_page_of_organisations_takes_the_guesses_for_a_wave(
    world: Flask, viewer: FlaskClient, made: Portfolio
) -> None:
    with inside(world), clock.standing_at(NOW):
        wave = by_mail(made).id
    home = made.organisations["Retail 1"]
    for path in (f"/?period=w{wave}", f"/organisations/{home}?period=w{wave}"):
        assert viewer.get(path).status_code == 404
    assert "By mail" not in viewer.get(f"/organisations/{home}").text
