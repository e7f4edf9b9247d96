"""The page of one organisation: hasty answers, agreement, question by question, who answered."""

from datetime import timedelta

import pytest
from flask import Flask

from feedback import clock
from feedback.analytics.figures import AccountMean, TooFew
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations import service as organisations
from feedback.organisations.models import Organisation
from feedback.results import scope
from feedback.results.account import Account, AskedQuestion, account, rows_of
from feedback.results.persons import without_hasty
from feedback.results.queries.account import list_persons, read_questions
from feedback.results.queries.pages import read_account, read_peers
from feedback.results.scope import Scope
from tests.builders.campaigns import an_invitation
from tests.builders.organisations import a_contact
from tests.builders.results import (
    DIMENSION_ITEMS,
    a_campaign,
    a_sent_response,
    all_points,
    an_open_response,
    an_organisation_with,
    invitations_of,
)
from tests.results.conftest import Reader

APART = {item: str(2 + at % 3) for at, item in enumerate(sum(DIMENSION_ITEMS.values(), ()))}


def shown(organisation: Organisation, within: Scope | None = None) -> Account:
    """Make what the page of an organisation shows now."""
    asked = within or scope.portfolio(clock.now())
    peers = read_peers(asked, organisation.id)
    return account(read_account(asked, organisation.id, peers, "en"))


def of_wave(campaign: Campaign) -> Scope:
    """Return the scope of a campaign."""
    return scope.wave(campaign.id, campaign.launched_at, clock.now())


def test_a_hasty_answer_counts_and_the_figure_without_it_stands_beside(app: Flask) -> None:
    """By hand: 100 within no time, and 50 from the other; together 75."""
    home = an_organisation_with(2)
    campaign = a_campaign()
    quick, slow = invitations_of(campaign, home)
    a_sent_response(quick, all_points(5))
    begun = clock.now()
    an_open_response(slow, {"t1": "3"})
    with clock.standing_at(begun + timedelta(seconds=90)):
        a_sent_response(slow, {k: v for k, v in all_points(3).items() if k != "t1"})
    for within in (None, of_wave(campaign), scope.in_year(clock.now().year)):
        found = shown(home, within)
        assert found.hasty == 1
        assert isinstance(found.index, AccountMean)
        assert (found.index.n, found.index.mean) == (2, 75.0)
        assert isinstance(found.without_hasty, AccountMean)
        assert (found.without_hasty.n, found.without_hasty.mean) == (1, 50.0)


def test_only_a_persons_latest_answers_can_be_hasty_or_not(app: Flask) -> None:
    """What somebody gave without reading a wave ago has been put aside by a later answer."""
    home = an_organisation_with(2)
    now = clock.now()
    for days, points in ((100, (all_points(5), all_points(4))), (5, (dict(APART), None))):
        with clock.standing_at(now - timedelta(days=days)):
            campaign = a_campaign(audience={"rest_days": 0})
            for invitation, answers in zip(invitations_of(campaign, home), points, strict=True):
                if answers:
                    a_sent_response(invitation, answers)
    hasty, rest = without_hasty(list_persons(scope.portfolio(now), home.id))
    found = shown(home)
    assert hasty == 1  # the other person's, who has not answered again
    assert isinstance(found.index, AccountMean)
    assert (found.index.n, rest.n) == (2, 1)
    alone = shown(home, of_wave(campaign)).index
    assert isinstance(alone, AccountMean)
    assert 100 * rest.s1 / 480 == pytest.approx(alone.mean)


def test_who_moved_on_is_hasty_for_the_new_employer_only(app: Flask) -> None:
    old, new = an_organisation_with(1), an_organisation_with(0)
    now = clock.now()
    with clock.standing_at(now - timedelta(days=50)):
        first = a_campaign(audience={"rest_days": 0})
        (asked,) = invitations_of(first, old)
        a_sent_response(asked, all_points(5))
    person = asked.contact
    person.organisation_id = new.id
    second = a_campaign(audience={"rest_days": 0})
    (again,) = invitations_of(second, new)
    a_sent_response(again, all_points(4))
    recent = scope.portfolio(clock.now())
    assert list_persons(recent, old.id) == []
    assert [each.is_hasty for each in list_persons(recent, new.id)] == [True]
    assert [each.is_hasty for each in list_persons(of_wave(first), old.id)] == [True]


def test_the_second_view_counts_people_by_their_part_in_decisions(app: Flask) -> None:
    """By hand: 100 of a decision maker three times and 50 of a user once make 87.5."""
    home = an_organisation_with(2)
    campaign = a_campaign()
    decides, uses = invitations_of(campaign, home)
    decides.contact.weight = "decision_maker"
    a_sent_response(decides, all_points(5))
    a_sent_response(uses, all_points(3))
    found = shown(home).by_role
    assert found is not None
    assert (found.n, found.mean) == (2, 87.5)
    assert found.n_eff == pytest.approx(1.6)
    uses.contact.weight = "decision_maker"
    db.session.commit()
    assert shown(home).by_role is None


def test_the_page_says_how_it_would_be_without_hasty_answers(reader: Reader) -> None:
    page = reader.organisation("Plain 3")
    found = page.main.text
    assert "1 answer looks as if it was given without reading" in found
    n = int(page.stat("Relationship index").n)
    assert f"n {n - 1}." in found.partition("Without it the index is ")[2][:40]
    assert "without reading" not in reader.organisation("Retail 1").main.text


