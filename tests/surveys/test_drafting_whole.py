"""Tests of drafts as wholes: sketches of unfinished ones, and random edits that lose nothing."""

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.surveys import drafting
from feedback.surveys.drafting import ACTS, Edit, NotThere, perform
from feedback.surveys.drafting.keys import question_keys
from feedback.surveys.languages import LANGUAGES
from tests.surveys.generated import definitions
from tests.surveys.test_drafting import keys, two_sections


def words(definition: Mapping[str, Any]) -> Counter[str]:
    """Return how often each question's words stand in the definition."""
    return Counter(str(question["text"]) for _, question in drafting.questions_of(definition))


def test_a_sketch_shows_what_an_unfinished_draft_can_show() -> None:
    definition = two_sections()
    definition["sections"][0]["questions"][0]["text"] = {"id": "Hanya ini"}
    definition["sections"][0]["questions"][1]["show_if"] = {"question": "nothing", "is": "1"}
    definition["sections"].append({"key": "empty", "title": {}, "questions": []})
    shown = drafting.sketch(definition)
    assert shown is not None
    assert [each.key for each in shown.questions] == ["a-0", "a-1", "b-0", "g-one", "g-two"]
    assert shown.get_question("a-0").text == dict.fromkeys(LANGUAGES, "Hanya ini")
    assert shown.get_question("a-1").show_if is None


def test_a_sketch_leaves_out_a_question_that_cannot_be_shown() -> None:
    definition = two_sections()
    broken = {"key": "c", "type": "choice", "text": {"en": "No answers yet"}, "options": []}
    definition["sections"][0]["questions"].append(broken)
    shown = drafting.sketch(definition)
    assert shown is not None
    assert "c" not in {each.key for each in shown.questions}
    assert drafting.sketch(drafting.blank("k", {"en": "T"})) is None


def test_missing_translations_do_not_keep_a_definition_from_becoming_a_draft() -> None:
    definition = two_sections()
    del definition["title"]["ms"]
    definition["sections"].append({"key": "c", "title": {"en": "C"}, "questions": []})
    assert drafting.blockers(definition) == ()
    assert [each.code for each in drafting.blockers([])] == ["wrong_type"]
    del definition["sections"][0]["questions"][0]["type"]
    assert "missing" in {each.code for each in drafting.blockers(definition)}


def test_only_answers_given_before_can_decide() -> None:
    definition = two_sections()
    assert [each.question.key for each in drafting.asked_before(definition, "g")] == [
        "a-0",
        "a-1",
        "b-0",
    ]
    before = drafting.asked_before(definition, "b", is_section=True)
    assert [each.question.key for each in before] == ["a-0", "a-1"]
    definition["sections"].append({"key": "c", "title": {}, "questions": []})
    assert len(drafting.asked_before(definition, "c", is_section=True)) == 5
    with pytest.raises(NotThere):
        drafting.asked_before(definition, "nothing")


@st.composite
def edits(draw: st.DrawFn, definition: Mapping[str, Any]) -> Edit:
    """Any edit of this definition that its forms could send."""
    act = draw(st.sampled_from([each for each in ACTS if each != "import"]))
    sections = [section["key"] for section in definition["sections"]]
    questions = keys(definition)
    text = {"en": draw(st.sampled_from(["Price", "Is it?", "Words", "…"]))}
    if act in ("change_settings", "add_section"):
        named = {"title": text}
        return Edit(act, values={**named, "languages": ["en"]} if "settings" in act else named)
    of_section = "section" in act or act == "add_question"
    if not (sections if of_section else questions):
        return Edit("add_section", values={"title": text})
    key = draw(st.sampled_from(sections if of_section else questions))
    values: dict[str, Any] = {"text": text, "title": text, "type": "agreement", "show_if": None}
    if act == "change_question":
        before = drafting.get_question(definition, key)
        values |= {name: before[name] for name in ("options", "rows", "scale") if name in before}
    if act in ("change_section", "change_question"):
        values.pop("show_if")
        values.pop("title" if "question" in act else "text")
    return Edit(act, key, values)


@given(definitions(), st.data())
@settings(max_examples=60, deadline=None)
def test_random_edits_never_lose_or_double_a_question(
    definition: dict[str, Any], data: st.DataObject
) -> None:
    history = [definition]
    for _ in range(data.draw(st.integers(1, 12))):
        before = history[-1]
        kept = deepcopy(before)
        edit = data.draw(edits(before))
        after = perform(before, edit).definition
        assert before == kept
        _check_step(edit, before, after)
        history.append(dict(after))
    assert history[0] == definition


def _check_step(edit: Edit, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    was, now = keys(before), keys(after)
    assert len(now) == len(set(now))
    whole = [each.question.key for each in drafting.asked(after)]
    assert len({each.lower() for each in whole}) == len(whole)
    assert question_keys(after) >= set(now)
    names = [section["key"] for section in after["sections"]]
    assert len(names) == len(set(names))
    gone, come = set(was) - set(now), set(now) - set(was)
    within = {"delete_section", "duplicate_section"}
    size = 1
    if edit.act in within:
        size = len(drafting.get_section(before, edit.key)["questions"])
    deletes, adds = edit.act.startswith("delete"), edit.act.startswith(("add_q", "duplicate"))
    assert len(gone) == (size if deletes else 0)
    assert len(come) == (size if adds else 0)
    if edit.act.endswith(("_up", "_down", "_rule")):
        assert words(after) == words(before)
