"""What is new in a definition."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.surveys.changes import Change, changes
from feedback.surveys.definition import dump, parse
from tests.surveys.generated import a_definition, a_question, a_section, a_text, definitions

slowly = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
WORDS = a_text()
FIRST = "$.sections[0].questions[0]"


def before() -> dict[str, Any]:
    return a_definition(a_section("a", 3), a_section("b", 2), a_section("c", 1))


def listed(old: Any, new: Any) -> list[tuple[str, str, str]]:
    return [(each.code, each.key, each.path) for each in changes(old, new)]


def test_nothing_changed_in_the_same_definition() -> None:
    assert changes(before(), before()) == ()


def test_what_is_off_and_what_is_absent_are_the_same() -> None:
    after = before()
    after["sections"][0] |= {"shuffle_items": False, "show_if": None, "intro": {}}
    assert changes(before(), after) == ()


def test_a_changed_wording_is_told_by_language_with_both_wordings() -> None:
    after = before()
    after["sections"][0]["questions"][0]["text"]["id"] = "Baru"
    assert changes(before(), after) == (
        Change(f"{FIRST}.text.id", "a-0", "text_changed", "Words (id)", "Baru"),
    )


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("type", "csat", "type_changed"),
        ("required", True, "required_changed"),
        ("core", True, "core_changed"),
        ("cannot_judge", True, "cannot_judge_changed"),
        ("dimension", "trust", "dimension_changed"),
        ("limits", {"most": "3"}, "limits_changed"),
        ("show_if", {"contact": "language", "is": "id"}, "rule_changed"),
    ],
)
def test_a_changed_setting_is_told_with_both_values(member: str, value: Any, code: str) -> None:
    after = before()
    after["sections"][0]["questions"][0][member] = value
    old = before()["sections"][0]["questions"][0].get(member)
    assert changes(before(), after) == (Change(f"{FIRST}.{member}", "a-0", code, old, value),)


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("shuffle_group", "g", "shuffle_group_changed"),
        ("shuffle_items", True, "shuffle_items_changed"),
        ("show_if", {"contact": "language", "is": "id"}, "rule_changed"),
    ],
)
def test_a_changed_setting_of_a_section_is_told(member: str, value: Any, code: str) -> None:
    after = before()
    after["sections"][1][member] = value
    assert listed(before(), after) == [(code, "b", f"$.sections[1].{member}")]


def test_one_page_and_languages_are_told() -> None:
    after = before() | {"one_page": True, "languages": ["en"]}
    assert [each.code for each in changes(before(), after)] == [
        "languages_changed",
        "one_page_changed",
    ]


def test_an_added_question_is_told_where_it_stands_now() -> None:
    after = before()
    after["sections"][0]["questions"].insert(1, a_question("new"))
    assert listed(before(), after) == [("question_added", "new", "$.sections[0].questions[1]")]


def test_a_removed_question_is_told_where_it_stood() -> None:
    after = before()
    del after["sections"][0]["questions"][1]
    assert listed(before(), after) == [("question_removed", "a-1", "$.sections[0].questions[1]")]


def test_one_question_moved_past_others_is_the_only_one_moved() -> None:
    after = before()
    after["sections"][0]["questions"].append(after["sections"][0]["questions"].pop(0))
    assert changes(before(), after) == (
        Change(
            "$.sections[0].questions[2]",
            "a-0",
            "question_moved",
            {"section": "a", "position": 1},
            {"section": "a", "position": 3},
        ),
    )


def test_a_question_moved_to_another_section_keeps_its_changes() -> None:
    after = before()
    moved = after["sections"][0]["questions"].pop(0)
    after["sections"][1]["questions"].append({**moved, "required": True})
    assert listed(before(), after) == [
        ("question_moved", "a-0", "$.sections[1].questions[2]"),
        ("required_changed", "a-0", "$.sections[1].questions[2].required"),
    ]


def test_a_section_is_added_removed_or_moved_as_a_whole() -> None:
    a, b, _ = before()["sections"]
    after = before() | {"sections": [b, a, a_section("new", 2)]}
    assert listed(before(), after)[0] == ("section_removed", "c", "$.sections[2]")
    assert {code for code, _, _ in listed(before(), after)} == {
        "section_removed",
        "section_moved",
        "section_added",
    }
    assert len(listed(before(), after)) == 3


def test_a_question_saved_from_a_removed_section_is_moved() -> None:
    after = before()
    after["sections"][0]["questions"] += after["sections"].pop(2)["questions"]
    assert listed(before(), after) == [
        ("section_removed", "c", "$.sections[2]"),
        ("question_moved", "c-0", "$.sections[0].questions[3]"),
    ]


@pytest.mark.parametrize(("member", "kind"), [("options", "option"), ("rows", "row")])
def test_the_parts_of_a_question_are_compared(member: str, kind: str) -> None:
    old, new = before(), before()
    parts = [{"key": key, "text": WORDS} for key in "abc"]
    old["sections"][0]["questions"][0][member] = parts
    new["sections"][0]["questions"][0][member] = [
        parts[2],
        {**parts[0], "text": {**WORDS, "en": "New"}},
        {"key": "d", "text": WORDS},
    ]
    found = [(each.code, each.key) for each in changes(old, new)]
    assert sorted(found) == sorted(
        [
            (f"{kind}_removed", "b"),
            (f"{kind}_moved", next(key for code, key in found if code == f"{kind}_moved")),
            (f"{kind}_added", "d"),
            ("text_changed", "a"),
        ]
    )


@pytest.mark.parametrize("junk", [None, 5, "words", [], {}, [None], [{"key": 5}], [{}, {}]])
def test_a_draft_that_is_not_finished_is_compared_all_the_same(junk: object) -> None:
    draft = before()
    draft["sections"][0]["questions"] = junk
    assert changes(before(), draft)
    assert changes(draft, before())
    assert changes(draft, deepcopy(draft)) == ()


def test_two_sections_of_one_key_are_told_apart() -> None:
    draft = a_definition(a_section("a", 1), a_section("a", 1))
    assert [each.code for each in changes(a_definition(a_section("a", 1)), draft)] == [
        "section_added"
    ]


@slowly
@given(definitions(), st.data())
def test_whatever_is_changed_is_told(data: dict[str, Any], drawn: st.DataObject) -> None:
    old = dump(parse(data))
    new = deepcopy(old)
    section = drawn.draw(st.sampled_from(new["sections"]))
    question = drawn.draw(st.sampled_from(section["questions"]))
    place = drawn.draw(st.sampled_from([new, section, question]))
    member = drawn.draw(st.sampled_from(sorted(set(place) - {"key"})))
    if place[member] != (changed := drawn.draw(st.sampled_from([None, "other", ["x"]]))):
        place[member] = changed
    assert changes(old, new) or old == new


@slowly
@given(definitions())
def test_a_definition_read_and_written_again_has_not_changed(data: dict[str, Any]) -> None:
    written = dump(parse(data))
    assert changes(written, dump(parse(written))) == ()
