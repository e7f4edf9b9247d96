"""Limits, options, grids and the other members that only some questions have."""

from typing import Any

import pytest

from feedback.surveys.definition import InvalidDefinition, digest, dump, parse
from feedback.surveys.languages import Text
from feedback.surveys.questionnaire import AnswerGiven, Grid, Limits, Option
from tests.surveys.generated import a_definition, a_question, a_section, a_text

WORDS = a_text()
QUESTION = "$.sections[0].questions[0]"


def options(*keys: str, **first: Any) -> list[dict[str, Any]]:
    """Options of these keys, the first with these members."""
    found = [{"key": key, "text": WORDS} for key in keys]
    found[0] |= first
    return found


def with_questions(*questions: dict[str, Any]) -> dict[str, Any]:
    return a_definition({"key": "s", "title": WORDS, "questions": list(questions)})


def a_grid(**members: Any) -> dict[str, Any]:
    rows = [
        {"key": "a", "text": WORDS, "dimension": "trust", "core": True},
        {"key": "b", "text": a_text("B")},
    ]
    grid = {"key": "g", "type": "grid", "scale": "agreement", "text": WORDS, "rows": rows}
    return {**grid, **members}


def problems(data: dict[str, Any]) -> list[tuple[str, str]]:
    try:
        parse(data)
    except InvalidDefinition as invalid:
        return [(each.path, each.code) for each in invalid.problems]
    return []


@pytest.mark.parametrize(
    ("members", "below", "code"),
    [
        ({"limits": {"most": 3}}, ".limits", "not_for_this_type"),
        ({"type": "number", "limits": 3}, ".limits", "wrong_type"),
        ({"type": "number", "limits": {"max": 3}}, ".limits.max", "unknown_key"),
        ({"type": "number", "limits": {"least": [0]}}, ".limits.least", "wrong_type"),
        ({"type": "number", "limits": {"least": "zero"}}, ".limits.least", "wrong_limit"),
        ({"type": "number", "limits": {"least": "1,5"}}, ".limits.least", "wrong_limit"),
        ({"type": "number", "limits": {"most": "1e9"}}, ".limits.most", "wrong_limit"),
        ({"type": "number", "limits": {"most": "9" * 300}}, ".limits.most", "too_long"),
        ({"type": "number", "limits": {"decimals": 7}}, ".limits.decimals", "wrong_limit"),
        ({"type": "number", "limits": {"decimals": -1}}, ".limits.decimals", "wrong_type"),
        ({"type": "number", "limits": {"decimals": True}}, ".limits.decimals", "wrong_type"),
        ({"type": "number", "limits": {"least": 9, "most": 1}}, ".limits", "limits_reversed"),
        ({"type": "date", "limits": {"least": "5"}}, ".limits.least", "wrong_limit"),
        ({"type": "date", "limits": {"most": "2026-02-30"}}, ".limits.most", "wrong_limit"),
        ({"type": "date", "limits": {"decimals": 1}}, ".limits.decimals", "wrong_limit"),
        (
            {"type": "date", "limits": {"least": "2026-02-02", "most": "2026-02-01"}},
            ".limits",
            "limits_reversed",
        ),
        ({"type": "short_text", "limits": {"most": 201}}, ".limits.most", "wrong_limit"),
        ({"type": "short_text", "limits": {"least": 1}}, ".limits.least", "wrong_limit"),
        ({"type": "long_text", "limits": {"most": 20_001}}, ".limits.most", "wrong_limit"),
        ({"type": "long_text", "limits": {"most": 0}}, ".limits.most", "wrong_limit"),
        (
            {"type": "choices", "options": options("a", "b"), "limits": {"most": 3}},
            ".limits.most",
            "wrong_limit",
        ),
        (
            {"type": "rating", "options": options("a", "b", other=True)},
            ".options[0].other",
            "not_for_this_type",
        ),
        (
            {"type": "choice", "options": options("a", "b", exclusive=True)},
            ".options[0].exclusive",
            "not_for_this_type",
        ),
        (
            {"type": "choice", "options": options("a", other="yes")},
            ".options[0].other",
            "wrong_type",
        ),
        (
            {"type": "choice", "options": [*options("a", other=True), *options("b", other=True)]},
            ".options",
            "several_others",
        ),
        ({"type": "rating", "options": options("a")}, ".options", "too_few"),
        ({"type": "rating", "options": options(*"abcdefgh")}, ".options", "too_many"),
        ({"type": "ranking", "options": options("a")}, ".options", "too_few"),
        ({"type": "rating", "dimension": "trust"}, ".dimension", "not_for_this_type"),
        ({"type": "statement", "required": True}, ".required", "not_for_this_type"),
        ({"type": "statement", "core": True}, ".core", "not_for_this_type"),
        ({"scale": "csat"}, ".scale", "unknown_key"),
        ({"rows": []}, ".rows", "unknown_key"),
    ],
)
def test_a_fault_in_a_question_is_named_with_its_place(
    members: dict[str, Any], below: str, code: str
) -> None:
    assert (QUESTION + below, code) in problems(with_questions(a_question("q", **members)))


