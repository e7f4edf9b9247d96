"""What stands on the pages: sentences lead to their evidence, figures have their n, none is odd."""

import re
from urllib.parse import urlsplit

import pytest

from tests.builders.portfolio import COUNTER, PARTNERS, PULSE, WAVES
from tests.results.conftest import Reader
from tests.results.screens import NO_FIGURE, Screen

PORTFOLIOS = (
    *("", "kind=client", "kind=partner", "kind=internal", "segment=solo", "segment=food"),
    *("period=2026", "period=2025", "period=2024", "owner=999", "text=food", "text=nowhere"),
    *("page=2", "sort=-n", "kind=client&period=2025", "team=3", "period=w3", "period=w5"),
)
CAMPAIGNS = (*WAVES, PARTNERS, PULSE, COUNTER)
# Who is heard often, once, never, was never asked, is put away, or speaks elsewhere.
HOMES = (
    *("Retail 1", "Food 6", "Plain 3", "Plain 4", "One voice", "Silent", "Not asked", "Gone"),
    *("Partner 1", "Alone", "Finance", "Service desk"),
)
PAGES = (
    *(("portfolio", each) for each in PORTFOLIOS),
    *(("wave", each) for each in CAMPAIGNS),
    *(("organisation", each) for each in HOMES),
    *(("then", each) for each in ("Retail 1", "Silent", "Gone")),
)


@pytest.fixture(params=PAGES, ids=lambda page: f"{page[0]} {page[1]}")
def screen(request: pytest.FixtureRequest, reader: Reader) -> Screen:
    """One page after the other."""
    kind, name = request.param
    if kind == "then":
        return reader.organisation(name, f"period=w{reader.made.campaigns['Autumn 2025']}")
    return getattr(reader, kind)(name)


def evidence_of(screen: Screen, target: str, reader: Reader) -> str:
    """Return the words of the part of the page, or of the other page, a sentence leads to."""
    if target.startswith("/"):
        return reader.read(target).lead
    assert target in screen.ids, target
    return screen.main.one(id=target).text


def test_every_sentence_leads_to_its_evidence(screen: Screen, reader: Reader) -> None:
    for _sentence, target in screen.findings:
        assert evidence_of(screen, target, reader), target


def test_the_evidence_shows_what_the_sentence_says(screen: Screen, reader: Reader) -> None:
    """At least one of the figures of a sentence stands where it leads to, or what is left of a
    hundred per cent.
    """
    for sentence, target in screen.findings:
        figures = set(re.findall(r"\d+", sentence))
        figures |= {str(100 - int(share)) for share in re.findall(r"(\d+)%", sentence)}
        there = set(re.findall(r"\d+", evidence_of(screen, target, reader)))
        assert not figures or figures & there, (sentence, target)


def test_every_link_within_the_page_finds_its_place(screen: Screen) -> None:
    for link in screen.page.all("a"):
        address = urlsplit(link.given.get("href", ""))
        here = address.path in ("", urlsplit(screen.path).path)
        if address.fragment and here:
            assert address.fragment in screen.ids, link.given["href"]


def test_no_two_parts_of_a_page_have_one_id(screen: Screen) -> None:
    found = re.findall(r'\bid="([^"]+)"', screen.html)
    assert len(found) == len(set(found))


def test_no_page_says_a_figure_that_is_none(screen: Screen) -> None:
    assert not NO_FIGURE.search(screen.html)
    assert not re.search(r"[\s(]-?–|–[\s)]*\)|\(\s*\)|of 0 organisations\b", screen.lead)


def test_no_figure_stands_without_its_n(screen: Screen) -> None:
    for stat in screen.main.of_class("stat"):
        if not list(stat.of_class("value")):
            continue
        value = next(stat.of_class("value")).text
        basis = " ".join(each.text for each in stat.of_class("basis"))
        if value == "Too few":
            assert re.search(r"more answers? (is|are) needed|Nobody has been asked yet", basis)
        else:
            assert re.search(r"\bn \d|of [\d,]+ invitations?", basis), stat.text
            assert re.search(r"\d.*(–| to ).*\d", value), value
    for row in screen.main.of_class("row-n"):
        assert re.search(r"\bn \d|too few", row.text), row.text


def test_no_line_over_time_has_a_point_without_its_n(screen: Screen) -> None:
    caption = "Relationship index from wave to wave"
    if screen.has(caption):
        for wave, row in screen.table(caption).items():
            assert re.fullmatch(r"\d+|–", row[-1]), wave
            assert len(row) == 2 or re.fullmatch(r"\d+–\d+", row[1]), wave
