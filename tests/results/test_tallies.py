"""Figures of organisations and of all together; expected values computed by hand."""

from datetime import timedelta

import pytest
from flask import Flask

from feedback import clock
from feedback.analytics.figures import (
    AccountMean,
    Nps,
    NpsCounts,
    NpsFew,
    RollupMean,
    Share,
    TooFew,
)
from feedback.organisations import service as organisations
from feedback.results.queries.counted import read_tallies, read_waves
from feedback.results.scope import portfolio, wave
from feedback.results.tallies import Tallies, Tally
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
)


def test_one_organisation_alone_shows_its_own_figure() -> None:
    found = Tallies([Tally(7, "index", 1, 360, 360 * 360)]).score("index")
    assert isinstance(found, AccountMean)
    assert (found.n, found.mean) == (1, 75.0)


def test_the_interval_of_an_account_uses_the_dispersion_of_all() -> None:
    """By hand: phi_raw .5, phi (4*.15+.5)/5 = .22, n_e 9.0909, q 2.5706: 34.5 to 94.5."""
    tallies = Tallies([Tally(1, "index", 2, 720, 480**2 + 240**2), Tally(2, "index", 1, 0, 0)])
    found = tallies.account_score("index", 1)
    assert isinstance(found, AccountMean)
    assert found.mean == 75.0
    assert found.interval.lo == pytest.approx(34.48, abs=0.01)
    assert found.interval.hi == pytest.approx(94.48, abs=0.01)


def test_nine_recommendations_are_counts_and_ten_are_a_score() -> None:
    nine = Tallies([Tally(1, "nps", 9, 81, 729, low=0, high=9)])
    ten = Tallies([Tally(1, "nps", 10, 90, 810, low=0, high=10)])
    few, score = nine.account_recommendation(1), ten.account_recommendation(1)
    assert isinstance(few, NpsFew)
    assert few.score == TooFew(9, 10)
    assert isinstance(score, Nps)
    assert score.nps == 100


def test_four_people_have_no_favourable_share_and_five_have_one_with_its_interval() -> None:
    """Wilson's interval of 4 of 5: 37.6 to 96.4 (R, binom.confint)."""
    four = Tallies([Tally(1, "trust", 4, 80, 1_700, high=3)])
    five = Tallies([Tally(1, "trust", 5, 100, 2_100, high=4)])
    assert four.favourable("trust") == TooFew(4, 5)
    found = five.favourable("trust")
    assert isinstance(found, Share)
    assert (found.count, found.n, found.share) == (4, 5, 0.8)
    assert 100 * found.interval.lo == pytest.approx(37.6, abs=0.05)
    assert 100 * found.interval.hi == pytest.approx(96.4, abs=0.05)


def test_in_the_favourable_share_of_several_organisations_each_counts_the_same() -> None:
    two = Tallies([Tally(1, "trust", 9, 200, 4_500, high=9), Tally(2, "trust", 1, 3, 9, high=0)])
    found = two.favourable("trust")
    assert isinstance(found, RollupMean)
    assert (found.n, found.accounts, found.mean) == (10, 2, 50.0)
    few = Tallies([Tally(1, "trust", 2, 40, 800, high=1), Tally(2, "trust", 2, 40, 800, high=2)])
    assert few.favourable("trust") == TooFew(4, 5)


def test_nothing_at_all_is_too_few_everywhere() -> None:
    none = Tallies([])
    assert none.score("index") == none.recommendation() == TooFew(0, 1)
    assert none.account_score("trust", 1) == none.account_recommendation(1) == TooFew(0, 1)