@pytest.mark.parametrize(
    ("members", "below", "code"),
    [
        ({"scale": None}, ".scale", "missing"),
        ({"scale": "colour"}, ".scale", "unknown_type"),
        ({"scale": "nps"}, ".scale", "not_for_this_type"),
        ({"scale": "choice"}, ".scale", "not_for_this_type"),
        ({"scale": "csat"}, ".rows[0].dimension", "not_for_this_type"),
        ({"rows": None}, ".rows", "missing"),
        ({"rows": []}, ".rows", "empty"),
        ({"rows": [{"key": "a"}]}, ".rows[0].text", "missing"),
        ({"rows": [{"key": "A", "text": WORDS}]}, ".rows[0].key", "key_syntax"),
        ({"rows": [{"key": "a", "text": WORDS}] * 2}, ".rows[1]", "duplicate_key"),
        ({"rows": [{"key": "a" * 39, "text": WORDS}]}, ".rows[0].key", "key_syntax"),
        ({"rows": [{"key": "a", "text": WORDS, "required": True}]}, ".rows[0].required",
         "unknown_key"),
        ({"key": "other"}, ".rows[0]", "duplicate_key"),
        ({"core": True}, ".core", "unknown_key"),
        ({"help": {"en": "Help"}}, ".help.id", "missing_language"),
    ],
)  # fmt: skip
def test_a_fault_in_a_grid_is_named_with_its_place(
    members: dict[str, Any], below: str, code: str
) -> None:
    data = with_questions(a_grid(**members), a_question("other"))
    assert (QUESTION + below, code) in problems(data)


def test_two_grids_of_one_key_are_refused() -> None:
    second = a_grid(rows=[{"key": "c", "text": WORDS}])
    data = with_questions(a_grid(), second)
    assert problems(data) == [("$.sections[0].questions[1].rows[0]", "duplicate_key")]


def test_the_rows_of_a_grid_are_questions_like_any_other() -> None:
    rule = {"question": "before", "answered": True}
    grid = a_grid(required=True, cannot_judge=True, show_if=rule, help=a_text("H"))
    first, second = parse(with_questions(a_question("before"), grid)).questions[1:]
    assert (first.key, first.type, first.dimension, first.core) == (
        "g-a",
        "agreement",
        "trust",
        True,
    )
    assert (second.key, second.text, second.dimension) == ("g-b", a_text("B"), None)
    for row in (first, second):
        assert row.required
        assert row.cannot_judge
        assert row.show_if == AnswerGiven("before")
        assert row.grid == Grid("g", Text(WORDS), Text(a_text("H")))


def test_a_grid_is_written_as_it_was_read() -> None:
    data = with_questions(a_grid(), a_grid(key="h"), a_question("last"))
    assert dump(parse(data))["sections"] == data["sections"]


def test_limits_and_options_are_read() -> None:
    several = a_question(
        "some",
        type="choices",
        options=[*options("a", other=True), *options("n", exclusive=True)],
        limits={"least": 1, "most": "2"},
    )
    question = parse(with_questions(several)).questions[0]
    assert question.limits == Limits("1", "2")
    text = question.options[0].text
    assert question.options == (Option("a", text, other=True), Option("n", text, exclusive=True))


def test_members_that_are_not_used_are_not_written() -> None:
    """A digest of an earlier release stays what it was."""
    data = with_questions(a_question("q", type="choice", options=options("a", other=False)))
    (question,) = dump(parse({**data, "one_page": False}))["sections"][0]["questions"]
    assert question == a_question("q", type="choice", options=options("a"))


def test_the_digest_of_an_earlier_release_is_still_the_same() -> None:
    """Computed by the release before rules, limits and grids."""
    first = a_section("a", 2, shuffle_items=True, intro=a_text("I"))
    data = a_definition(first, a_section("b", 1, shuffle_group="g"))
    assert digest(parse(data)) == "837b46846fb7a8f7d491f7d0ed33e87fe00ab3c9b18e349870b7db430eaf931b"


@pytest.mark.parametrize("number", [3, 3.0, "3"])
def test_a_number_in_a_rule_may_be_written_as_one(number: object) -> None:
    rule = {"question": "a", "between": [None, number]}
    data = with_questions(a_question("a"), a_question("b", show_if=rule))
    assert dump(parse(data))["sections"][0]["questions"][1]["show_if"] == {
        "question": "a",
        "between": [None, 3],
    }
