"""The list of texts without words."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.surveys.completeness import missing_texts
from feedback.surveys.definition import InvalidDefinition, parse
from tests.surveys.generated import a_definition, a_section, a_text, definitions

slowly = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def test_a_complete_definition_misses_nothing() -> None:
    assert missing_texts(a_definition(a_section("s", 2, intro=a_text()))) == ()


def test_every_kind_of_text_is_looked_at() -> None:
    some = {"en": "Words"}
    question = {"key": "q", "text": some, "help": some, "options": [{"text": some}]}
    grid = {"key": "g", "text": some, "rows": [{"text": some}]}
    section = {"title": some, "intro": some, "questions": [question, grid]}
    data = {"languages": ["en", "ms"], "title": some, "intro": some, "sections": [section]}
    assert missing_texts(data) == tuple(
        (path, "ms")
        for path in (
            "$.title",
            "$.intro",
            "$.sections[0].title",
            "$.sections[0].intro",
            "$.sections[0].questions[0].text",
            "$.sections[0].questions[0].help",
            "$.sections[0].questions[0].options[0].text",
            "$.sections[0].questions[1].text",
            "$.sections[0].questions[1].rows[0].text",
        )
    )


def test_a_text_that_is_not_there_at_all_is_missing_in_each_language() -> None:
    data = {"title": a_text(), "sections": [{"title": a_text(), "questions": [{"key": "q"}]}]}
    path = "$.sections[0].questions[0].text"
    assert missing_texts(data) == ((path, "en"), (path, "id"), (path, "ms"))


@pytest.mark.parametrize("words", ["", " \n", None, 5])
def test_what_says_nothing_is_missing(words: object) -> None:
    data = {"languages": ["en"], "title": {"en": words}}
    assert missing_texts(data) == (("$.title", "en"),)


@pytest.mark.parametrize(
    "draft",
    [
        {"title": a_text(), "sections": "none yet", "languages": 3},
        {"title": a_text(), "sections": [{"title": a_text(), "questions": {"a": 1}}]},
    ],
)
def test_what_is_not_yet_what_it_should_be_is_passed_over(draft: dict[str, Any]) -> None:
    assert missing_texts(draft) == ()


def test_a_draft_that_is_no_section_yet_misses_its_title() -> None:
    data = {"languages": ["id"], "title": {"id": "Judul"}, "sections": [None]}
    assert missing_texts(data) == (("$.sections[0].title", "id"),)


@slowly
@given(definitions(rules=False), st.data())
def test_the_list_has_what_the_check_before_publishing_complains_of(
    data: dict[str, Any], drawn: st.DataObject
) -> None:
    language = drawn.draw(st.sampled_from(data["languages"]))
    section = drawn.draw(st.sampled_from(data["sections"]))
    question = drawn.draw(st.sampled_from(section["questions"]))
    options = question.get("options") or question.get("rows") or [question]
    for thing in (section["title"], question["text"], options[-1]["text"]):
        drawn.draw(st.sampled_from([thing.clear, lambda it=thing: it.update({language: " "})]))()
    with pytest.raises(InvalidDefinition) as caught:
        parse(data)
    complained = [
        (each.path.rpartition(".")[0], each.params["language"])
        for each in caught.value.problems
        if each.code == "missing_language"
    ]
    assert sorted(missing_texts(data)) == sorted(complained)
