"""Correcting and quoting from a list: in place with htmx, without it back to the same place."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from feedback.extensions import db
from feedback.sentiment.models import CommentAnalysis, CommentCorrection, CommentQuote
from feedback.sentiment.service import words_seen
from tests.builders.campaigns import an_invitation
from tests.builders.responses import a_submitted_response
from tests.builders.reviews import reviewed, told
from tests.house.pages import complaints, unprotected_forms
from tests.house.visitors import a_visitor
from tests.results.test_explorer_views import HTMX, cards, link, words
from tests.rows import count, inside

ELSEWHERE = [
    "//elsewhere.example.com",
    "https://elsewhere.example.com",
    "/\\elsewhere.example.com",
    "javascript:alert(1)",
    "/reviews\r\nSet-Cookie: a=b",
    "\t//elsewhere.example.com",
    "/reviews#review-1",
    "/" + "a" * 1_300,
    "reviews",
]


@pytest.fixture
def manager(bare_app: Flask) -> FlaskClient:
    """Somebody who may correct and quote."""
    bare_app.config["WTF_CSRF_ENABLED"] = False
    return a_visitor(bare_app, "manager")


def a_review(app: Flask, text: str = "late") -> int:
    """Make one review that praises; return its response."""
    with inside(app):
        (sent,) = reviewed(text)
        told(sent, "positive")
        return sent


def quotes(app: Flask) -> int:
    """Count the quotes there are."""
    with inside(app):
        return count(CommentQuote)


def second_page(app: Flask, manager: FlaskClient) -> tuple[str, str, int]:
    """Make reviews; return address and HTML of their second page, and the last one there."""
    with inside(app):
        for each in reviewed(*["late"] * 30, apart=timedelta(minutes=1)):
            told(each, "positive")
    address = link(manager.get("/reviews?text=late").text, "More reviews")
    page = manager.get(address).text
    return address, page, cards(page)[-1]


def seen(page: str) -> str:
    """Return the mark of the words a form was shown with."""
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_correction_leads_back_to_the_place_in_the_list(
    bare_app: Flask, manager: FlaskClient
) -> None:
    address, page, response_id = second_page(bare_app, manager)
    correct = re.findall(rf'href="(/reviews/{response_id}/reason\?[^"]+)"', page)[0]
    correct = correct.replace("&amp;", "&")
    form = manager.get(correct).text
    assert complaints(form) == []
    assert link(form, "Cancel") == f"{address}#review-{response_id}-reason"
    action = re.search(r'<form class="form" method="post" action="([^"]+)"', form)
    assert action
    answer = manager.post(
        action[1].replace("&amp;", "&"), data={"label": "mixed", "seen": seen(form)}
    )
    assert (answer.status_code, answer.location) == (303, f"{address}#review-{response_id}-reason")
    after = manager.get(address).text
    assert "Saved." in after
    assert cards(after) == cards(page)
    with inside(bare_app):
        assert count(CommentCorrection) == 1


def test_a_correction_in_place_swaps_the_card_and_keeps_its_marks(
    bare_app: Flask, manager: FlaskClient
) -> None:
    _, page, response_id = second_page(bare_app, manager)
    correct = re.findall(rf'hx-get="(/reviews/{response_id}/reason\?[^"]+)"', page)[0]
    correct = correct.replace("&amp;", "&")
    form = manager.get(correct, headers=HTMX).text
    answer = manager.post(
        correct,
        data={"label": "negative", "seen": seen(form)},
        headers=HTMX,
        follow_redirects=False,
    )
    assert answer.status_code == 303
    card = manager.get(answer.location, headers=HTMX).text
    assert cards(card) == [response_id]
    assert '<mark class="hit">' in card
    assert "Negative" in words(card)
    assert "back=" in link(card, "Correct"), "and can be corrected again from here"
    assert "<html" not in card


def test_a_review_is_quoted_and_no_longer_from_its_place_in_the_list(
    bare_app: Flask,
    manager: FlaskClient,
) -> None:
    address, page, response_id = second_page(bare_app, manager)
    assert unprotected_forms(page) == 0
    url = f"/reviews/{response_id}/reason/quote"
    data = {"quote": "1", "seen": words_seen("late"), "back": address}
    answer = manager.post(url, data=data)
    assert (answer.status_code, answer.location) == (303, f"{address}#review-{response_id}-reason")
    page = manager.get(address).text
    assert "Quoted." in page
    assert "Quote for summaries , picked by Rina Invented" in words(page)
    assert cards(manager.get("/reviews?quoted=1").text) == [response_id]
    manager.post(url, data=data | {"quote": ""})
    assert "No longer quoted." in manager.get(address).text
    assert quotes(bare_app) == 0


def test_quoting_in_place_answers_with_the_card(bare_app: Flask, manager: FlaskClient) -> None:
    sent = a_review(bare_app)
    data = {"quote": "1", "seen": words_seen("late"), "back": "/reviews?text=late"}
    answer = manager.post(f"/reviews/{sent}/reason/quote", data=data, headers=HTMX)
    assert answer.status_code == 303
    card = manager.get(answer.location, headers=HTMX).text
    assert cards(card) == [sent]
    assert "Do not quote any more" in card
    assert '<mark class="hit">' in card


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_words_changed_meanwhile_are_shown_instead_of_quoted(
    bare_app: Flask, manager: FlaskClient, headers: dict[str, str]
) -> None:
    with inside(bare_app):
        invitation = an_invitation()
        sent = a_submitted_response(invitation, comments={"reason": "late"}).id
        a_submitted_response(invitation, comments={"reason": "soon"})
        told(sent, "positive")
    data = {"quote": "1", "seen": words_seen("late")}
    answer = manager.post(f"/reviews/{sent}/reason/quote", data=data, headers=headers)
    assert answer.status_code == 409
    assert "The client has changed the comment since you opened it." in answer.text
    assert "soon" in answer.text
    assert ("<html" in answer.text) == (headers == {})
    assert quotes(bare_app) == 0


@pytest.mark.parametrize("back", ELSEWHERE)
def test_no_form_leads_to_another_site(bare_app: Flask, manager: FlaskClient, back: str) -> None:
    """SEC-13."""
    sent = a_review(bare_app)
    data = {"quote": "1", "seen": words_seen("late"), "back": back}
    quoted = manager.post(f"/reviews/{sent}/reason/quote", data=data)
    assert quoted.location == f"/reviews/{sent}/reason/read"
    form = manager.get(f"/reviews/{sent}/reason", query_string={"back": back}).text
    corrected = manager.post(
        f"/reviews/{sent}/reason",
        query_string={"back": back},
        data={"label": "mixed", "seen": seen(form)},
    )
    assert corrected.location == f"/reviews/{sent}/reason/read"
    assert "elsewhere" not in form.split("<main")[1]


def test_a_comment_that_says_nothing_of_us_is_not_offered_as_quote(
    bare_app: Flask, manager: FlaskClient
) -> None:
    with inside(bare_app):
        (sent,) = reviewed("late")
    page = manager.get("/reviews").text
    assert "Correct" in page
    assert "Quote in summaries" not in page
    with inside(bare_app):
        told(sent, "positive")
    assert "Quote in summaries" in manager.get("/reviews").text


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_there_cannot_be_quoted(
    bare_app: Flask, manager: FlaskClient, method: str
) -> None:
    sent = a_review(bare_app)
    expected = 405 if method == "get" else 404
    for where in ("/reviews/7/reason/quote", f"/reviews/{sent}/improve/quote"):
        assert getattr(manager, method)(where).status_code == expected


def test_confidential_comments_cannot_be_quoted(bare_app: Flask, manager: FlaskClient) -> None:
    """PRV-08."""
    with inside(bare_app):
        sent = reviewed(*["late"] * 5, confidentiality="confidential")
    data = {"quote": "1", "seen": words_seen("late")}
    assert manager.post(f"/reviews/{sent[0]}/reason/quote", data=data).status_code == 404
    assert quotes(bare_app) == 0


def test_a_list_shows_what_stands_and_not_what_the_index_says(
    bare_app: Flask, manager: FlaskClient
) -> None:
    """Whatever changed past the program: cards are drawn from the comments themselves."""
    a_review(bare_app)
    with inside(bare_app):
        db.session.execute(update(CommentAnalysis).values(label="negative"))
        db.session.commit()
    assert "Negative" in words(manager.get("/reviews?label=positive").text.split("<article")[1])
