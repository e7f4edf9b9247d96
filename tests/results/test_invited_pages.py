"""From every response rate one click leads to exactly the invitations it was made of."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.extensions import db
from feedback.results.fates import Fate
from tests.builders.portfolio import COLLEAGUES, COUNTER, WAVES, Portfolio
from tests.results.conftest import Reader
from tests.results.screens import Part, Screen
from tests.results.test_answers_pages import first_number, screens, ways
from tests.results.test_page_queries import grown
from tests.rows import counting_statements

LABEL = "Response rate (RR2)"


def outcomes(screen: Screen) -> dict[str, tuple[str, int]]:
    """Return what became of the invitations: in words → where they stand, and how many."""
    nav = screen.main.one("nav", **{"aria-label": "What became of the invitations"})
    found = {}
    for link in nav.all("a"):
        words, number = re.fullmatch(r"(.+) ([\d,]+)", link.text).groups()  # type: ignore[union-attr]
        found[words] = (link.given["href"], int(number.replace(",", "")))
    return found


def shown(reader: Reader, path: str) -> list[Part]:
    """Return the rows of all pages of a list, without JavaScript."""
    rows = []
    there = reader.read(path)
    while True:
        rows += list(there.main.one("tbody").all("tr"))
        following = next(there.main.all("a", rel="next"), None)
        if following is None:
            return rows
        there = reader.read(following.given["href"])


def test_every_rate_leads_to_as_many_invitations_as_it_divides(reader: Reader) -> None:
    followed = 0
    for screen in screens(reader):
        for link in ways(screen, "/invitations"):
            followed += 1
            answered, asked = map(int, re.findall(r"\d+", link.text))
            there = reader.read(link.given["href"])
            told = [int(number) for number in re.findall(r"\d+", there.lead)[:2]]
            assert told == [asked, answered], (screen.path, link.given)
            assert f"{screen.stat(LABEL).value} (" in there.lead
            assert screen.stat(LABEL).limits in there.lead
            assert link.given["aria-label"].startswith(link.text)
    assert followed > 25


@pytest.mark.parametrize("query", ["", "period=2025", "kind=partner", "segment=food"])
def test_every_outcome_leads_to_its_invitations_and_together_they_are_all(
    reader: Reader, query: str
) -> None:
    there = reader.read(f"/invitations?{query}")
    ends = outcomes(there)
    total = ends.pop("All that count")[1]
    assert total == first_number(there.lead) == sum(number for _, number in ends.values())
    every = []
    for words, (path, number) in ends.items():
        rows = shown(reader, path)
        assert len(rows) == number == first_number(reader.read(path).lead), words
        assert all(words in row.text for row in rows), words
        every += [row.text for row in rows]
    assert sorted(every) == sorted(row.text for row in shown(reader, f"/invitations?{query}"))


def test_who_has_not_answered_is_offered_first(reader: Reader) -> None:
    assert next(iter(outcomes(reader.read("/invitations")))) == "No answer"


def test_a_row_says_who_was_asked_where_when_and_what_came(reader: Reader) -> None:
    home, wave = reader.made.organisations["Retail 1"], reader.made.campaigns["Summer 2026"]
    rows = shown(reader, f"/invitations?organisation={home}&fate=complete")
    first = next(row for row in rows if "Summer 2026" in row.text)
    assert "Retail 1 " in first.one("th").text
    assert re.search(r"Decision maker|Influencer|User", first.one("th").text)
    assert "Answered in full" in first.text
    assert first.text.count("2026") == 3  # the wave's name, and two days
    assert f"/campaigns/{wave}/summary" in [each.given["href"] for each in first.all("a")]
    opened = reader.read("/invitations?fate=refused&segment=food").main
    assert "opened" in opened.one("tbody").text


def test_a_campaign_leads_to_who_has_answered_and_who_has_not(reader: Reader) -> None:
    for name, number in reader.made.campaigns.items():
        page = reader.read(f"/campaigns/{number}")
        links = [each for each in page.main.all("a") if "/invitations" in each.given["href"]]
        assert len(links) == (name not in (COLLEAGUES, COUNTER)), name
        for link in links:
            assert reader.read(link.given["href"]).main.one("tbody")


@pytest.mark.parametrize("name", [COLLEAGUES, COUNTER])
def test_no_invitation_of_a_confidential_or_public_campaign_is_ever_there(
    reader: Reader, name: str
) -> None:
    number = reader.made.campaigns[name]
    for query in (f"period=w{number}", f"campaign={number}", f"campaign={number}&fate=complete"):
        assert reader.client.get(f"/invitations?{query}").status_code == 404
    for home in ("Finance", "Service desk"):
        own = reader.read(f"/invitations?organisation={reader.made.organisations[home]}")
        assert "No invitations" in own.main.text
        assert "Nobody has been asked yet" in own.lead


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(("fate=people", 404), ("fate=COMPLETE", 404), ("organisation=999999", 404)),
        *(("organisation=x", 404), ("period=1999", 404), ("period=w999999", 404)),
        *(("next=1", 400), ("next=x.1", 400), ("previous=1.99999999999999999999", 400)),
        *(("next=99999999999999999.1", 200), ("previous=0.0", 200), ("owner=x", 200)),
        *((f"fate={fate}", 200) for fate in Fate),
    ],
)
def test_what_nobody_can_have_clicked_is_refused(reader: Reader, query: str, status: int) -> None:
    assert reader.client.get(f"/invitations?{query}").status_code == status


def test_it_reads_as_often_with_many_invitations_as_with_few(
    world: Flask, viewer: FlaskClient, made: Portfolio
) -> None:
    wave = made.campaigns["Summer 2026"]
    queries = ("", "?fate=no_answer", f"?owner={made.users['rina']}", f"?period=w{wave}")
    viewer.get("/invitations")
    with world.app_context():
        engine = db.engine

    def counted() -> list[int]:
        found = []
        for query in queries:
            with counting_statements(engine) as sent:
                assert viewer.get(f"/invitations{query}").status_code == 200
            found.append(len(sent))
        return found

    few = counted()
    grown(world, made)
    assert counted() == few
    assert max(few) <= 9, few


def test_all_comments_of_a_page_lead_to_as_many_in_the_explorer(reader: Reader) -> None:
    pages = [reader.portfolio(), reader.portfolio("period=2025"), reader.organisation("Retail 1")]
    for screen in [*pages, *(reader.wave(name) for name in WAVES)]:
        links = [each for each in ways(screen, "/reviews") if "in all" in each.text]
        assert len(links) == 1, screen.path
        there = reader.read(links[0].given["href"])
        assert first_number(there.lead) == first_number(links[0].text)
