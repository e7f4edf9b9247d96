"""Every question type on the page: what its fields hold, how they are named and described."""

import re
from collections.abc import Sequence

import pytest
from flask import Flask, render_template
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from feedback.responses.forms import answers_form
from feedback.surveys.layout import pages
from feedback.surveys.questionnaire import Grid, Limits, Question, Questionnaire, Section
from feedback.surveys.questions import TYPES
from feedback.surveys.showing import NOTHING, Entered, Preview, ShownQuestion, sections
from tests.house.pages import complaints
from tests.responses.filled import fields
from tests.surveys.asked import A_VALID_ANSWER, ANSWERED, a, stored, words

MORE = hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PAGE = (
    '<!doctype html><html lang="en"><head><title>T</title></head><body><h1>H</h1>{}</body></html>'
)
GRID = Grid("g", words("How satisfied?"), words("Lately"))


class Saving:
    """A page that saves each answer by itself."""

    company = "Sagara"

    def save_url(self, question: ShownQuestion) -> str:
        """Return where the answer is saved."""
        return f"/save/{question.key}"


def drawn(asked: Sequence[Question], entered: Entered = NOTHING, page: object | None = None) -> str:
    """Return the questions as a page shows them, in one section."""
    whole = Questionnaire("x", words("X"), (Section("s", words("S"), tuple(asked)),))
    (section,) = sections(pages(whole, seed=0, limit=50)[0], "en", {"company": "Sagara"}, entered)
    return render_template(
        "responses/questions/_list.html", section=section, page=page or Saving(), level="h2"
    )


def entered(value: str, error: str = "") -> Entered:
    return Entered({"q": value}, {"q": 3}, {"q": error} if error else {})


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> object:
    with app.test_request_context("/?lang=en"):
        yield


@pytest.mark.parametrize("kind", ANSWERED)
@MORE
@given(data=st.data())
def test_what_is_shown_is_what_is_sent_again(app: Flask, kind: str, data: st.DataObject) -> None:
    question, value = a(kind), data.draw(stored(kind))
    form = answers_form([question], fields(drawn([question], entered(value))))
    assert form.validate()
    assert form["q.q"].data.value == value
    assert fields(drawn([question], entered(value)))["v.q"] == "3"


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("number", [("q.q", "12 abc")]),
        ("date", [("q.q", "31/12/2025")]),
        ("short_text", [("q.q", "x" * 201)]),
        ("long_text", [("q.q", "a\r\n" + "x" * 20_001)]),
        ("choice", [("q.q", "other"), ("q.q.other", " ")]),
        ("choices", [("q.q", "phone"), ("q.q", "none"), ("q.q.other", "by, post")]),
        ("ranking", [("q.q.1", "2"), ("q.q.2", "2"), ("q.q.3", ""), ("q.q.4", "1")]),
    ],
)
def test_what_was_typed_stands_in_its_fields_again(kind: str, sent: list[tuple[str, str]]) -> None:
    form = answers_form([a(kind)], MultiDict(sent))
    assert not form.validate()
    html = drawn([a(kind)], entered(form["q.q"].typed, form["q.q"].errors[0]))
    again = fields(html)
    # A hidden blank of its own says that the question was there.
    assert [pair for pair in again.items(multi=True) if pair[1].strip() and pair[0] != "v.q"] == [
        pair for pair in sent if pair[1].strip()
    ]
    assert 'type="date"' not in html  # it would show nothing of what is no date


@pytest.mark.parametrize("kind", ["choices", "consent", "ranking"])
def test_a_group_with_nothing_chosen_is_sent_as_blank(kind: str) -> None:
    form = answers_form([a(kind)], fields(drawn([a(kind)])))
    assert form.validate()
    assert form["q.q"].was_sent
    assert form["q.q"].data is None


