"""Tests of answering in a browser: pages, saving, what is kept, what another window changed."""

import html
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.responses.models import Answer, SurveyResponse
from tests.builders.campaigns import an_invitation, token_of
from tests.builders.organisations import a_contact
from tests.builders.surveys import a_published
from tests.house.pages import complaints
from tests.responses.browsing import TYPED, Person, sent_contents
from tests.rows import count, counting_statements, dump, inside
from tests.surveys.generated import a_definition, a_question


def _answers(app: Flask) -> dict[str, str]:
    with inside(app):
        return {row.question: row.value for row in db.session.scalars(select(Answer))}


def test_a_person_answers_page_by_page_and_gets_a_receipt(person: Person, bare_app: Flask) -> None:
    """STO-07: 303 to a page of its own that nobody stores."""
    sent = person.answer_all(reason=TYPED)
    assert sent.code == 303
    receipt = person.follow(sent)
    assert receipt.code == 200
    assert sent.answer.location.split("?")[0] == f"{person.url}/thanks"
    assert receipt.answer.headers["Cache-Control"] == "no-store"
    (content,) = sent_contents(bare_app)
    assert len(content) == 19  # every question but the last comment
    assert (content["reason"], content["csat"], content["nps"]) == (TYPED, "4", "9")


def test_every_page_is_whole_in_every_language(person: Person) -> None:
    """A11Y-08."""
    for language in ("en", "id", "ms"):
        for number in range(1, 6):
            page = person.open(f"?p={number}&lang={language}")
            assert complaints(page.text) == []
            assert f'<html lang="{language}"' in page.text


def test_what_was_typed_comes_back_verbatim(person: Person) -> None:
    """SEC-01, SEC-03."""
    first = person.open("?p=1")
    person.press(first, csat=4, nps=3, reason=TYPED)
    page = person.open("?p=1")
    assert page.fields["q.reason"] == TYPED
    assert html.escape(TYPED, quote=False).split("O")[0] in page.text
    assert "<script>alert" not in page.text
    assert (page.fields["q.csat"], page.fields["q.nps"]) == ("4", "3")


def test_an_answer_is_there_on_another_device(bare_app: Flask, person: Person, token: str) -> None:
    """EML-21: the link alone brings the saved answers back, and the page to go on with."""
    person.press(person.open("?p=1"), csat=2, nps=0, reason="words")
    phone = Person(bare_app, token)
    assert phone.open().asks == phone.open("?p=2").asks
    assert phone.open("?p=1").fields["q.csat"] == "2"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("x" * 20_001, "x" * 20_001), ("before\0after", "before"), ("a\r\n" * 20_001, "a\n")],
)
def test_a_text_that_cannot_be_stored_stays_in_the_page(
    bare_app: Flask, person: Person, typed: str, kept: str
) -> None:
    """FLK-04: 422, the words still there, nothing stored."""
    before = dump(bare_app)
    page = person.press(person.open("?p=1"), csat=4, nps=9, reason=typed)
    assert page.code == 422
    assert kept in page.fields["q.reason"].replace("\r\n", "\n")
    assert (page.fields["q.csat"], page.fields["q.nps"]) == ("4", "9")
    assert 'href="#q-reason"' in page.text
    assert dump(bare_app) == before


def test_a_required_question_left_blank_is_asked_for(bare_app: Flask, person: Person) -> None:
    """A11Y-02: the summary leads to the field; what was typed stays."""
    page = person.press(person.open("?p=1"), csat=4, reason="kept")
    assert page.code == 422
    assert re.findall(r'href="#(q-\w+)"', page.text) == ["q-nps"]
    assert page.fields["q.reason"] == "kept"
    assert complaints(page.text) == []


def test_sending_with_a_gap_leads_to_the_gap_and_keeps_the_page(
    bare_app: Flask, person: Person
) -> None:
    page = person.press(person.last_page(), improve="kept")
    assert page.code == 422
    assert re.findall(r'href="#(q-\w+)"', page.text) == ["q-csat", "q-nps"]
    assert _answers(bare_app) == {"improve": "kept"}
    assert sent_contents(bare_app) == []


