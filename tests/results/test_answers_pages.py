"""From every figure one click leads to exactly the answers, or comments, it was made of."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback import clock
from feedback.analytics.models import ScoredResponse
from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.responses import service as responses
from feedback.responses.models import SurveyResponse
from feedback.results.answers import MEASURES
from tests.builders.portfolio import COLLEAGUES, COUNTER, PARTNERS, PULSE, WAVES, Portfolio
from tests.builders.results import a_sent_response, all_points
from tests.results.conftest import Reader
from tests.results.screens import Part, Screen
from tests.results.test_page_queries import grown
from tests.rows import counting_statements, inside

HOMES = ("Retail 1", "Food 6", "Plain 3", "Plain 4", "One voice", "Gone", "Partner 1", "Alone")
QUERIES = ("", "kind=partner", "segment=food", "period=2025", "period=2026", "text=retail")


def screens(reader: Reader) -> list[Screen]:
    """Return pages of every kind, of several periods and selections."""
    owner, team = reader.made.users["rina"], reader.made.users["budi"]
    found = [reader.portfolio(query) for query in (*QUERIES, f"owner={owner}", f"team={team}")]
    found += [reader.wave(name) for name in (*WAVES, PARTNERS, PULSE)]
    found += [reader.organisation(name) for name in HOMES]
    wave = f"period=w{reader.made.campaigns['Summer 2026']}"
    found += [reader.organisation(name, wave) for name in HOMES]
    return [*found, reader.portfolio(f"{wave}&segment=retail")]


def ways(screen: Screen, path: str) -> list[Part]:
    """Return the links of a page that lead from a figure to its rows."""
    links = screen.main.of_class("rows")
    return [each for each in links if each.given["href"].split("?")[0] == path]


def first_number(text: str) -> int:
    """Return the number a text names first."""
    found = re.search(r"\d[\d,]*", text)
    assert found, text
    return int(found[0].replace(",", ""))


def test_every_n_is_the_number_of_answers_behind_it(reader: Reader) -> None:
    followed = 0
    for screen in screens(reader):
        for link in ways(screen, "/answers"):
            followed += 1
            there = reader.read(link.given["href"])
            told = re.findall(r"\d+", link.text)
            if "promoters" in link.text:  # below ten answers the counts stand for the figure
                assert link.text in there.lead, screen.path
            else:
                assert first_number(there.lead) == int(told[0]), (screen.path, link.given)
            assert link.given["aria-label"].startswith(link.text)
    assert followed > 300


def test_a_figures_value_stands_above_its_answers(reader: Reader) -> None:
    for screen in screens(reader):
        for label in ("Relationship index", "Satisfaction", "NPS"):
            part = screen.main.one("section", **{"aria-label": label})
            value = screen.stat(label).value
            for link in part.of_class("rows"):
                lead = reader.read(link.given["href"]).lead
                assert value == "Too few" or re.search(rf"is {re.escape(value)}\b", lead), lead


def test_every_count_of_comments_is_the_number_of_comments_behind_it(reader: Reader) -> None:
    told = 0
    for screen in screens(reader):
        for link in ways(screen, "/reviews"):
            there = reader.read(link.given["href"])
            assert first_number(there.lead) == first_number(link.text), (screen.path, link.given)
            told += 1
        for sentence, target in screen.findings:
            if target.startswith("/reviews"):
                assert first_number(reader.read(target).lead) == first_number(sentence)
                told += 1
    assert told > 100


def test_the_measure_asked_for_comes_first_and_nobody_lacks_it(reader: Reader) -> None:
    for measure in MEASURES:
        there = reader.read(f"/answers?measure={measure}")
        first = [next(row.of_class("meant")).text for row in there.main.one("tbody").all("tr")]
        assert first
        assert "–" not in first, measure


def test_the_pages_hold_every_answer_once_without_javascript(reader: Reader) -> None:
    there = reader.read("/answers?measure=index")
    n = first_number(there.lead)
    shown = []
    while True:
        rows = list(there.main.one("tbody").all("tr"))
        shown += [row.text for row in rows]
        following = next(there.main.all("a", rel="next"), None)
        if following is None:
            break
        there = reader.read(following.given["href"])
    assert len(shown) == len(set(shown)) == n > 25


@pytest.mark.parametrize("name", [COLLEAGUES, COUNTER])
def test_no_answer_of_a_confidential_or_public_campaign_is_ever_there(
    reader: Reader, name: str
) -> None:
    number = reader.made.campaigns[name]
    for query in (f"period=w{number}", f"campaign={number}", f"campaign={number}&measure=csat"):
        assert reader.client.get(f"/answers?{query}").status_code == 404
    for home in ("Finance", "Service desk"):
        own = reader.read(f"/answers?organisation={reader.made.organisations[home]}")
        assert "No answers" in own.main.text
    assert name not in reader.read("/answers").main.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(("measure=people", 404), ("measure=nothing", 404), ("organisation=999999", 404)),
        *(("organisation=x", 404), ("period=1999", 404), ("period=w999999", 404)),
        *(("next=1", 400), ("next=x.1", 400), ("previous=1.99999999999999999999", 400)),
        *(("next=99999999999999999.1", 200), ("previous=0.0", 200), ("owner=x", 200)),
    ],
)
def test_what_nobody_can_have_clicked_is_refused(reader: Reader, query: str, status: int) -> None:
    assert reader.client.get(f"/answers?{query}").status_code == status


def listed(viewer: FlaskClient, path: str) -> list[str]:
    """Return the values of the measure asked for; there are as many as the page says."""
    there = Screen(path, viewer.get(path).text)
    values = [next(row.of_class("meant")).text for row in there.main.one("tbody").all("tr")]
    assert len(values) == first_number(there.lead)
    return values


def test_a_changed_answer_stands_with_its_new_scores_and_an_erased_one_no_more(
    world: Flask, viewer: FlaskClient, made: Portfolio
) -> None:
    home = made.organisations["Plain 1"]
    path = f"/answers?organisation={home}&measure=index"
    before = listed(viewer, path)
    with inside(world):
        newest = db.session.query(ScoredResponse).filter_by(organisation_id=home, recent=True)
        key = newest.order_by(ScoredResponse.submitted_at.desc()).first().response_id
        given = db.session.get_one(SurveyResponse, key)
        invitation = db.session.get_one(Invitation, given.invitation_id)
        with clock.standing_at(WAVES["Summer 2026"] + timedelta(days=5)):  # still open then
            a_sent_response(invitation, all_points(1), revision=given.revision)
    changed = listed(viewer, path)
    assert (len(changed), changed.count("0")) == (len(before), 1)
    with inside(world):
        responses.erase(key)
        db.session.commit()
    assert "0" not in listed(viewer, path)  # what the person had said the wave before counts


def test_it_reads_as_often_with_many_answers_as_with_few(
    world: Flask, viewer: FlaskClient, made: Portfolio
) -> None:
    paths = ("/answers", "/answers?measure=index", f"/answers?owner={made.users['rina']}")
    viewer.get("/answers")

    def counted() -> list[int]:
        with world.app_context():
            engine = db.engine
        found = []
        for path in paths:
            with counting_statements(engine) as sent:
                assert viewer.get(path).status_code == 200
            found.append(len(sent))
        return found

    few = counted()
    grown(world, made)
    assert counted() == few
    assert max(few) <= 8, few
