"""Tests of what a respondent's form reads: answers, versions, where it comes from."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from feedback.responses import forms
from feedback.surveys.questions import InvalidAnswer
from feedback.surveys.shipped import get_shipped
from tests.surveys.asked import a

ASKED = get_shipped("client_relationship").questions


def _form(*pairs: tuple[str, str]) -> tuple[Form, MultiDict[str, str]]:
    sent: MultiDict[str, str] = MultiDict(pairs)
    form = forms.answers_form(ASKED, sent)
    form.validate()
    return form, sent


def _errors(*pairs: tuple[str, str]) -> list[str]:
    form, _ = _form(*pairs)
    return sorted(form.errors)


def test_answers_arrive_with_the_versions_the_page_showed(app: Flask) -> None:
    form, sent = _form(("q.csat", "4"), ("v.csat", "3"), ("q.reason", "words"), ("v.reason", ""))
    found = {each.question: each for each in forms.incoming(form, sent)}
    assert set(found) == {"csat", "reason"}
    csat, reason = found["csat"], found["reason"]
    assert csat.answered is not None
    assert (csat.answered.value, csat.answered.number, csat.version) == ("4", 4, 3)
    assert reason.answered is not None
    assert (reason.answered.value, reason.answered.number, reason.version) == ("words", None, 0)


def test_a_field_that_was_not_sent_says_nothing(app: Flask) -> None:
    form, sent = _form(("q.csat", "4"))
    assert [each.question for each in forms.incoming(form, sent)] == ["csat"]


def test_a_field_that_was_sent_blank_takes_the_answer_back(app: Flask) -> None:
    form, sent = _form(("q.reason", "  \n"), ("v.reason", "2"))
    (found,) = forms.incoming(form, sent)
    assert (found.answered, found.version) == (None, 2)


def test_stored_versions_stand_in_for_those_of_the_page(app: Flask) -> None:
    form, sent = _form(("q.csat", "4"), ("v.csat", "3"), ("q.nps", "9"))
    found = forms.incoming(form, sent, {"csat": 7})
    assert {each.question: each.version for each in found} == {"csat": 7, "nps": 0}


@pytest.mark.parametrize(
    "pairs",
    [
        [("q.csat", "6")],
        [("q.csat", "four")],
        [("q.csat", "4"), ("q.csat", "5")],
        [("q.csat", "na")],
        [("q.reason", "x" * 20_001)],
        [("q.reason", "a\0b")],
        [("q.reason", "\ud800")],
    ],
)
def test_what_is_no_answer_is_an_error_and_does_not_arrive(
    app: Flask, pairs: list[tuple[str, str]]
) -> None:
    """FLK-04: at most 20,000 characters."""
    form, sent = _form(*pairs)
    assert sorted(form.errors) == [pairs[0][0]]
    assert forms.incoming(form, sent) == []


def test_what_was_typed_stays_whatever_it_is(app: Flask) -> None:
    form, _ = _form(("q.reason", "a\0b"))
    assert form["q.reason"].typed == "a\0b"


def test_twenty_thousand_characters_are_not_too_many(app: Flask) -> None:
    """FLK-04: line ends of two characters count as one."""
    assert _errors(("q.reason", "x" * 19_999 + "\r\n")) == []


REFUSALS: list[tuple[str, dict[str, int | str], str]] = [
    ("several_values", {}, "Choose one answer."),
    ("unknown_choice", {}, "Choose one of the answers shown."),
    ("null_character", {}, "Type it anew."),
    ("broken_character", {}, "Type it anew."),
    (
        "too_long",
        {"limit": 20_000, "length": 20_007},
        "20,000 characters fit here, and this text has 7",
    ),
    ("other_missing", {}, "Write in a few words what you mean"),
    ("too_few", {"least": 2, "chosen": 1}, "Choose at least 2 answers."),
    ("too_few", {"least": 1, "chosen": 0}, "Choose at least 1 answer."),
    ("too_many", {"most": 3, "chosen": 5}, "Choose at most 3 answers; 5 are chosen."),
    ("not_alone", {}, "Keep it, or the others."),
    ("unplaced", {"total": 4}, "from 1 to 4"),
    ("placed_twice", {"place": "2", "total": 4}, "Two answers have place 2."),
    ("not_a_number", {}, "for example 1200 or 12.5."),
    ("not_whole", {"decimals": 0}, "Write a whole number"),
    ("too_many_decimals", {"decimals": 2}, "at most 2 digits after"),
    ("too_small", {"least": "1000"}, "at least 1,000."),
    ("too_large", {"most": "12.50"}, "at most 12.5."),
    ("outside", {"least": "-1", "most": "10"}, "from -1 to 10."),
    ("not_a_date", {}, "for example 2026-11-22."),
    ("too_early", {"least": "2026-01-01"}, "on or after 1 January 2026."),
    ("too_late", {"most": "2026-12-31"}, "on or before 31 December 2026."),
    ("outside_days", {"least": "2026-01-01", "most": "2026-12-31"}, "from 1 January 2026 to 31"),
]


@pytest.mark.parametrize(("code", "params", "said"), REFUSALS)
def test_every_refusal_says_what_to_do(
    app: Flask, code: str, params: dict[str, int | str], said: str
) -> None:
    with app.test_request_context("/?lang=en"):
        assert said in forms.sentence(InvalidAnswer(code, params))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("csat", "Choose an answer."),
        ("choice", "Choose an answer."),
        ("choices", "Choose at least one answer."),
        ("ranking", "Give every answer a place, from 1 to 4."),
        ("number", "Write a number."),
        ("date", "Choose a day."),
        ("short_text", "Write a few words here."),
        ("long_text", "Write a few words here."),
        ("consent", "Tick the box to go on."),
    ],
)
def test_a_blank_required_question_has_its_sentence(app: Flask, kind: str, said: str) -> None:
    with app.test_request_context("/?lang=en"):
        assert forms.missing_sentence(a(kind)) == said


def test_fields_beside_the_questions_own_arrive_with_it(app: Flask) -> None:
    sent = MultiDict([("q.q", "other"), ("q.q.other", "by post"), ("v.q", "2")])
    form = forms.answers_form([a("choice")], sent)
    (found,) = forms.incoming(form, sent)
    assert found.answered is not None
    assert (found.answered.value, found.version) == ("other\nby post", 2)


def test_places_alone_are_a_ranking(app: Flask) -> None:
    sent = MultiDict([(f"q.q.{number}", str(5 - number)) for number in range(1, 5)])
    (found,) = forms.incoming(forms.answers_form([a("ranking")], sent), sent)
    assert found.answered is not None
    assert found.answered.value == "none,other,e-mail,phone"


@pytest.mark.parametrize("kind", ["choices", "consent"])
def test_the_last_tick_taken_away_takes_the_answer_back(app: Flask, kind: str) -> None:
    sent = MultiDict([("q.q", ""), ("v.q", "4")])
    (found,) = forms.incoming(forms.answers_form([a(kind)], sent), sent)
    assert (found.answered, found.version) == (None, 4)


def test_a_statement_has_no_field(app: Flask) -> None:
    assert list(forms.answers_form([a("statement")], MultiDict([("q.q", "x")]))) == []


def test_the_origin_is_read_from_the_hidden_fields(app: Flask) -> None:
    sent = MultiDict({"window": "w" * 40, "seq": "17", "revision": "2"})
    origin = forms.origin(sent, "id")
    assert (origin.language, origin.window, origin.sequence, origin.revision) == (
        "id",
        "w" * 32,
        17,
        2,
    )


@pytest.mark.parametrize(
    "text", ["", "x", "-1", "1.5", "٣", "²", "1_000", " 1", "9" * 30, "9" * 5_000, "\0"]
)
def test_a_sequence_that_is_no_small_number_breaks_nothing(app: Flask, text: str) -> None:
    """SEC-23: hidden fields are somebody's text too."""
    sequence = forms.origin(MultiDict({"seq": text, "revision": text}), "en").sequence
    assert 0 <= sequence < 2**63  # what the column holds


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=50), st.text(max_size=50))
def test_no_text_breaks_the_form(app: Flask, value: str, version: str) -> None:
    form, sent = _form(("q.reason", value), ("v.reason", version), ("q.nps", value))
    for each in forms.incoming(form, sent):
        assert each.version >= 0
        assert each.answered is None or "\0" not in each.answered.value
