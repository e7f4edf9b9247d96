"""Tests of the parts of a page that answers open and close."""

from typing import Any

from feedback.responses.parts import changed, open_parts, parts, unseen
from feedback.responses.progress import route
from feedback.surveys.definition import parse
from feedback.surveys.layout import Page, pages
from feedback.surveys.showing import Entered
from tests.surveys.generated import a_definition, a_question, a_text

LOW = {"question": "csat", "between": [1, 2]}
ROWS = [{"key": key, "text": a_text(key)} for key in ("x", "y")]
GRID = {"key": "g", "type": "grid", "scale": "agreement", "rows": ROWS, "text": a_text()}
ASKED = parse(
    a_definition(
        {
            "key": "one",
            "title": a_text("One"),
            "questions": [
                a_question("csat", type="csat"),
                a_question("sorry", type="statement", show_if=LOW),
                {**GRID, "show_if": LOW},
            ],
        },
        {"key": "two", "title": a_text("Two"), "questions": [a_question("b")], "show_if": LOW},
        one_page=True,
    )
)
(PAGE,) = pages(ASKED, seed=1)


def _seen(**values: str) -> Page | None:
    return route(ASKED, [PAGE], values, {}).find_page(1)


def _blocks(**values: str) -> Any:
    return parts(PAGE, _seen(**values), "en", {}, Entered(values, {}))


def test_only_boxes_that_answers_open_are_listed() -> None:
    assert list(open_parts(PAGE, _seen(csat="5"))) == []
    assert list(open_parts(PAGE, _seen(csat="1"))) == ["c-sorry", "c-g-x", "s-two"]


def test_the_rows_of_a_grid_come_and_go_together() -> None:
    grid = open_parts(PAGE, _seen(csat="1"))["c-g-x"]
    assert [question.key for question in grid] == ["g-x", "g-y"]


def test_words_to_read_and_answered_questions_need_not_be_shown_again() -> None:
    values = {"csat": "1", "b": "3"}
    assert list(unseen(PAGE, _seen(**values), [], values)) == ["c-g-x"]
    assert list(unseen(PAGE, _seen(**values), ["c-g-x"], values)) == []


def test_a_closed_box_keeps_its_place_and_is_empty() -> None:
    first, second = _blocks(csat="5")
    assert [(unit.id, unit.is_open) for unit in first.units] == [
        ("c-csat", True),
        ("c-sorry", False),
        ("c-g-x", False),
    ]
    assert (second.id, second.is_open, second.title) == ("s-two", False, "")
    assert [each.key for unit in first.units for each in unit.asks.questions] == ["csat"]


def test_only_outermost_boxes_that_are_not_as_shown_have_changed() -> None:
    whole, single = changed(_blocks(csat="1"), ["c-sorry"])
    assert ([each.id for each in whole], [each.id for each in single]) == (["s-two"], ["c-g-x"])
    whole, single = changed(_blocks(csat="5"), ["c-sorry", "s-two"])
    assert ([each.id for each in whole], [each.id for each in single]) == (["s-two"], ["c-sorry"])


def test_a_page_nothing_is_asked_on_has_only_closed_boxes() -> None:
    assert not any(block.is_open for block in parts(PAGE, None, "en", {}, Entered({}, {})))
