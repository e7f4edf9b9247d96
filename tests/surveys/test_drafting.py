"""Tests of the operations on drafts: nothing is lost or doubled, keys stay, undo goes back."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedback.surveys import drafting
from feedback.surveys.definition import parse
from feedback.surveys.definition.questions import RESERVED
from feedback.surveys.drafting import Edit, NotThere, Outdated, Taken, perform
from feedback.surveys.drafting.keys import readable, unique
from tests.surveys.generated import a_definition, a_question, a_section, a_text

GRID = {
    "key": "g",
    "type": "grid",
    "scale": "agreement",
    "text": a_text("Grid"),
    "rows": [{"key": "one", "text": a_text("One")}, {"key": "two", "text": a_text("Two")}],
}
LOW = {"question": "a-0", "between": [1, 2]}


def two_sections() -> dict[str, Any]:
    """A definition with sections a (two questions) and b (one question and a grid)."""
    second = a_section("b", 1)
    second["questions"].append(deepcopy(GRID))
    return a_definition(a_section("a", 2), second)


def keys(definition: Mapping[str, Any]) -> list[str]:
    """Return the keys of the questions and grids in order."""
    return [question["key"] for _, question in drafting.questions_of(definition)]


def test_a_blank_draft_has_a_title_and_nothing_else() -> None:
    draft = drafting.blank("mine", {"en": "Mine"}, ("en",))
    assert {each.code for each in drafting.problems(draft)} == {"empty"}


def test_a_new_section_gets_a_key_from_its_english_words() -> None:
    done = perform(two_sections(), Edit("add_section", values={"title": {"en": "How we work"}}))
    assert done.key == "work"
    assert done.definition["sections"][-1] == {
        "title": {"en": "How we work"},
        "key": "work",
        "questions": [],
    }


def test_a_new_question_gets_a_key_and_its_options_too() -> None:
    values = {
        "type": "choice",
        "text": {"en": "Which of these did you use?"},
        "options": [{"text": {"en": "Phone"}}, {"text": {"en": "Phone"}}, {"text": {}}],
    }
    done = perform(two_sections(), Edit("add_question", "a", values))
    question = drafting.get_question(done.definition, done.key)
    assert done.key == "use"
    assert [each["key"] for each in question["options"]] == ["phone", "phone_2", "option_3"]
    assert keys(done.definition) == ["a-0", "a-1", done.key, "b-0", "g"]


def test_a_new_question_can_stand_behind_another() -> None:
    values = {"type": "nps", "text": a_text("Recommend us")}
    done = perform(two_sections(), Edit("add_question", "a", values, after="a-0"))
    assert keys(done.definition)[:3] == ["a-0", done.key, "a-1"]


def test_a_changed_question_keeps_key_type_rule_and_the_keys_of_its_options() -> None:
    before = a_question(
        "q",
        type="choice",
        options=[{"key": "x", "text": a_text("X")}, {"key": "y", "text": a_text("Y")}],
        show_if=LOW,
    )
    definition = a_definition(a_section("a", 1))
    definition["sections"][0]["questions"].append(before)
    values = {
        "type": "long_text",
        "text": {"en": "Quite another text"},
        "options": [{"key": "y", "text": {"en": "Why"}}, {"text": {"en": "New"}}],
    }
    done = perform(definition, Edit("change_question", "q", values))
    question = drafting.get_question(done.definition, "q")
    assert (question["key"], question["type"], question["show_if"]) == ("q", "choice", LOW)
    assert [each["key"] for each in question["options"]] == ["y", "new"]


def test_nobody_can_give_an_option_the_key_of_another_by_hand() -> None:
    definition = a_definition(a_section("a", 1))
    options = [{"key": "made-up", "text": {"en": "Price"}}, {"key": "made-up", "text": {"en": "X"}}]
    values = {"type": "choice", "text": {"en": "Q"}, "options": options}
    done = perform(definition, Edit("add_question", "a", values))
    found = drafting.get_question(done.definition, done.key)["options"]
    assert [each["key"] for each in found] == ["price", "x"]


def test_keys_that_published_versions_used_are_not_used_for_something_new() -> None:
    taken = Taken(frozenset({"work"}), frozenset({"price"}), {"q": frozenset({"low"})})
    definition = a_definition()
    section = perform(definition, Edit("add_section", values={"title": {"en": "Work"}}), taken)
    assert section.key == "work_2"
    values = {"type": "nps", "text": {"en": "Price"}}
    assert perform(definition, Edit("add_question", "s", values), taken).key == "price_2"
    question = a_question("q", type="choice", options=[{"key": "high", "text": a_text("High")}])
    definition["sections"][0]["questions"].append(question)
    options = [{"key": "high", "text": a_text("High")}, {"text": {"en": "Low"}}]
    values = {"type": "choice", "text": a_text(), "options": options}
    done = perform(definition, Edit("change_question", "q", values), taken)
    found = drafting.get_question(done.definition, "q")["options"]
    assert [each["key"] for each in found] == ["high", "low_2"]


def test_a_duplicated_section_reads_its_own_copies() -> None:
    definition = two_sections()
    definition["sections"][0]["questions"][1]["show_if"] = LOW
    done = perform(definition, Edit("duplicate_section", "a"))
    copy = done.definition["sections"][1]
    assert [section["key"] for section in done.definition["sections"]] == ["a", "a_2", "b"]
    assert copy["questions"][1]["show_if"]["question"] == copy["questions"][0]["key"] != "a-0"
    parse(done.definition)


def test_a_duplicated_grid_has_whole_keys_of_its_own() -> None:
    done = perform(two_sections(), Edit("duplicate_question", "g"))
    assert keys(done.definition)[-2:] == ["g", done.key]
    parse(done.definition)


@pytest.mark.parametrize(
    ("act", "key", "expected"),
    [
        ("question_up", "a-1", ["a-1", "a-0", "b-0", "g"]),
        ("question_down", "a-0", ["a-1", "a-0", "b-0", "g"]),
        ("question_up", "a-0", ["a-0", "a-1", "b-0", "g"]),
        ("question_down", "g", ["a-0", "a-1", "b-0", "g"]),
        ("section_up", "b", ["b-0", "g", "a-0", "a-1"]),
        ("section_down", "b", ["a-0", "a-1", "b-0", "g"]),
    ],
)
def test_things_move_one_place(act: str, key: str, expected: list[str]) -> None:
    assert keys(perform(two_sections(), Edit(act, key)).definition) == expected


def test_a_question_moves_over_the_border_of_its_section() -> None:
    down = perform(two_sections(), Edit("question_down", "a-1")).definition
    assert [len(section["questions"]) for section in down["sections"]] == [1, 3]
    assert keys(down) == ["a-0", "a-1", "b-0", "g"]
    up = perform(down, Edit("question_up", "a-1")).definition
    assert up == two_sections()


def test_deleting_takes_out_exactly_one() -> None:
    assert keys(perform(two_sections(), Edit("delete_question", "b-0")).definition) == [
        "a-0",
        "a-1",
        "g",
    ]
    assert keys(perform(two_sections(), Edit("delete_section", "a")).definition) == ["b-0", "g"]


def test_a_rule_that_reads_what_was_deleted_is_found_as_a_problem() -> None:
    definition = two_sections()
    definition["sections"][1]["questions"][0]["show_if"] = LOW
    done = perform(definition, Edit("delete_question", "a-0"))
    (problem,) = drafting.problems(done.definition)
    assert problem.code == "unknown_reference"
    spot = drafting.spot(done.definition, problem.path)
    assert (spot.section, spot.question) == ("b", "b-0")
    assert spot.member.startswith("show_if")


def test_rules_are_set_and_taken_out() -> None:
    done = perform(two_sections(), Edit("question_rule", "b-0", {"show_if": LOW}))
    assert drafting.get_question(done.definition, "b-0")["show_if"] == LOW
    done = perform(done.definition, Edit("question_rule", "b-0", {"show_if": None}))
    assert done.definition == two_sections()
    done = perform(two_sections(), Edit("section_rule", "b", {"show_if": LOW}))
    assert drafting.get_section(done.definition, "b")["show_if"] == LOW


def test_settings_leave_the_sections_alone_and_blank_ones_out() -> None:
    values = {"languages": ["en"], "title": {"en": "New"}, "intro": None, "one_page": True}
    done = perform(two_sections(), Edit("change_settings", values=values))
    assert done.definition["sections"] == two_sections()["sections"]
    assert done.definition["key"] == "example"
    assert "intro" not in done.definition
    assert done.definition["one_page"] is True


def test_what_is_gone_cannot_be_edited() -> None:
    for act in ("change_question", "delete_question", "question_up", "question_rule"):
        with pytest.raises(NotThere):
            perform(two_sections(), Edit(act, "nothing", {"type": "nps", "text": {}}))


def test_an_edit_of_what_has_changed_since_it_was_shown_is_refused() -> None:
    definition = two_sections()
    shown = drafting.seen(definition, "change_question", "a-0")
    values = {"type": "agreement", "text": {"en": "Theirs"}}
    changed = perform(definition, Edit("change_question", "a-0", values, shown)).definition
    with pytest.raises(Outdated):
        perform(changed, Edit("change_question", "a-0", values, shown))
    other = drafting.seen(definition, "change_question", "a-1")
    assert perform(changed, Edit("change_question", "a-1", values, other))


def test_a_rule_and_the_words_of_one_question_are_edited_apart() -> None:
    definition = two_sections()
    shown = drafting.seen(definition, "change_question", "b-0")
    ruled = perform(definition, Edit("question_rule", "b-0", {"show_if": LOW})).definition
    values = {"type": "agreement", "text": a_text("New")}
    assert perform(ruled, Edit("change_question", "b-0", values, shown))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ({"en": "How satisfied are you with {company}?"}, "satisfied"),
        ({"id": "Kepuasan Anda"}, "kepuasan_anda"),
        ({"en": "¿¡!?"}, "csat"),
        ({"en": "Ça va très bien"}, "ca_va_tres_bien"),
        ({"en": "Is it?"}, "is_it"),
        (None, "csat"),
    ],
)
def test_a_key_is_readable(text: dict[str, str] | None, expected: str) -> None:
    assert readable(text, "csat") == expected


@example("CSRF:TOKEN", set())
@given(st.text(max_size=60), st.sets(st.text("ab_2", min_size=1, max_size=4)))
def test_a_made_key_is_always_allowed_and_new(text: str, taken: set[str]) -> None:
    # As a draft's keys are made: what the form itself needs is taken from the start.
    key = unique(readable({"en": text}, "q"), taken | RESERVED)
    assert key not in taken
    parse(a_definition(a_section("s", 0, questions=[a_question(key)])))
