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


def test_every_refusal_has_its_sentence(app: Flask) -> None:
    codes = ["several_values", "unknown_choice", "null_character", "broken_character"]
    said = [forms.sentence(InvalidAnswer(code)) for code in codes]
    said.append(forms.sentence(InvalidAnswer("too_long", {"limit": 20_000, "length": 20_007})))
    assert all(said)
    assert "7" in said[-1]


def test_a_blank_required_question_has_its_sentence(app: Flask) -> None:
    assert all(forms.missing_sentence(question) for question in ASKED)


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