def a_question(*counts: int, kind: str = "agreement") -> AskedQuestion:
    """Make a question with how often each point was chosen."""
    labels = [str(point) for point in range(len(counts))]
    return AskedQuestion("k", "Words", kind, "trust", 1, labels, counts, 0)


@pytest.mark.parametrize(
    ("counts", "is_shown"),
    [((0, 0, 0, 0, 0), False), ((0, 0, 1, 0, 0), False), ((0, 0, 1, 0, 1), True)],
)
def test_counts_are_shown_from_two_people_on(counts: tuple[int, ...], is_shown: bool) -> None:
    """One person's answers to a question are that person's own."""
    asked = a_question(*counts)
    assert asked.n == sum(counts)
    assert asked.shown == (counts if is_shown else TooFew(sum(counts), 2))


def test_questions_of_a_kind_become_rows_of_its_chart() -> None:
    asked = [a_question(1, 2, 0, 0, 0), a_question(0, 0, 0, 1, 2, kind="csat")]
    assert rows_of(asked, "agreement", "effort") == [("k", (1, 2, 0, 0, 0), 0)]
    assert rows_of(asked, "nps") == []


def answered(*points: str, **more: str) -> tuple[Organisation, Campaign]:
    """Let one person for each point answer everything so, in a campaign of their own."""
    home = an_organisation_with(len(points))
    campaign = a_campaign(company="Karsa & Kawan")
    for invitation, point in zip(invitations_of(campaign, home), points, strict=True):
        a_sent_response(invitation, all_points(int(point), **more))
    return home, campaign


def test_questions_are_counted_point_by_point_and_cannot_judge_apart(app: Flask) -> None:
    home, campaign = answered("1", "4", "4")
    other = an_organisation_with(1)
    (late,) = invitations_of(a_campaign(audience={"rest_days": 0}), other)
    a_sent_response(late, all_points(5) | {"e1": "na"})
    found = {each.key: each for each in read_questions(campaign.id, home.id, "en")}
    assert found["t1"].counts == [1, 0, 0, 2, 0]
    assert (found["t1"].low, found["t1"].labels[0]) == (1, "Strongly disagree")
    assert found["csat"].counts == [1, 0, 0, 2, 0]
    assert found["t1"].dimension == "trust"
    assert "nps" not in found  # nobody was asked for a recommendation
    (theirs,) = [
        each for each in read_questions(late.campaign_id, other.id, "en") if each.key == "e1"
    ]
    assert (sum(theirs.counts), theirs.cannot_judge) == (0, 1)


def test_a_recommendation_is_counted_from_nought_to_ten(app: Flask) -> None:
    home, campaign = answered("4", "5", nps="0")
    (nps,) = [each for each in read_questions(campaign.id, home.id, "en") if each.type == "nps"]
    assert nps.counts == [2, *[0] * 10]
    assert nps.low == 0
    assert nps.key not in shown(home).agreement


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "responds to our requests"), ("id", "menanggapi"), ("ms", "maklum balas")],
)
def test_questions_name_the_company_in_the_readers_language(
    app: Flask, language: str, words: str
) -> None:
    home, campaign = answered("4", "5")
    found = {each.key: each.text for each in read_questions(campaign.id, home.id, language)}
    assert "Karsa & Kawan" in found["r1"]
    assert words in found["r1"]
    assert not any("{" in text for text in found.values())


def test_contacts_who_stand_at_both_ends_disagree_from_three_on(app: Flask) -> None:
    split, _ = answered("1", "5", "1", "5")
    two, _ = answered("1", "5")
    alike, _ = answered("4", "4", "5")
    assert len(shown(split).disagreed) == 12  # eleven of the dimensions, and satisfaction
    assert shown(two).disagreed == []
    assert shown(two).agreement["t1"] == TooFew(2, 3)
    assert shown(alike).disagreed == []


def test_questions_are_those_of_the_latest_wave_the_organisation_answered(app: Flask) -> None:
    home, first = answered("2", "3")
    with clock.standing_at(clock.now() + timedelta(days=1)):
        a_campaign(audience={"rest_days": 0})
        found = shown(home)
    assert found.questions_of is not None
    assert found.questions_of.campaign_id == first.id
    assert shown(an_organisation_with(1)).questions == []


def test_an_archived_organisation_keeps_all_its_figures_on_its_own_page(app: Flask) -> None:
    """It is left out of what is said of all; of itself it says what it said before."""
    home, _ = answered("2", "3", reason="They are late.", nps="3")
    before = shown(home)
    organisations.archive_organisation(home)
    after = shown(home)
    assert isinstance(before.index, AccountMean)
    assert isinstance(after.index, AccountMean)
    assert (after.index.n, after.index.mean) == (before.index.n, before.index.mean)
    assert after.recommendation == before.recommendation
    assert after.rates == before.rates
    assert (after.split, after.reviews_total) == (before.split, before.reviews_total)
    assert after.people == before.people
    assert after.answered == before.answered == 2


def test_only_questions_with_points_are_counted(app: Flask) -> None:
    invitation = an_invitation(a_contact())
    a_sent_response(invitation, all_points(4, reason="Words.", flag="yes"))
    organisation_id = invitation.organisation_id
    found = read_questions(invitation.campaign_id, organisation_id, "en")
    assert {each.key for each in found} == {*APART, "csat"}
