"""Tests of what came by public links: sums by place, channel and role, and what stays unsaid."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback import clock
from feedback.analytics.figures import AccountMean, TooFew
from feedback.analytics.intervals import Sums
from feedback.analytics.service import rebuild
from feedback.campaigns import service as campaigns
from feedback.campaigns.models import PublicLink
from feedback.extensions import db
from feedback.results import scope
from feedback.results.places import PlaceFacts, places
from feedback.results.queries import pages
from feedback.results.queries.places import read_places
from feedback.sentiment import service as sentiment
from tests.builders.campaigns import an_invitation
from tests.builders.links import a_link, a_public_draft, a_walk_in
from tests.builders.organisations import an_organisation
from tests.builders.responses import a_submitted_response
from tests.house.pages import complaints
from tests.house.visitors import a_visitor
from tests.rows import counting_statements, inside
from tests.settled import somebody

__all__ = ["somebody"]


def _facts(place: str, scores: list[int], channel: str = "counter", role: str = "") -> PlaceFacts:
    """Make what came by one link from the satisfaction each person gave, 0 to 4."""
    sums = Sums(len(scores), sum(scores), sum(score * score for score in scores))
    return PlaceFacts(hash(place), place, channel, role, False, len(scores), 2, sums)


def _mean(figure: AccountMean | TooFew) -> float:
    assert isinstance(figure, AccountMean)
    return figure.mean


def answered(link: PublicLink, csat: int, reason: str = "") -> None:
    """Let somebody who passes by answer and send."""
    a_walk_in(link, {"csat": str(csat)} | ({"reason": reason} if reason else {}))


def test_each_link_has_a_line_with_mean_and_interval() -> None:
    (line,) = places([_facts("A", [4, 4, 3, 3, 2])]).lines
    assert (line.label, line.n, line.comments) == ("A", 5, 2)
    assert isinstance(line.csat, AccountMean)
    assert line.csat.mean == pytest.approx(80)  # 16 of 20 points
    assert line.csat.interval.contains(80)


def test_fewer_than_five_are_not_told_apart() -> None:
    """PRV-08: the mean of four people without names stays unsaid, and says what is missing."""
    (line,) = places([_facts("A", [4, 0, 4, 4])]).lines
    assert line.csat == TooFew(4, 5)
    assert line.n == 4


def test_the_mean_of_a_few_cannot_be_had_by_subtraction() -> None:
    """PRV-08: six at A and two at B are not told together, nor by channel, nor in all."""
    found = places([_facts("A", [4] * 6), _facts("B", [0, 0]), _facts("C", [3] * 5, "phone")])
    assert isinstance(found.lines[0].csat, AccountMean)
    assert found.by_channel[0].csat == TooFew(2, 5)
    assert isinstance(found.by_channel[1].csat, AccountMean)
    assert found.csat == TooFew(2, 5)


def test_several_small_places_together_are_enough() -> None:
    found = places([_facts("A", [4] * 6), _facts("B", [0, 0]), _facts("C", [0, 0, 0])])
    assert _mean(found.csat) == pytest.approx(100 * 24 / 44)


def test_one_answer_alone_is_no_headline() -> None:
    assert places([_facts("A", [0])]).csat == TooFew(1, 5)


def test_a_place_nobody_answered_at_has_a_line_without_a_figure() -> None:
    found = places([_facts("A", []), _facts("B", [4] * 5)])
    assert [line.n for line in found.lines] == [0, 5]
    assert found.lines[0].csat == TooFew(0, 5)
    assert found.answered == 1


def test_a_channels_people_count_each_the_same() -> None:
    found = places(
        [
            _facts("A", [4] * 15, "phone"),
            _facts("B", [0] * 5, "phone"),
            _facts("C", [2] * 5, "chat"),
        ]
    )
    assert [(line.label, line.n) for line in found.by_channel] == [("phone", 20), ("chat", 5)]
    assert [_mean(line.csat) for line in found.by_channel] == [pytest.approx(75), pytest.approx(50)]


def test_roles_are_put_together_and_links_without_one_stand_for_themselves() -> None:
    found = places([_facts("A", [4] * 5, role="cashier"), _facts("B", [2] * 5)])
    assert [line.label for line in found.by_role] == ["cashier", ""]


def test_a_role_written_in_other_letters_is_the_same_role() -> None:
    roles = ("Cashier", "cashier", "Guard")
    found = places([_facts(role, [4] * 5, role=role) for role in roles])
    assert [(line.label, line.n) for line in found.by_role] == [("Cashier", 10), ("Guard", 5)]


def test_a_place_with_several_links_is_one_place() -> None:
    found = places(
        [_facts("A", [4] * 5), _facts("a", [3], "phone"), _facts("B", [2]), _facts("C", [])]
    )
    assert found.answered == 2


def test_one_channel_or_role_alone_needs_no_table() -> None:
    found = places([_facts("A", [4] * 5), _facts("B", [2] * 5)])
    assert (found.by_channel, found.by_role) == ([], [])


def test_no_links_make_no_lines() -> None:
    found = places([])
    assert (found.lines, found.by_channel, found.by_role, found.answered) == ([], [], [], 0)


@pytest.fixture
def links(app: Flask) -> list[PublicLink]:
    """Two counters and a phone line of one open campaign."""
    campaign = a_public_draft()
    unit = an_organisation(name="Service desk", kind="internal")
    made = [
        a_link(campaign, place="Counter 1", organisation=unit),
        a_link(campaign, place="Counter 2", organisation=unit, staff_role="cashier"),
        a_link(campaign, place="Line", channel="phone", organisation=unit),
    ]
    campaigns.open_campaign(campaign)
    return made


def test_what_came_by_each_link_is_read_with_its_sums_and_comments(
    links: list[PublicLink],
) -> None:
    for csat in (5, 4, 1):
        answered(links[0], csat, reason="Long queue")
    answered(links[2], 3)
    found = {each.place: each for each in read_places(links[0].campaign_id)}
    assert found["Counter 1"].csat == Sums(3, 7, 25)  # 4, 3 and 0 points above the lowest
    assert (found["Counter 1"].n, found["Counter 1"].comments) == (3, 3)
    assert (found["Counter 2"].n, found["Counter 2"].csat) == (0, Sums(0, 0, 0))
    assert (found["Line"].n, found["Line"].comments) == (1, 0)


def test_a_withdrawn_links_answers_stay_in_the_tables(links: list[PublicLink]) -> None:
    answered(links[0], 5)
    campaigns.withdraw_link(links[0])
    last = read_places(links[0].campaign_id)[-1]
    assert (last.place, last.is_withdrawn, last.n) == ("Counter 1", True, 1)


def test_places_are_read_in_the_same_number_of_statements_however_many(
    links: list[PublicLink],
) -> None:
    campaign_id = links[0].campaign_id
    db.session.rollback()
    with counting_statements(db.engine) as few:
        read_places(campaign_id)
    for number in range(10):
        answered(a_link(links[0].campaign, place=f"Shop {number}"), 4)
    db.session.rollback()
    with counting_statements(db.engine) as many:
        read_places(campaign_id)
    assert len(many) == len(few)


def test_a_public_campaigns_summary_counts_everybody_who_answered(
    links: list[PublicLink],
) -> None:
    for csat in (5, 4, 3):
        answered(links[0], csat, reason="Good service, friendly people.")
    facts = pages.read_summary(scope.wave(links[0].campaign_id, None, clock.now()))
    (known,) = facts.organisations
    assert (known.name, known.persons) == ("Service desk", 3)
    assert sum(each.count for each in facts.heard) == 3


def test_the_portfolio_leaves_public_campaigns_out(links: list[PublicLink]) -> None:
    """They speak of a moment at the counter, not of a relationship."""
    invitation = an_invitation()
    a_submitted_response(invitation, comments={"reason": "Our partner is reliable."})
    before = pages.read_summary(scope.portfolio(clock.now()))
    for _ in range(5):
        answered(links[0], 1, reason="A bad day at the counter.")
    within = scope.portfolio(clock.now())
    after = pages.read_summary(within)
    assert after.tallies.of("csat") == before.tallies.of("csat")
    assert after.heard == before.heard
    persons = {each.name: each.persons for each in after.organisations}
    assert persons["Service desk"] == 0
    desk = links[0].organisation_id
    unit = pages.read_account(within, desk, pages.read_peers(within, desk), "en")
    assert (unit.reviews_total, unit.own, unit.people, unit.waves) == (0, {}, [], [])
    assert unit.peers.dispersions == after.tallies.spreads == before.tallies.spreads


def test_rebuilding_keeps_what_came_by_public_links(links: list[PublicLink]) -> None:
    for csat in (5, 4, 3):
        answered(links[0], csat)
    before = read_places(links[0].campaign_id)
    rebuild()
    assert read_places(links[0].campaign_id) == before


@pytest.fixture
def viewer(bare_app: Flask) -> FlaskClient:
    """Somebody who may look at results."""
    return a_visitor(bare_app, "viewer")


def _collected(app: Flask, answers: int) -> int:
    with inside(app):
        campaign = a_public_draft()
        first = a_link(campaign, place="<b>Counter</b>", staff_role="cashier")
        a_link(campaign, place="Line", channel="phone")
        campaigns.open_campaign(campaign)
        for number in range(answers):
            answered(first, 4 + number % 2, reason="Friendly and quick.")
        while sentiment.is_waiting():
            sentiment.analyse_next()
        return campaign.id


def test_the_summary_shows_satisfaction_by_place_channel_and_role(
    bare_app: Flask, viewer: FlaskClient
) -> None:
    page = viewer.get(f"/campaigns/{_collected(bare_app, 6)}/summary")
    assert page.status_code == 200
    assert complaints(page.text) == []
    for said in ("&lt;b&gt;Counter&lt;/b&gt;", "By channel", "By role", "cashier", "Phone"):
        assert said in page.text
    assert "Telling comments" in page.text
    assert "Relationship index" not in page.text


def test_a_summary_of_few_answers_says_what_is_missing(
    bare_app: Flask, viewer: FlaskClient
) -> None:
    page = viewer.get(f"/campaigns/{_collected(bare_app, 3)}/summary").text
    assert "too few: 2 more are needed" in page


def test_a_summary_without_answers_says_so(bare_app: Flask, viewer: FlaskClient) -> None:
    page = viewer.get(f"/campaigns/{_collected(bare_app, 0)}/summary")
    assert "No answers yet" in page.text


def test_a_comment_at_a_counter_names_the_place_instead_of_a_person(
    bare_app: Flask, viewer: FlaskClient
) -> None:
    """PRV-07."""
    campaign_id = _collected(bare_app, 1)
    page = viewer.get(f"/campaigns/{campaign_id}/summary").text
    author = page.partition('<p class="author">')[2].partition("</p>")[0]
    assert author.startswith("&lt;b&gt;Counter&lt;/b&gt;, cashier")
