"""The PDF of a summary: who gets it, as what file, of which answers, and what stands in it."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from feedback import clock
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.sentiment.models import CommentAnalysis
from feedback.storage import reading
from tests.builders.portfolio import (
    COLLEAGUES,
    COMMENTS,
    COUNTER,
    NOW,
    SECRET,
    Portfolio,
)
from tests.builders.reports import bare, opened, words_of
from tests.results.conftest import Reader
from tests.rows import inside

Login = Callable[[str], FlaskClient]


def fetched(reader: Reader, path: str) -> TestResponse:
    """Fetch a report at NOW."""
    with clock.standing_at(NOW), reading(False):
        return reader.client.get(path)


def printed(reader: Reader, path: str) -> str:
    """Fetch a report at NOW and read its words."""
    answer = fetched(reader, path)
    assert answer.status_code == 200, (path, answer.status_code)
    return words_of(answer.data)


def wave(made: Portfolio, name: str) -> str:
    """Return the address of a campaign's report."""
    return f"/campaigns/{made.campaigns[name]}/summary.pdf"


def home(made: Portfolio, name: str) -> str:
    """Return the address of an organisation's report."""
    return f"/organisations/{made.organisations[name]}/summary.pdf"


@pytest.mark.parametrize(
    "path", ["/summary.pdf", "/campaigns/1/summary.pdf", "/organisations/1/summary.pdf"]
)
def test_nobody_gets_a_report_without_logging_in(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert "/login" in answer.location


def test_a_report_is_a_file_that_is_kept_nowhere_on_the_way(reader: Reader) -> None:
    """SEC-10: no-store; a name that says what it is."""
    for path, name in (
        ("/summary.pdf", "summary-portfolio-2026-09-15.pdf"),
        (wave(reader.made, "Summer 2026"), "summary-summer-2026-2026-09-15.pdf"),
        (home(reader.made, "Retail 1"), "summary-retail-1-2026-09-15.pdf"),
    ):
        answer = fetched(reader, path)
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_report_says_what_the_page_says(reader: Reader) -> None:
    page = reader.portfolio()
    words = printed(reader, "/summary.pdf")
    (lead,) = page.page.of_class("lead")
    assert bare(lead.text) in bare(words)
    (findings,) = page.page.of_class("findings")
    sentences = [each.text.partition(" See ")[0] for each in findings.all("li")]
    assert len(sentences) > 4
    for sentence in sentences:
        assert bare(sentence) in bare(words)


def test_a_report_says_whose_answers_it_speaks_of_and_who_made_it(reader: Reader) -> None:
    made = reader.made
    words = printed(reader, f"/summary.pdf?segment=retail&owner={made.users['rina']}")
    assert "The last 365 days, until 15 September 2026" in words
    assert "Segment: retail · Relationship manager: rina" in words
    assert re.search(r"Made by Rina Invented \d+, 15 September 2026", words)
    assert "Retail 1" in words
    assert "Food 1" not in words
    year = printed(reader, "/summary.pdf?period=2025")
    assert "Answers sent in 2025" in year
    of_wave = printed(reader, f"/summary.pdf?period=w{made.campaigns['Summer 2026']}")
    assert "One wave: Summer 2026, launched 17 August 2026." in of_wave


def test_a_report_lists_the_twenty_lowest_and_says_of_how_many(reader: Reader) -> None:
    words = printed(reader, "/summary.pdf")
    listed = set(re.findall(r"(?:Retail|Food|Plain) \d|Alone|One voice|Partner \d", words))
    page = reader.portfolio()
    every = re.findall(r"\d+ of (\d+) organisations\.", page.page.text)[0]
    assert f"The 20 with the lowest index, of {every} organisations." in words
    assert "Silent" not in words
    assert 20 <= len(listed) <= 24  # some are named by comments, too


def test_charts_are_drawn_and_their_words_can_be_selected(reader: Reader) -> None:
    words = printed(reader, home(reader.made, "Retail 1"))
    for name in ("Trust", "Reliability", "Responsiveness", "Two-way communication", "Empathy"):
        assert re.search(rf"{name} \d+ \(\d+–\d+\)", words), name
    assert "Segment retail together" in words
    assert "Agreement with each statement" in words
    assert "← Disagree Agree →" in words
    assert "Jun 2025" in words


def test_what_cannot_be_said_is_refused_in_words(reader: Reader) -> None:
    refused = printed(reader, f"/summary.pdf?owner={reader.made.users['budi']}")
    assert "Not shown. Complete answers so far" in refused


@pytest.mark.parametrize("language", ["id", "ms"])
def test_a_report_speaks_the_language_of_the_page(reader: Reader, language: str) -> None:
    answer = fetched(reader, f"/summary.pdf?lang={language}")
    assert opened(answer.data).trailer["/Root"]["/Lang"] == language
    words = words_of(answer.data)
    assert "Kepercayaan" in words
    assert "Empati" in words
    assert "Empathy" not in words


def test_a_confidential_campaign_has_no_report(reader: Reader) -> None:
    """PRV-08: what may name nobody is told in groups, on its page only."""
    number = reader.made.campaigns[COLLEAGUES]
    for path in (
        wave(reader.made, COLLEAGUES),
        f"/summary.pdf?period=w{number}",
        f"/summary.pdf?campaign={number}",
        f"{home(reader.made, 'Finance')}?campaign={number}",
    ):
        assert fetched(reader, path).status_code == 404, path
    for path in ("/summary.pdf", home(reader.made, "Finance")):
        assert bare(SECRET) not in bare(printed(reader, path))


def test_a_campaign_by_public_links_speaks_of_places(reader: Reader) -> None:
    words = printed(reader, wave(reader.made, COUNTER))
    assert "Satisfaction is 12 of 100" in words
    assert "Counter 1" in words
    assert "Anybody could answer" in words
    assert "Relationship index" not in words
    assert bare(list(COMMENTS)[1]) in bare(words)


@pytest.mark.parametrize(
    "path",
    ["/campaigns/987/summary.pdf", "/organisations/987/summary.pdf", "/summary.pdf?period=x"],
)
def test_what_does_not_exist_has_no_report(reader: Reader, path: str) -> None:
    assert fetched(reader, path).status_code == 404


def test_where_nobody_answered_the_report_says_so(reader: Reader) -> None:
    for path in (home(reader.made, "Not asked"), "/summary.pdf?segment=nowhere"):
        words = printed(reader, path)
        assert "Nobody has answered in this period." in words
        assert not re.search(r"\b(nan|None|inf)\b", words)


def test_names_and_comments_are_printed_as_typed(
    world: Flask, viewer: FlaskClient, made: Portfolio
) -> None:
    """SEC-01: `#`, `$`, `<` and what else the press might read as its language stay words."""
    typed = '<script>alert(1)</script> #image("/etc/passwd") $x$ *late*'
    with inside(world):
        for number in made.organisations.values():
            db.session.get_one(Organisation, number).name = f"#panic() *PT {number}* <2>"
        of_these = CommentAnalysis.text.in_(list(COMMENTS))
        db.session.execute(update(CommentAnalysis).where(of_these).values(text=typed))
        db.session.commit()
    with reading(False):
        answer = viewer.get("/summary.pdf")
    words = bare(words_of(answer.data))
    assert bare(typed) in words.replace("−", "").replace("+", "")
    assert bare("#panic() *PT 2* <2>") in words
    assert "&lt;" not in words
