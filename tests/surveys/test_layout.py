"""Order and pages."""

import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.surveys.definition import Questionnaire, parse
from feedback.surveys.layout import Page, estimated_seconds, pages
from feedback.surveys.shipped import get_shipped
from tests.surveys.generated import (
    a_definition,
    a_section,
    a_text,
    definitions,
)

slowly = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
SEEDS = range(200)


def grouped(*sizes: int, **members: Any) -> Questionnaire:
    """Sections s0, s1 … of these sizes, all in one shuffle group."""
    return parse(
        a_definition(
            *(
                a_section(f"s{number}", size, shuffle_group="all", **members)
                for number, size in enumerate(sizes)
            )
        )
    )


def keys(laid_out: tuple[Page, ...]) -> list[list[str]]:
    return [[question.key for question in page.questions] for page in laid_out]


def section_order(laid_out: tuple[Page, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(block.section.key for page in laid_out for block in page.blocks))


@slowly
@given(definitions(), st.integers(), st.integers(1, 8))
def test_every_question_is_asked_exactly_once(data: dict[str, Any], seed: int, limit: int) -> None:
    questionnaire = parse(data)
    asked = [question for page in pages(questionnaire, seed, limit) for question in page.questions]
    assert sorted(each.key for each in asked) == sorted(
        each.key for each in questionnaire.questions
    )


@slowly
@given(definitions(), st.integers(), st.integers(1, 8))
def test_no_page_is_empty_and_only_a_grid_may_be_over_the_limit(
    data: dict[str, Any], seed: int, limit: int
) -> None:
    questionnaire = parse({**data, "one_page": False})
    for page in pages(questionnaire, seed, limit):
        counted = [question for question in page.questions if question.type != "statement"]
        assert page.questions
        assert len(counted) <= limit or len({each.grid for each in counted}) == 1


@slowly
@given(definitions(), st.integers())
def test_the_same_seed_gives_the_same_pages(data: dict[str, Any], seed: int) -> None:
    assert pages(parse(data), seed) == pages(parse(data), seed)


@slowly
@given(definitions(), st.integers())
def test_pages_are_numbered_from_one(data: dict[str, Any], seed: int) -> None:
    laid_out = pages(parse(data), seed)
    assert [page.number for page in laid_out] == list(range(1, len(laid_out) + 1))


@slowly
@given(definitions(), st.integers(), st.integers(1, 8))
def test_a_section_is_begun_once_and_never_resumed_after_another(
    data: dict[str, Any], seed: int, limit: int
) -> None:
    blocks = [block for page in pages(parse(data), seed, limit) for block in page.blocks]
    begun = [block.section.key for block in blocks if not block.continued]
    assert len(begun) == len(set(begun)) == len(data["sections"])
    for before, block in pairwise(blocks):
        assert block.continued == (before.section.key == block.section.key)


def test_different_seeds_give_different_orders() -> None:
    questionnaire = get_shipped("client_relationship")
    orders = {str(keys(pages(questionnaire, seed))) for seed in SEEDS}
    assert len(orders) > 190


def test_each_section_of_a_group_comes_first_for_a_fair_share_of_people() -> None:
    first = [section_order(pages(grouped(2, 2, 2, 2), seed))[0] for seed in range(1000)]
    # 250 expected, standard deviation 14: five of them to each side.
    assert all(180 < first.count(f"s{number}") < 320 for number in range(4))


def test_a_seed_gives_the_same_order_in_another_process() -> None:
    """Hash randomisation must not reach the order."""
    program = (
        "from feedback.surveys.layout import pages\n"
        "from feedback.surveys.shipped import get_shipped\n"
        "laid_out = pages(get_shipped('client_relationship'), 42)\n"
        "print([[each.key for each in page.questions] for page in laid_out])"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    here = keys(pages(get_shipped("client_relationship"), 42))
    assert elsewhere.stdout.strip() == str(here)


def test_the_order_of_a_seed_never_changes() -> None:
    """A person who comes back after an upgrade meets the same order.

    Random(42).random() gives .64 .03 .28 .22 .74 .68; the sections stand in the order of these.
    """
    assert keys(pages(grouped(1, 1, 1, 1, 1, 1), 42)) == [
        ["s1-0", "s3-0", "s2-0", "s0-0", "s5-0", "s4-0"]
    ]


def test_sections_outside_a_group_keep_their_order_and_begin_a_page() -> None:
    questionnaire = parse(a_definition(a_section("a", 2), a_section("b", 1)))
    assert keys(pages(questionnaire, 1)) == [["a-0", "a-1"], ["b-0"]]


def test_groups_apart_are_not_mixed() -> None:
    questionnaire = parse(
        a_definition(
            a_section("a", 1, shuffle_group="g"),
            a_section("b", 1, shuffle_group="g"),
            a_section("c", 1),
            a_section("d", 1, shuffle_group="g"),
            a_section("e", 1, shuffle_group="g"),
        )
    )
    orders = [section_order(pages(questionnaire, seed)) for seed in SEEDS]
    assert {frozenset(order[:2]) for order in orders} == {frozenset("ab")}
    assert {order[2] for order in orders} == {"c"}


def test_items_keep_their_order_unless_the_section_lets_them_swap() -> None:
    orders = {tuple(keys(pages(grouped(3), seed))[0]) for seed in SEEDS}
    assert orders == {("s0-0", "s0-1", "s0-2")}


def test_items_swap_where_the_section_lets_them() -> None:
    orders = {tuple(keys(pages(grouped(3, shuffle_items=True), seed))[0]) for seed in SEEDS}
    assert len(orders) == 6


@pytest.mark.parametrize(
    ("size", "limit", "expected"),
    [
        (6, 6, [6]),
        (7, 6, [4, 3]),
        (11, 6, [6, 5]),
        (12, 6, [6, 6]),
        (13, 6, [5, 4, 4]),
        (3, 1, [1, 1, 1]),
    ],
)
def test_pages_are_few_and_even(size: int, limit: int, expected: list[int]) -> None:
    laid_out = pages(parse(a_definition(a_section("s", size))), 1, limit)
    assert [len(page.questions) for page in laid_out] == expected


def test_a_page_ends_between_sections_where_that_costs_no_balance() -> None:
    for seed in SEEDS:
        laid_out = pages(grouped(3, 2, 2, 2, 2), seed)
        split = any(block.continued for page in laid_out for block in page.blocks)
        assert split == (section_order(laid_out)[2] == "s0")


def test_an_introduction_is_shown_once_per_page() -> None:
    laid_out = pages(grouped(3, 3, 3, intro=a_text("How far do you agree?")), 1, 6)
    assert [[block.intro is not None for block in page.blocks] for page in laid_out] == [
        [True, False],
        [True, False],
    ]


def test_another_introduction_on_the_page_is_shown_too() -> None:
    questionnaire = parse(
        a_definition(
            a_section("a", 1, shuffle_group="g", intro=a_text("One")),
            a_section("b", 1, shuffle_group="g", intro=a_text("Two")),
        )
    )
    (page,) = pages(questionnaire, 1)
    assert all(block.intro == block.section.intro for block in page.blocks)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_page_that_holds_nothing_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        pages(grouped(1), 1, limit)


def test_the_pages_of_an_earlier_release_are_still_the_same() -> None:
    """Computed by the release before grids, statements and single pages."""
    questionnaire = parse(
        a_definition(
            a_section("a", 7, shuffle_items=True),
            a_section("b", 3, shuffle_group="g"),
            a_section("c", 4, shuffle_group="g", shuffle_items=True),
            a_section("d", 2, shuffle_group="g"),
            a_section("e", 2),
        )
    )
    assert [" ".join(page) for page in keys(pages(questionnaire, 42, 4))] == [
        "a-1 a-3 a-2 a-0",
        "a-5 a-4 a-6",
        "d-0 d-1 b-0",
        "b-1 b-2 c-2",
        "c-3 c-0 c-1",
        "e-0 e-1",
    ]
    assert [" ".join(page) for page in keys(pages(questionnaire, 1))] == [
        "a-0 a-3 a-5 a-4",
        "a-6 a-2 a-1",
        "d-0 d-1 c-3 c-1 c-2",
        "c-0 b-0 b-1 b-2",
        "e-0 e-1",
    ]


def test_a_question_that_only_some_are_asked_counts_half() -> None:
    section = a_section("s", 3)
    section["questions"][1]["show_if"] = {"question": "s-0", "is": "1"}
    section["questions"][2]["type"] = "statement"
    assert estimated_seconds(parse(a_definition(section))) == 7 + 4 + 5


def test_the_estimate_adds_up_the_types() -> None:
    section = a_section("s", 3)
    section["questions"][1]["type"] = "flag"
    section["questions"][2]["type"] = "long_text"
    assert estimated_seconds(parse(a_definition(section))) == 7 + 5 + 25
