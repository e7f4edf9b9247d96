"""Grids, statements and single pages, and pages of which only a part is asked."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.surveys.branching import Path, path
from feedback.surveys.definition import Questionnaire, parse
from feedback.surveys.layout import Page, pages, visible
from tests.surveys.generated import (
    a_definition,
    a_question,
    a_section,
    a_text,
    answers,
    definitions,
)

slowly = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
SEEDS = range(100)


def keys(laid_out: tuple[Page, ...]) -> list[list[str]]:
    return [[question.key for question in page.questions] for page in laid_out]


def a_page_of(*questions: dict[str, Any], **members: Any) -> Questionnaire:
    """One section of these questions."""
    section = {"key": "s", "title": a_text(), "questions": list(questions), **members}
    return parse(a_definition(section))


def a_grid(key: str, rows: int) -> dict[str, Any]:
    found = [{"key": f"r{number}", "text": a_text()} for number in range(rows)]
    return {"key": key, "type": "grid", "scale": "csat", "text": a_text(), "rows": found}


@pytest.mark.parametrize(
    ("before", "rows", "after", "expected"),
    [(1, 4, 1, [6]), (4, 4, 0, [4, 4]), (1, 8, 1, [1, 8, 1]), (3, 3, 3, [3, 6])],
)
def test_the_rows_of_a_grid_stay_on_one_page(
    before: int, rows: int, after: int, expected: list[int]
) -> None:
    first = [a_question(f"a{number}") for number in range(before)]
    last = [a_question(f"b{number}") for number in range(after)]
    laid_out = pages(a_page_of(*first, a_grid("g", rows), *last), 1)
    assert [len(page.questions) for page in laid_out] == expected


def test_the_rows_of_a_grid_stay_together_and_in_order_when_items_swap() -> None:
    questionnaire = a_page_of(a_grid("g", 3), a_question("a"), a_question("b"), shuffle_items=True)
    orders = {" ".join(keys(pages(questionnaire, seed))[0]) for seed in SEEDS}
    assert len(orders) == 6
    assert all("g-r0 g-r1 g-r2" in order for order in orders)


def test_statements_do_not_count_and_lead_to_what_follows() -> None:
    said = [a_question(f"n{number}", type="statement") for number in range(3)]
    asked = [a_question(f"q{number}") for number in range(4)]
    questionnaire = a_page_of(*asked[:2], said[0], said[1], *asked[2:], said[2])
    assert keys(pages(questionnaire, 1, 2)) == [["q0", "q1"], ["n0", "n1", "q2", "q3", "n2"]]


def test_a_section_of_statements_has_its_page() -> None:
    said = a_question("n", type="statement")
    assert keys(pages(a_page_of(said), 1)) == [["n"]]


def test_a_questionnaire_on_one_page_has_one_page() -> None:
    questionnaire = parse(a_definition(a_section("a", 7), a_section("b", 2), one_page=True))
    (page,) = pages(questionnaire, 1)
    assert len(page.questions) == 9
    assert [block.section.key for block in page.blocks] == ["a", "b"]


def test_one_page_shuffles_like_several() -> None:
    data = a_definition(*(a_section(key, 3, shuffle_group="g") for key in "abc"))
    for seed in SEEDS:
        several = pages(parse(data), seed)
        (one,) = pages(parse({**data, "one_page": True}), seed)
        assert one.questions == tuple(q for page in several for q in page.questions)


def test_a_page_keeps_its_number_while_others_are_empty() -> None:
    laid_out = pages(parse(a_definition(*(a_section(key, 2) for key in "abc"))), 1)
    shown = visible(laid_out, Path(("a-0", "c-0", "c-1")))
    assert [page.number for page in shown] == [1, 3]
    assert keys(shown) == [["a-0"], ["c-0", "c-1"]]


def test_an_introduction_moves_to_the_first_block_that_is_shown() -> None:
    members = {"shuffle_group": "g", "intro": a_text("How far do you agree?")}
    laid_out = pages(parse(a_definition(*(a_section(key, 2, **members) for key in "ab"))), 1)
    second = laid_out[0].blocks[1]
    (page,) = visible(laid_out, Path(tuple(each.key for each in second.questions)))
    assert page.blocks[0].intro == second.section.intro


def test_a_section_begins_where_its_first_question_is_shown() -> None:
    laid_out = pages(parse(a_definition(a_section("a", 9))), 1)
    assert laid_out[1].blocks[0].continued
    (page,) = visible(laid_out, Path(("a-8",)))
    assert not page.blocks[0].continued


@slowly
@given(definitions(), st.integers(), st.data())
def test_the_visible_pages_have_what_is_on_the_path_in_the_same_order(
    data: dict[str, Any], seed: int, drawn: st.DataObject
) -> None:
    questionnaire = parse(data)
    taken = path(questionnaire, drawn.draw(answers(questionnaire)))
    laid_out = pages(questionnaire, seed)
    wanted = [[key for key in page if key in taken.keys] for page in keys(laid_out)]
    assert keys(visible(laid_out, taken)) == [page for page in wanted if page]
