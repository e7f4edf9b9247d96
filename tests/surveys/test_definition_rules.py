"""What rules may refer to, and what is found out about them before anybody answers."""

from typing import Any

import pytest

from feedback.surveys.definition import InvalidDefinition, Problem, parse, warnings
from tests.surveys.generated import a_definition, a_question, a_section, a_text

WORDS = a_text()
AB = [{"key": key, "text": WORDS} for key in "ab"]
LAST = "$.sections[1].questions[0].show_if"
HERE = "$.sections[1].questions"


def questionnaire(*questions: dict[str, Any], **section: Any) -> dict[str, Any]:
    """A first section with questions of each kind, and a second of these questions."""
    first = [
        a_question("csat", type="csat", required=True),
        a_question("t1", dimension="trust"),
        a_question("one", type="choice", options=AB),
        a_question("some", type="choices", options=[*AB, {**AB[0], "key": "n", "exclusive": True}]),
        a_question("order", type="ranking", options=AB),
        a_question("count", type="number", limits={"least": 0, "most": 10}),
        a_question("day", type="date"),
        a_question("why", type="long_text"),
        a_question("note", type="statement"),
    ]
    return a_definition(
        {"key": "first", "title": WORDS, "questions": first},
        {"key": "second", "title": WORDS, "questions": list(questions), **section},
    )


