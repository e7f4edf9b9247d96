"""Tests of questions that answers open and close: in place, on the page shown again, behind it."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from feedback.extensions import db
from feedback.responses.models import Answer
from feedback.surveys.languages import LANGUAGES
from tests.builders.campaigns import an_invitation, token_of
from tests.builders.organisations import a_contact
from tests.builders.surveys import a_published
from tests.house.pages import complaints
from tests.responses.browsing import Person, Seen, sent_contents
from tests.rows import inside
from tests.surveys.generated import a_definition, a_question, a_text

LOW = {"question": "csat", "between": [1, 2]}
HIGH = {"question": "csat", "between": [4, 5]}


def _section(key: str, *questions: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"key": key, "title": a_text(key), "questions": list(questions), **members}


DEFINITION = a_definition(
    _section(
        "one",
        a_question("csat", type="csat", required=True),
        a_question("why", type="long_text", show_if=LOW),
        a_question("call", type="flag", required=True, show_if=LOW),
        a_question("reason", type="short_text", show_if={"question": "call", "is": "yes"}),
    ),
    _section("hurt", a_question("how", type="long_text"), show_if=LOW),
    _section("praise", a_question("whom", type="long_text"), show_if=HIGH),
)
ONE_PAGE = {**DEFINITION, "one_page": True}


def _somebody(app: Flask, definition: dict[str, Any], **contact: Any) -> Person:
    with inside(app):
        a_published(definition)
        invitation = an_invitation(a_contact(**contact), questionnaire="example")
        return Person(app, token_of(invitation))


@pytest.fixture
def person(bare_app: Flask) -> Person:
    """Somebody asked on several pages."""
    return _somebody(bare_app, DEFINITION)


@pytest.fixture
def on_one_page(bare_app: Flask) -> Person:
    """Somebody asked on one page."""
    return _somebody(bare_app, ONE_PAGE)


def _swapped(seen: Seen) -> list[str]:
    """Return the ids of the boxes an autosave brings, in order."""
    return re.findall(r'<div id="([^"]+)" class="part" hx-swap-oob="true">', seen.text)


@pytest.mark.parametrize("definition", [DEFINITION, ONE_PAGE])
def test_only_what_the_answers_so_far_lead_to_is_shown(
    bare_app: Flask, definition: dict[str, Any]
) -> None:
    first = _somebody(bare_app, definition).open()
    assert first.asks == ["csat"]
    assert "Question 1 of 1" in first.text
    assert complaints(first.text) == []


def test_a_low_score_brings_its_questions_into_the_page(person: Person) -> None:
    first = person.open()
    answer = person.autosave("csat", first, "1", seq=1)
    assert _swapped(answer) == ["c-why", "c-call"]
    assert answer.asks == ["csat", "why", "call"]
    assert "2 questions were added on this page." in answer.text
    assert "Question 1 of 4" in answer.text


def test_what_did_not_change_is_not_swapped(person: Person) -> None:
    """A11Y-09: a box somebody may be typing in is left alone."""
    person.press(person.open(), "back", csat=1)
    page = person.open("?p=1")
    assert page.asks == ["csat", "why", "call"]
    assert _swapped(person.autosave("csat", page, "2", seq=1)) == []
    assert _swapped(person.autosave("call", page, "yes", seq=2)) == ["c-reason"]
    assert _swapped(person.autosave("why", page, "because", seq=3)) == ["c-reason"]


def test_a_better_score_takes_its_questions_away_and_keeps_their_answers(
    bare_app: Flask, person: Person
) -> None:
    person.press(person.open(), "back", csat=1)
    page = person.open("?p=1")
    person.autosave("why", page, "because", seq=1)
    closed = person.autosave("csat", page, "5", seq=2)
    assert _swapped(closed) == ["c-why", "c-call"]
    assert closed.asks == ["csat"]
    opened = person.autosave("csat", person.open("?p=1"), "1", seq=3)
    assert "because" in opened.text
    assert opened.fields["v.why"] == "1"


def test_a_section_comes_and_goes_with_its_heading(on_one_page: Person) -> None:
    page = on_one_page.open()
    answer = on_one_page.autosave("csat", page, "1", seq=1)
    assert _swapped(answer) == ["s-hurt", "c-why", "c-call"]
    assert "<h2>hurt (en)</h2>" in answer.text
    assert "praise (en)" not in answer.text


def test_the_button_sends_as_soon_as_nothing_comes_after_the_page(person: Person) -> None:
    page = person.open()
    assert (page.fields["last"], page.text.count("Send answers")) == ("1", 1)
    answer = person.autosave("csat", page, "3", seq=1)
    assert "Continue" not in answer.text
    answer = person.autosave("csat", page, "5", seq=2)
    assert '<span id="go" hx-swap-oob="true">Continue</span>' in answer.text
    assert answer.fields["last"] == ""


def test_without_script_the_page_comes_again_at_the_new_question(
    bare_app: Flask, person: Person
) -> None:
    moved = person.press(person.open(), csat=1)
    assert moved.answer.location.endswith("#c-why")
    again = person.follow(moved)
    assert again.asks == ["csat", "why", "call"]
    assert "Your answer leads to one more thing" in again.text
    assert "You can leave it blank" in again.text
    assert "There is a problem" not in again.text
    assert complaints(again.text) == []
    assert sent_contents(bare_app) == []


def test_an_optional_new_question_is_skipped_by_going_on(person: Person) -> None:
    again = person.follow(person.press(person.open(), csat=1))
    further = person.follow(person.press(again, call="no"))
    assert further.asks == ["how"]


def test_a_required_new_question_left_blank_is_asked_for(person: Person) -> None:
    again = person.follow(person.press(person.open(), csat=1))
    refused = person.press(again)
    assert refused.code == 422
    assert re.findall(r'href="#(q-\w+)"', refused.text) == ["q-call"]


def test_a_new_question_behind_a_new_question_is_shown_too(person: Person) -> None:
    again = person.follow(person.press(person.open(), csat=1))
    moved = person.press(again, call="yes")
    assert moved.answer.location.endswith("#c-reason")
    assert "reason" in person.follow(moved).asks


def test_a_question_that_script_brought_is_not_shown_twice(person: Person) -> None:
    page = person.open()
    answer = person.autosave("csat", page, "1", seq=1)
    data = page.filled(csat=1, call="no")
    data.setlist("shown", answer.fields.getlist("shown"))
    data["last"], data["go"] = answer.fields["last"], "next"
    assert person.follow(person.send(data)).asks == ["how"]


def test_a_page_nobody_needs_is_passed_over_both_ways(person: Person) -> None:
    praise = person.follow(person.press(person.open(), csat=5))
    assert praise.asks == ["whom"]
    assert person.follow(person.press(praise, "back")).asks == ["csat"]


def test_who_was_told_to_go_on_does_not_send_unknowingly(bare_app: Flask, person: Person) -> None:
    """The form said "Continue"; the answer given in it closed every page behind."""
    person.press(person.open(), "back", csat=5)
    page = person.open("?p=1")
    assert page.fields["last"] == ""
    end = person.follow(person.press(page, csat=3))
    assert sent_contents(bare_app) == []
    assert "There are no more questions." in end.text
    assert person.press(end).answer.location.split("?")[0].endswith("/thanks")
    assert sent_contents(bare_app) == [{"csat": "3"}]


def test_who_was_told_to_send_and_is_asked_more_is_asked(bare_app: Flask, person: Person) -> None:
    page = person.open()
    assert person.follow(person.press(page, csat=5)).asks == ["whom"]
    assert sent_contents(bare_app) == []


def test_only_answers_on_the_path_are_sent_and_the_others_are_kept(
    bare_app: Flask, person: Person
) -> None:
    again = person.follow(person.press(person.open(), csat=1))
    person.press(again, call="yes", why="because")
    person.press(person.open("?p=1"), csat=3)
    page = person.open("?p=1")
    assert person.press(page).answer.location.split("?")[0].endswith("/thanks")
    assert sent_contents(bare_app) == [{"csat": "3"}]
    with inside(bare_app):
        kept = {row.question: row.value for row in db.session.scalars(select(Answer))}
    assert kept == {"csat": "3", "call": "yes", "why": "because"}


def test_the_same_form_with_answers_it_closed_itself_gives_the_same_receipt(
    bare_app: Flask, on_one_page: Person
) -> None:
    """STO-06: what is not asked any more is no different content."""
    again = on_one_page.follow(on_one_page.press(on_one_page.open(), csat=1))
    data = again.filled(csat=3, why="because", how="much")
    data["go"] = "next"
    answers = [on_one_page.send(data) for _ in range(2)]
    assert [each.answer.location for each in answers] == [answers[0].answer.location] * 2
    assert sent_contents(bare_app) == [{"csat": "3"}]


def test_a_wrong_answer_to_a_question_not_asked_any_more_stops_nobody(on_one_page: Person) -> None:
    again = on_one_page.follow(on_one_page.press(on_one_page.open(), csat=1))
    sent = on_one_page.press(again, csat=3, call="perhaps")
    assert sent.answer.location.split("?")[0].endswith("/thanks")


def test_the_choice_from_the_mail_brings_its_follow_up_along(person: Person) -> None:
    assert person.open("?a=csat.1").asks == ["csat", "why", "call"]


@pytest.mark.parametrize("shown", [[], ["c-nothing"], ["\0"], ["c-csat", "s-one"]])
def test_nonsense_about_what_was_shown_breaks_nothing(person: Person, shown: list[str]) -> None:
    page = person.open()
    page.fields.setlist("shown", shown)
    assert person.autosave("csat", page, "1", seq=1).code == 200
    assert person.press(page, csat=1).code == 303
    assert person.open("?p=1&new=c-nothing").code == 200


def test_rules_see_the_contact_the_organisation_and_the_language(bare_app: Flask) -> None:
    rules = {
        "role": {"contact": "role", "is": "Buyer"},
        "weight": {"contact": "weight", "is": "influencer"},
        "kind": {"contact": "kind", "is": "client"},
        "partner": {"contact": "kind", "is": "partner"},
        "malay": {"contact": "language", "is": "ms"},
    }
    questions = [a_question(key, show_if=rule) for key, rule in rules.items()]
    person = _somebody(
        bare_app, a_definition(_section("s", *questions)), role="Buyer", weight="influencer"
    )
    assert person.open().asks == ["role", "weight", "kind"]
    assert person.open("?lang=ms").asks == ["role", "weight", "kind", "malay"]


def test_two_versions_of_an_answer_are_shown_in_words(bare_app: Flask) -> None:
    """STO-08: whatever the type, as the person would say it."""
    options = [{"key": key, "text": a_text(key.upper())} for key in "abc"]
    person = _somebody(
        bare_app,
        a_definition(
            _section(
                "s",
                a_question("order", type="ranking", options=options),
                a_question("several", type="choices", options=options),
                a_question("day", type="date"),
            )
        ),
    )
    mine, theirs = person.open(), person.open()
    person.autosave("several", theirs, "a", seq=1)
    assert "A (en)" in person.autosave("several", mine, "b", seq=1).text
    person.press(theirs, "back", several="a", day="2026-11-22")
    conflict = person.press(mine, "back", several="c", day="2026-11-23")
    assert conflict.code == 409
    for words in ("A (en)", "C (en)", "22 November 2026", "23 November 2026"):
        assert words in conflict.text


def test_two_versions_are_told_with_the_names_the_page_showed(bare_app: Flask) -> None:
    """STO-08: but what somebody wrote stays as written."""
    options = [
        {"key": "a", "text": dict.fromkeys(LANGUAGES, "{company}")},
        {"key": "b", "text": a_text("Another"), "other": True},
    ]
    asked = a_definition(_section("one", a_question("which", type="choice", options=options)))
    person = _somebody(bare_app, asked)
    mine, theirs = person.open(), person.open()
    person.press(theirs, "back", which="a")
    conflict = person.press(mine, "back", **{"which": "b", "which.other": "{company}"})
    assert conflict.code == 409
    assert "<dd>Sagara</dd>" in conflict.text
    assert "<dd>Another (en): {company}</dd>" in conflict.text