def test_a_statement_is_words_only() -> None:
    html = drawn([a("statement")])
    assert "Question (en)" in html
    assert list(fields(html)) == []


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("error", ["", "Wrong."])
def test_every_choice_has_a_fieldset_with_a_legend_and_every_field_a_label(
    kind: str, error: str
) -> None:
    """A11Y-01: checkers are blind here, so we look ourselves."""
    question = a(kind, help=words("Help"), required=kind != "statement")
    html = drawn([question], entered(A_VALID_ANSWER.get(kind, ""), error))
    assert complaints(PAGE.format(html)) == []
    if kind == "statement":
        return
    (legend,) = re.findall(r"<legend>(.*?)</legend>", html)
    assert "Question (en)" in legend
    assert html.index("<fieldset") < html.index("<legend>") < html.index('id="q-q"')
    assert html.index('id="q-q"') < html.index("</fieldset>")


@pytest.mark.parametrize("kind", ANSWERED)
def test_help_and_error_describe_the_field_they_are_about(kind: str) -> None:
    """A11Y-02."""
    question = a(kind, help=words("Help"))
    html = drawn([question], entered(A_VALID_ANSWER[kind], "Wrong."))
    described = re.findall(r'aria-describedby="([^"]*)"', html)
    assert {"q-q-help", "q-q-error"} <= set(described[0].split())
    assert '<p class="error" id="q-q-error">Wrong.</p>' in html
    assert "aria-invalid" in html


@pytest.mark.parametrize("kind", ANSWERED)
def test_every_question_saves_itself_and_a_preview_nothing(kind: str) -> None:
    assert drawn([a(kind)]).count('hx-post="/save/q"') == 1
    preview = drawn([a(kind)], page=Preview("Sagara"))
    assert "hx-post" not in preview
    assert re.search(r"<fieldset[^>]* disabled>", preview)


def test_the_line_for_own_words_stands_right_behind_its_option() -> None:
    html = drawn([a("choices")])
    assert html.index('value="other"') < html.index('name="q.q.other"') < html.index('value="none"')


def test_limits_are_said_before_they_are_broken() -> None:
    assert "Choose 2 to 3." in drawn([a("choices", limits=Limits("2", "3"))])
    assert "From 1 to 10,000." in drawn([a("number", limits=Limits("1", "10000"))])
    assert "On 2 May 2026 or later." in drawn([a("date", limits=Limits("2026-05-02"))])


def test_a_number_is_a_text_field_with_a_keypad() -> None:
    html = drawn([a("number")])
    assert 'type="text" inputmode="decimal"' in html


def test_a_ranking_shows_a_complete_order_in_that_order() -> None:
    html = drawn([a("ranking")], entered("none,phone,other,e-mail"))
    assert re.findall(r'<select id="[^"]*" name="q\.q\.(\d)"', html) == ["4", "1", "3", "2"]
    assert re.findall(r"<option selected>(\d)", html) == ["1", "2", "3", "4"]


def test_a_ranking_begun_stays_in_the_order_of_the_questionnaire() -> None:
    html = drawn([a("ranking")], entered("phone=2,e-mail=,other=1,none="))
    assert re.findall(r'<select id="[^"]*" name="q\.q\.(\d)"', html) == ["1", "2", "3", "4"]


def test_the_points_of_a_rating_are_chosen_by_their_digits() -> None:
    assert re.findall(r'value="(\S+)" data-digit="(\d)"', drawn([a("rating")])) == [
        ("phone", "1"),
        ("e-mail", "2"),
        ("other", "3"),
        ("none", "4"),
    ]


def test_the_rows_of_a_grid_are_questions_of_their_own_in_one_named_group() -> None:
    rows = [Question(f"g-{n}", "csat", words(f"Row {n}"), grid=GRID) for n in (1, 2)]
    other = Question("x-1", "csat", words("Row of another"), grid=Grid("x", words("Other")))
    html = drawn([a("csat"), *rows, other])
    assert complaints(PAGE.format(html)) == []
    assert html.count('role="group"') == 2
    group = html[html.index('aria-labelledby="g-g"') : html.index('aria-labelledby="g-x"')]
    assert '<h2 id="g-g">How satisfied? (en)</h2>' in group
    assert re.findall(r"<legend>(.*?)</legend>", group) == ["Row 1 (en)", "Row 2 (en)"]
    assert [name for name in fields(html) if name.startswith("v.g-")] == ["v.g-1", "v.g-2"]