def problems(data: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        parse(data)
    except InvalidDefinition as invalid:
        return [(each.path, each.code) for each in invalid.problems]
    return []


def ruled(rule: Any) -> dict[str, Any]:
    return questionnaire(a_question("last", show_if=rule))


@pytest.mark.parametrize(
    ("rule", "below", "code"),
    [
        ("always", "", "wrong_type"),
        ({}, "", "not_a_rule"),
        ({"sometimes": []}, "", "not_a_rule"),
        ({"all": []}, ".all", "empty"),
        ({"all": {"question": "one"}}, ".all", "wrong_type"),
        ({"any": [None]}, ".any[0]", "wrong_type"),
        ({"all": [], "any": []}, ".any", "unknown_key"),
        ({"not": {"any": [{"all": [{}]}]}}, ".not.any[0].all[0]", "not_a_rule"),
        ({"not": None}, ".not", "missing"),
        ({"question": "one"}, "", "not_a_rule"),
        ({"question": "one", "is": "a", "in": ["b"]}, "", "not_a_rule"),
        ({"question": "one", "is": ["a"]}, ".is", "wrong_type"),
        ({"question": "one", "is": True}, ".is", "wrong_type"),
        ({"question": "one", "in": []}, ".in", "empty"),
        ({"question": "one", "in": [None]}, ".in[0]", "wrong_type"),
        ({"question": "one", "answered": "yes"}, ".answered", "wrong_type"),
        ({"question": 5, "is": "a"}, ".question", "wrong_type"),
        ({"question": "csat", "between": [1]}, ".between", "wrong_type"),
        ({"question": "csat", "between": [None, None]}, ".between", "empty"),
        ({"contact": "language"}, "", "not_a_rule"),
        ({"score": "trust"}, ".between", "missing"),
        ({"question": "nobody", "is": "a"}, ".question", "unknown_reference"),
        ({"question": "one", "is": "c"}, "", "unknown_reference"),
        ({"question": "some", "in": ["a", "c"]}, "", "unknown_reference"),
        ({"question": "csat", "is": 6}, "", "unknown_reference"),
        ({"question": "csat", "is": "na"}, "", "unknown_reference"),
        ({"score": "charm", "between": [0, 50]}, ".score", "unknown_reference"),
        ({"score": "empathy", "between": [0, 50]}, ".score", "unknown_reference"),
        ({"contact": "shoe_size", "is": "44"}, ".contact", "unknown_reference"),
        ({"contact": "language", "is": "fr"}, "", "wrong_value"),
        ({"contact": "role", "is": ""}, "", "wrong_value"),
        ({"score": "trust", "between": [0, 101]}, ".between", "wrong_value"),
        ({"score": "trust", "between": ["2026-01-01", None]}, ".between", "wrong_value"),
        ({"question": "csat", "between": ["low", None]}, ".between", "wrong_value"),
        ({"question": "one", "between": [1, 2]}, ".between", "wrong_value"),
        ({"question": "why", "between": [1, 2]}, ".between", "wrong_value"),
        ({"question": "why", "is": "late"}, "", "wrong_value"),
        ({"question": "order", "is": "a"}, "", "wrong_value"),
        ({"question": "count", "is": "3.0"}, "", "wrong_value"),
        ({"question": "count", "between": [None, "2026-01-01"]}, ".between", "wrong_value"),
        ({"question": "day", "is": "tomorrow"}, "", "wrong_value"),
        ({"question": "day", "between": ["20260101", None]}, ".between", "wrong_value"),
        ({"question": "note", "answered": True}, "", "wrong_value"),
        ({"question": "last", "answered": True}, ".question", "refers_forward"),
        # Together with what can be answered, these never hold.
        ({"question": "csat", "between": [4, 2]}, "", "never_shown"),
        ({"question": "csat", "answered": False}, "", "never_shown"),
        ({"question": "count", "between": [11, None]}, "", "never_shown"),
        ({"question": "count", "is": -1}, "", "never_shown"),
        ({"score": "trust", "between": [60, 40]}, "", "never_shown"),
        (
            {"all": [{"question": "one", "is": "a"}, {"question": "one", "is": "b"}]},
            "",
            "never_shown",
        ),
        (
            {"all": [{"question": "some", "is": "a"}, {"question": "some", "is": "n"}]},
            "",
            "never_shown",
        ),
        (
            {"all": [{"contact": "language", "is": each} for each in ("en", "id")]},
            "",
            "never_shown",
        ),
        (
            {"all": [{"question": "day", "between": [a, b]} for a, b in
                     [("2026-05-01", None), (None, "2026-04-30")]]},
            "",
            "never_shown",
        ),
    ],
)  # fmt: skip
def test_a_fault_in_a_rule_is_named_with_its_place(rule: Any, below: str, code: str) -> None:
    assert (LAST + below, code) in problems(ruled(rule))


@pytest.mark.parametrize(
    "rule",
    [
        {"all": [{"question": "some", "is": "a"}, {"question": "some", "is": "b"}]},
        {"all": [{"question": "one", "is": "a"}, {"not": {"question": "some", "is": "b"}}]},
        {"question": "count", "between": [10, None]},
        {"question": "count", "is": 0},
        {"question": "order", "answered": True},
        {"question": "day", "between": ["2026-05-01", "2026-05-01"]},
        {"score": "trust", "between": ["37.5", "37.5"]},
        {"contact": "segment", "in": ["Large clients", "Public sector"]},
    ],
)
def test_a_rule_that_can_hold_is_accepted(rule: Any) -> None:
    assert problems(ruled(rule)) == []


def test_two_questions_that_wait_for_each_other_are_a_cycle() -> None:
    data = questionnaire(
        a_question("a", show_if={"question": "b", "answered": True}),
        a_question("b", show_if={"question": "a", "answered": True}),
    )
    with pytest.raises(InvalidDefinition) as caught:
        parse(data)
    assert caught.value.problems == (
        Problem(f"{HERE}[0].show_if.question", "cycle", {"keys": "a, b"}),
    )


def test_a_question_cannot_wait_for_a_later_one() -> None:
    data = questionnaire(
        a_question("a", show_if={"question": "b", "answered": True}), a_question("b")
    )
    assert problems(data) == [(f"{HERE}[0].show_if.question", "refers_forward")]


def test_a_section_cannot_wait_for_a_question_inside_it() -> None:
    data = questionnaire(a_question("a"), show_if={"question": "a", "answered": True})
    assert problems(data) == [("$.sections[1].show_if.question", "refers_forward")]


def test_a_score_cannot_be_read_before_its_first_item() -> None:
    data = questionnaire(
        a_question("a", show_if={"score": "empathy", "between": [0, 50]}),
        a_question("e", dimension="empathy"),
    )
    assert problems(data) == [(f"{HERE}[0].show_if.score", "refers_forward")]


def test_a_question_cannot_wait_for_one_it_may_swap_places_with() -> None:
    follow_up = a_question("b", show_if={"question": "a", "answered": True})
    data = questionnaire(a_question("a"), follow_up, shuffle_items=True)
    assert problems(data) == [(f"{HERE}[1].show_if.question", "order_not_fixed")]


def test_sections_that_may_swap_places_cannot_wait_for_each_other() -> None:
    later = a_section("c", 1, shuffle_group="g", show_if={"question": "b-0", "answered": True})
    data = a_definition(a_section("b", 1, shuffle_group="g"), later)
    assert problems(data) == [("$.sections[1].show_if.question", "order_not_fixed")]


def test_a_follow_up_inside_a_section_that_moves_as_a_whole_is_accepted() -> None:
    moved = a_section("b", 2, shuffle_group="g")
    moved["questions"][1]["show_if"] = {"question": "b-0", "between": [1, 2]}
    assert problems(a_definition(moved, a_section("c", 1, shuffle_group="g"))) == []


def test_a_question_behind_one_that_excludes_it_is_never_shown() -> None:
    """What b needs is only answered where b's own rule fails."""
    data = questionnaire(
        a_question("a", show_if={"question": "one", "is": "a"}),
        a_question(
            "b",
            show_if={"all": [{"question": "a", "answered": True}, {"question": "one", "is": "b"}]},
        ),
    )
    assert problems(data) == [(f"{HERE}[1].show_if", "never_shown")]


def test_a_question_that_its_section_excludes_is_never_shown() -> None:
    data = questionnaire(
        a_question("a", show_if={"question": "one", "is": "a"}),
        show_if={"question": "one", "is": "b"},
    )
    assert problems(data) == [(f"{HERE}[0].show_if", "never_shown")]


def test_a_section_that_is_never_shown_is_told_once() -> None:
    data = questionnaire(
        a_question("a", show_if={"question": "one", "is": "a"}),
        show_if={"question": "count", "is": 99},
    )
    assert problems(data) == [("$.sections[1].show_if", "never_shown")]


def test_a_fault_in_the_rule_of_a_grid_is_told_once() -> None:
    rows = [{"key": key, "text": WORDS} for key in "ab"]
    grid = {"key": "g", "type": "grid", "scale": "csat", "text": WORDS, "rows": rows}
    data = questionnaire({**grid, "show_if": {"question": "nobody", "answered": True}})
    assert problems(data) == [(f"{HERE}[0].show_if.question", "unknown_reference")]


def test_a_rule_too_deep_to_be_read_by_people_is_refused() -> None:
    rule: dict[str, Any] = {"question": "one", "is": "a"}
    for _ in range(2000):
        rule = {"not": rule}
    assert [code for _, code in problems(ruled(rule))] == ["too_deep"]


def test_a_rule_with_too_many_parts_is_refused() -> None:
    rule = {"any": [{"question": "one", "is": "a"}] * 41}
    assert (LAST, "too_many") in problems(ruled(rule))


def many(ends: list[int], questions: int) -> dict[str, Any]:
    """A question that is shown if the answers to all of these many lie between the ends."""
    asked = [a_question(f"n{each}", type="nps") for each in range(questions)]
    rule = {"all": [{"question": each["key"], "between": ends} for each in asked]}
    return questionnaire(*asked, a_question("last", show_if={"not": {"not": rule}}))


def test_a_rule_over_many_questions_is_still_found_never_to_hold() -> None:
    assert [code for _, code in problems(many([6, 3], 7))] == ["never_shown"]


def test_rules_with_very_many_combinations_get_no_verdict_but_are_read() -> None:
    assert problems(many([3, 6], 30)) == []
    assert problems(many([6, 3], 30)) == []


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ({"question": "csat", "between": [1, 5]}, ["always_shown"]),
        ({"question": "csat", "answered": True}, ["always_shown"]),
        ({"contact": "language", "in": ["en", "id", "ms"]}, ["always_shown"]),
        ({"question": "csat", "between": [1, 4]}, []),
        ({"question": "one", "in": ["a", "b"]}, []),
    ],
)
def test_a_rule_that_always_holds_is_a_warning(rule: Any, codes: list[str]) -> None:
    assert [each.code for each in warnings(parse(ruled(rule)))] == codes


def test_a_questionnaire_of_more_than_three_minutes_is_a_warning() -> None:
    data = a_definition(a_section("s", 26))
    expected = Problem("$", "takes_long", {"seconds": 182, "limit": 180})
    assert warnings(parse(data)) == (expected,)


def test_a_required_question_behind_an_optional_text_is_a_warning() -> None:
    rule = {"question": "why", "answered": True}
    data = questionnaire(a_question("last", required=True, show_if=rule))
    assert [(each.path, each.code) for each in warnings(parse(data))] == [
        (LAST, "required_behind_optional")
    ]