def test_answers_of_a_campaign_add_up_by_organisation(app: Flask) -> None:
    """Points 5 and 3 are the integers 24 and 12 on a dimension, 480 and 240 on the index; one of
    the two is favourable.
    """
    first, second = an_organisation_with(3), an_organisation_with(1)
    campaign = a_campaign()
    happy, fair, _silent = invitations_of(campaign, first)
    (bad,) = invitations_of(campaign, second)
    a_sent_response(happy, all_points(5, nps="10"))
    a_sent_response(fair, all_points(3, nps="7"))
    a_sent_response(bad, all_points(1, nps="0"))
    tallies = read_tallies(wave(campaign.id, campaign.launched_at, clock.now()))
    assert tallies.of("trust")[first.id] == Tally(first.id, "trust", 2, 36, 720, low=0, high=1)
    assert tallies.of("index")[first.id].sums == (2, 720, 288_000)
    assert tallies.of("nps")[first.id].counts == NpsCounts(0, 1, 1)
    assert tallies.of("nps")[second.id].counts == NpsCounts(1, 0, 0)
    index = tallies.score("index")
    assert isinstance(index, RollupMean)
    assert (index.n, index.accounts, index.mean, index.se) == (3, 2, 37.5, 37.5)


def test_a_break_off_is_not_scored(app: Flask) -> None:
    organisation = an_organisation_with(1)
    campaign = a_campaign()
    (invitation,) = invitations_of(campaign, organisation)
    a_sent_response(invitation, {"csat": "5", "t1": "5"})
    tallies = read_tallies(wave(campaign.id, campaign.launched_at, clock.now()))
    assert tallies.score("csat") == TooFew(0, 1)


def test_the_portfolio_takes_the_latest_answers_of_the_year(app: Flask) -> None:
    organisation = an_organisation_with(2)
    now = clock.now()
    for days, points in ((400, ("1", "1")), (200, ("2", "2")), (20, ("5", ""))):
        with clock.standing_at(now - timedelta(days=days)):
            campaign = a_campaign()
            for invitation, point in zip(
                invitations_of(campaign, organisation), points, strict=True
            ):
                if point:
                    a_sent_response(invitation, all_points(int(point)))
    tallies = read_tallies(portfolio(now))
    # The first contact's newest points are 5 (24), the second's 2 (6); both 1 are too old.
    assert tallies.of("trust")[organisation.id].sums == (2, 30, 612)


def test_a_pulse_does_not_put_the_relationship_survey_aside(app: Flask) -> None:
    organisation = an_organisation_with(1)
    now = clock.now()
    for days, questionnaire, answers in (
        (100, "client_relationship", all_points(5)),
        (10, "pulse", {"csat": "2"}),
    ):
        with clock.standing_at(now - timedelta(days=days)):
            campaign = a_campaign(questionnaire=questionnaire)
            a_sent_response(invitations_of(campaign, organisation)[0], answers)
    tallies = read_tallies(portfolio(now))
    assert tallies.of("trust")[organisation.id].s1 == 24
    assert tallies.of("csat")[organisation.id].sums == (1, 1, 1)


def test_archived_organisations_are_not_in_the_portfolio(app: Flask) -> None:
    organisation = an_organisation_with(1)
    campaign = a_campaign()
    a_sent_response(invitations_of(campaign, organisation)[0], all_points(4))
    organisations.archive_organisation(organisation)
    now = clock.now()
    assert read_tallies(portfolio(now)).score("index") == TooFew(0, 1)
    assert read_tallies(wave(campaign.id, campaign.launched_at, now)).of("index")


def test_each_wave_has_its_own_index(app: Flask) -> None:
    organisation = an_organisation_with(1)
    now, campaigns = clock.now(), []
    for days, point in ((100, 2), (5, 4)):
        with clock.standing_at(now - timedelta(days=days)):
            campaigns.append(a_campaign())
            a_sent_response(invitations_of(campaigns[-1], organisation)[0], all_points(point))
    found = read_waves([campaign.id for campaign in campaigns], portfolio(now), "index")
    means = [found[c.id].account_score("index", organisation.id) for c in campaigns]
    assert [m.mean for m in means if isinstance(m, AccountMean)] == [25.0, 75.0]
