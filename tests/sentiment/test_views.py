"""The page of corrections: who may use it, what it refuses, and that figures follow at once."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from feedback.extensions import db
from feedback.sentiment.models import CommentAnalysis, CommentCorrection
from feedback.storage import reading
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
)
from tests.rows import count, counting_statements

Login = Callable[[str], FlaskClient]
TEXT = '=SUM(1) They are "late" every week.'
HTMX = {"HX-Request": "true"}


@pytest.fixture
def address(app: Flask) -> str:
    """The page of one comment that the program calls negative."""
    organisation = an_organisation_with(1)
    campaign = a_campaign()
    (invitation,) = invitations_of(campaign, organisation)
    response = a_sent_response(invitation, all_points(4, reason=TEXT))
    values = {"label": "negative", "confidence": 0.9, "sure": True, "polarity": -0.9}
    spoken = {"dimensions": {"reliability": -0.7}, "acts": ["request"], "language": "en"}
    db.session.execute(update(CommentAnalysis).values(version="test-1", **values, **spoken))
    db.session.commit()
    return f"/reviews/{response.id}/reason"


def _seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def _sent(client: FlaskClient, address: str, **typed: str) -> dict[str, str]:
    return {"seen": _seen(client.get(address).text), **typed}


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_viewer_neither_sees_nor_sends_the_form(login: Login, address: str) -> None:
    viewer = login("viewer")
    assert viewer.get(address).status_code == 403
    assert viewer.post(address, data={"label": "positive"}).status_code == 403
    assert viewer.get("/reviews/corrections.csv").status_code == 403
    assert count(CommentCorrection) == 0
    page = viewer.get("/").text
    assert address not in page
    assert "corrections.csv" not in page


def test_the_form_begins_with_what_the_program_read(login: Login, address: str) -> None:
    page = login("manager").get(address).text
    assert re.search(r'value="negative" checked', page)
    assert re.search(r'name="reliability".*?value="-1" selected', page, re.DOTALL)
    assert "Request" in page
    assert "certainty 90%" in page


def test_a_correction_shows_at_once_on_every_count(login: Login, address: str) -> None:
    manager = login("manager")
    assert "1 is positive" not in _words(manager.get("/").text)
    data = _sent(manager, address, label="positive", trust="1")
    answer = manager.post(address, data=data)
    assert (answer.status_code, answer.location) == (303, f"{address}/read")
    page = _words(manager.get("/").text)
    assert "Of 1 comment, 1 is positive, 0 negative and 0 mixed." in page
    assert "The program had said: Negative." in page
    assert "Corrected by Rina Invented" in page
    assert "about Trust" in page
    assert "contradict" not in page


def test_a_comment_not_about_us_needs_no_label_and_leaves_the_counts(
    login: Login, address: str
) -> None:
    manager = login("manager")
    manager.post(address, data=_sent(manager, address, not_about_us="y"))
    page = _words(manager.get("/").text)
    assert "1 comment is not about us and is left out." in page
    assert "Of 1 comment" not in page


def test_with_htmx_form_and_comment_are_parts_of_the_page(login: Login, address: str) -> None:
    manager = login("manager")
    form = manager.get(address, headers=HTMX).text
    assert form.lstrip().startswith("<article")
    answer = manager.post(
        address,
        data={"seen": _seen(form), "label": "mixed"},
        headers=HTMX,
        follow_redirects=True,
    )
    assert answer.text.lstrip().startswith("<article")
    assert "Corrected by" in answer.text
    assert "<html" not in answer.text


@pytest.mark.parametrize(
    "typed",
    [{}, {"label": "angry"}, {"label": "positive", "trust": "9"}],
    ids=["nothing chosen", "no such label", "no such side"],
)
def test_what_is_no_choice_is_refused_beside_the_field(
    login: Login, address: str, typed: dict[str, str]
) -> None:
    manager = login("manager")
    answer = manager.post(address, data=_sent(manager, address, **typed))
    assert answer.status_code == 422
    assert 'class="error"' in answer.text
    assert count(CommentCorrection) == 0


def test_a_form_opened_before_the_words_changed_is_shown_again(login: Login, address: str) -> None:
    manager = login("manager")
    data = _sent(manager, address, label="positive")
    with reading(False):
        db.session.execute(update(CommentAnalysis).values(text="Other words."))
        db.session.commit()
    answer = manager.post(address, data=data)
    assert answer.status_code == 422
    assert "has changed since you opened it" in answer.text
    assert "Other words." in answer.text
    assert re.search(r'value="positive" checked', answer.text)
    again = manager.post(address, data={"seen": _seen(answer.text), "label": "positive"})
    assert again.status_code == 303


def test_the_programs_verdict_can_count_again(login: Login, address: str) -> None:
    manager = login("manager")
    manager.post(address, data=_sent(manager, address, label="positive"))
    manager.post(address, data=_sent(manager, address, label="positive", back="1"))
    page = _words(manager.get(address).text)
    assert "The program's verdict counts again" in page
    assert "Of 1 comment, 0 are positive, 1 negative" in _words(manager.get("/").text)
    with reading(False):
        assert count(CommentCorrection) == 2


@pytest.mark.parametrize("path", ["/reviews/1/reason", "/reviews/1/reason/read"])
def test_an_unknown_comment_is_not_found(login: Login, path: str) -> None:
    assert login("manager").get(path).status_code == 404


def test_words_that_contradict_the_score_are_flagged_and_counted(
    login: Login, address: str
) -> None:
    viewer = login("viewer")
    assert "Satisfaction 4 of 5, words are negative" in viewer.get(f"{address}/read").text
    said = "In 1 comment the words contradict the score the same person gave."
    assert said in _words(viewer.get("/").text)


def test_an_unsure_verdict_is_told_as_such(login: Login, address: str) -> None:
    db.session.execute(update(CommentAnalysis).values(sure=False, confidence=0.4))
    db.session.commit()
    page = _words(login("viewer").get("/").text)
    assert "Unsure" in page
    assert "leans to negative, certainty 40%" in page
    assert "1 of them says too little for the program to be sure." in page
    assert "contradict" not in page


def test_the_download_is_safe_to_open(login: Login, address: str) -> None:
    """SEC-04: a comment that begins like a formula is a text."""
    manager = login("manager")
    manager.post(address, data=_sent(manager, address, label="positive", trust="1", empathy="-1"))
    answer = manager.get("/reviews/corrections.csv")
    assert answer.mimetype == "text/csv"
    assert "corrections.csv" in answer.headers["Content-Disposition"]
    head, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    found = dict(zip(head, row, strict=True))
    assert found["text"] == f"'{TEXT}"
    assert (found["label"], found["program_label"]) == ("positive", "negative")
    assert found["dimensions"] == "trust:+1,empathy:-1"
    assert (found["program_version"], found["not_about_us"]) == ("test-1", "no")
    assert found["corrected_by"].startswith("Rina Invented")


def test_corrections_add_no_query_to_any_page(app: Flask, login: Login, address: str) -> None:
    manager = login("manager")
    organisation_id = db.session.scalars(select(CommentAnalysis.organisation_id)).one()
    pages = ["/", f"/organisations/{organisation_id}"]

    def queries() -> list[int]:
        found = []
        for page in pages:
            db.session.remove()
            with counting_statements(db.engine) as sent:
                assert manager.get(page).status_code == 200
            found.append(len([each for each in sent if each.startswith("SELECT")]))
        return found

    manager.get("/")
    before = queries()
    manager.post(address, data=_sent(manager, address, label="positive"))
    assert queries() == before