def test_sending_with_a_gap_loses_no_text_to_another_window(
    bare_app: Flask, person: Person
) -> None:
    """STO-08: a conflict on the last page is told before the gap is asked for."""
    mine, theirs = person.last_page(), person.last_page()
    assert person.press(theirs, "back", improve="theirs").code == 303
    page = person.press(mine, improve="mine")
    assert "mine" in page.text
    assert _answers(bare_app) == {"improve": "theirs"}


def test_a_page_gone_back_to_and_sent_again_counts(bare_app: Flask, person: Person) -> None:
    """STO-08: without JavaScript too the later answer is stored, or both are shown."""
    first = person.open("?p=1")
    assert person.press(first, csat=4, nps=9).code == 303
    again = person.press(first, csat=2, nps=9)
    assert again.code == 409 or _answers(bare_app)["csat"] == "2"


def test_changing_the_language_saves_what_was_typed(bare_app: Flask, person: Person) -> None:
    moved = person.press(person.open("?p=1"), "id", reason="halo")
    page = person.follow(moved)
    assert '<html lang="id"' in page.text
    assert page.fields["q.reason"] == "halo"


def test_changing_the_language_alone_is_no_start(bare_app: Flask, person: Person) -> None:
    """The funnel's "started" means: an answer was saved."""
    assert person.press(person.open("?p=1"), "id").code == 303
    with inside(bare_app):
        assert count(SurveyResponse) == 0


def test_a_stale_page_that_says_the_same_leads_on(person: Person) -> None:
    """STO-08: where nothing differs there is nothing to choose."""
    stale = person.open("?p=1")
    person.answer_all(csat=4, nps=9)
    answer = person.press(stale, csat=4, nps=9)
    assert answer.code == 303 or "<dd>" in answer.text


def test_a_closed_campaign_says_so_to_who_has_not_answered(
    person: Person, close_campaign: Callable[[], None]
) -> None:
    close_campaign()
    assert person.open().code == 410
    assert person.open("/thanks").code == 410
    assert complaints(person.open().text) == []


def test_who_answers_in_another_language_is_written_to_in_it(
    bare_app: Flask, person: Person
) -> None:
    """A11Y-08: remembered with the answer; looking at the page in it changes nothing."""
    before = dump(bare_app)
    page = person.follow(person.press(person.open("?p=1&lang=ms"), "id"))
    assert dump(bare_app) == before
    moved = person.press(page, csat=4, nps=9)
    with inside(bare_app):
        assert db.session.scalars(select(Invitation.language)).all() == ["id"]
    assert '<html lang="id"' in person.open().text
    assert "lang=id" in moved.answer.location


@pytest.mark.parametrize(
    ("request_of", "most"),
    [
        (lambda person: person.open, 2),
        (lambda person: partial(person.open, "?p=2"), 2),
        (lambda person: partial(person.press, person.open("?p=1"), csat=4, nps=9), 12),
        (lambda person: partial(person.autosave, "csat", person.open("?p=1"), "4", 1), 9),
    ],
    ids=["first page", "a page", "saving a page", "saving an answer"],
)
def test_a_request_asks_the_database_no_more_than_it_must(
    bare_app: Flask, person: Person, request_of: Callable[[Person], Any], most: int
) -> None:
    request = request_of(person)
    with bare_app.app_context():
        engine = db.engine
    with counting_statements(engine) as sent:
        request()
    assert len(sent) <= most, sent


def test_a_blank_name_is_filled_in_by_the_words_behind_the_bar(bare_app: Flask) -> None:
    """SEC-03: in questions, headings, help and introduction alike."""
    text = dict.fromkeys(("en", "id", "ms"), "{manager|us}, {place|here} and {{7*7}}")
    definition = a_definition(
        {
            "key": "s",
            "title": text,
            "intro": text,
            "questions": [a_question("q", type="short_text", text=text, help=text)],
        },
        intro=text,
    )
    with inside(bare_app):
        a_published(definition)
        token = token_of(an_invitation(a_contact(), questionnaire="example"))
    page = Person(bare_app, token).open()
    assert page.text.count("Sagara, here and {{7*7}}") == 5


def test_all_that_is_wrong_on_a_page_is_told_at_once(person: Person) -> None:
    """A11Y-02: a blank required question and a text that is too long, in one round."""
    page = person.press(person.open("?p=1"), csat=4, reason="x" * 20_001)
    assert page.code == 422
    assert 'id="q-nps-error"' in page.text
    assert 'id="q-reason-error"' in page.text
