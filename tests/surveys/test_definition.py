"""What a definition may and may not say, and its canonical form."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.surveys.definition import (
    InvalidDefinition,
    Problem,
    UnknownQuestion,
    digest,
    dump,
    parse,
)
from tests.surveys.generated import (
    a_definition,
    a_question,
    a_section,
    a_text,
    definitions,
)

TEXT = a_text()
AN_OPTION = {"key": "a", "text": TEXT}
QUESTION = "$.sections[0].questions[0]"
slowly = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def problems_of(data: Any) -> list[tuple[str, str]]:
    """Places and codes of everything parse() complains about; none for a valid definition."""
    try:
        parse(data)
    except InvalidDefinition as invalid:
        return [(each.path, each.code) for each in invalid.problems]
    return []


def with_question(**members: Any) -> dict[str, Any]:
    """A definition whose only question is changed by `members`; None removes one."""
    question = {k: v for k, v in a_question(**members).items() if v is not None}
    return a_definition({"key": "s", "title": TEXT, "questions": [question]})


def test_a_valid_definition_has_no_problems() -> None:
    assert problems_of(a_definition()) == []


@pytest.mark.parametrize(
    ("members", "path", "code"),
    [
        ({"type": "colour"}, ".type", "unknown_type"),
        ({"type": 5}, ".type", "wrong_type"),
        ({"type": None}, ".type", "missing"),
        ({"type": ""}, ".type", "unknown_type"),
        ({"key": "T1"}, ".key", "key_syntax"),
        ({"key": "a b"}, ".key", "key_syntax"),
        ({"key": ""}, ".key", "key_syntax"),
        ({"key": "-a"}, ".key", "key_syntax"),
        ({"key": "_a"}, ".key", "key_syntax"),
        ({"key": "a\n"}, ".key", "key_syntax"),
        ({"key": "é"}, ".key", "key_syntax"),
        ({"key": "a" * 41}, ".key", "key_syntax"),
        ({"key": "csrf_token"}, ".key", "reserved_key"),
        ({"key": "data"}, ".key", "reserved_key"),
        ({"text": None}, ".text", "missing"),
        ({"text": "words"}, ".text", "wrong_type"),
        ({"text": {**TEXT, "id": 5}}, ".text.id", "wrong_type"),
        ({"text": {"en": "a", "id": "b"}}, ".text.ms", "missing_language"),
        ({"text": {**TEXT, "id": " \n"}}, ".text.id", "missing_language"),
        ({"text": {**TEXT, "fr": "mots"}}, ".text.fr", "unknown_language"),
        ({"text": {**TEXT, "id": "a\0"}}, ".text.id", "unstorable_text"),
        ({"text": {**TEXT, "id": "a\ud800"}}, ".text.id", "unstorable_text"),
        ({"text": {**TEXT, "id": "a" * 2_001}}, ".text.id", "too_long"),
        ({"text": {**TEXT, "id": "{perusahaan}"}}, ".text.id", "unknown_field"),
        ({"help": {**TEXT, "ms": "{Company}"}}, ".help.ms", "unknown_field"),
        ({"dimension": "charm"}, ".dimension", "unknown_dimension"),
        ({"dimension": ["trust"]}, ".dimension", "wrong_type"),
        ({"type": "nps", "dimension": "trust"}, ".dimension", "not_for_this_type"),
        ({"type": "nps", "cannot_judge": True}, ".cannot_judge", "not_for_this_type"),
        ({"options": [AN_OPTION]}, ".options", "not_for_this_type"),
        ({"type": "choice"}, ".options", "missing"),
        ({"type": "choice", "options": []}, ".options", "empty"),
        ({"type": "choice", "options": "a"}, ".options", "wrong_type"),
        ({"type": "choice", "options": [None]}, ".options[0]", "wrong_type"),
        ({"type": "choice", "options": [{"text": TEXT}]}, ".options[0].key", "missing"),
        (
            {"type": "choice", "options": [{"key": "na", "text": TEXT}]},
            ".options[0].key",
            "reserved_key",
        ),
        ({"type": "choice", "options": [AN_OPTION, AN_OPTION]}, ".options[1]", "duplicate_key"),
        ({"core": "yes"}, ".core", "wrong_type"),
        ({"required": 1}, ".required", "wrong_type"),
        ({"colour": "red"}, ".colour", "unknown_key"),
    ],
)
def test_a_fault_in_a_question_is_named_with_its_place(
    members: dict[str, Any], path: str, code: str
) -> None:
    assert (QUESTION + path, code) in problems_of(with_question(**members))


@pytest.mark.parametrize(
    ("data", "path", "code"),
    [
        ([], "$", "wrong_type"),
        (None, "$", "wrong_type"),
        ({}, "$.key", "missing"),
        (a_definition(sections=[]), "$.sections", "empty"),
        (a_definition(sections={}), "$.sections", "wrong_type"),
        (a_definition(sections=[None]), "$.sections[0]", "wrong_type"),
        (a_definition(a_section("s", 0)), "$.sections[0].questions", "empty"),
        (a_definition(a_section("s", 1, shuffle_group="A b")), "$.sections[0].shuffle_group",
         "key_syntax"),
        (a_definition(a_section("s", 1, shuffle_items="no")), "$.sections[0].shuffle_items",
         "wrong_type"),
        (a_definition(a_section("s", 1), a_section("s", 0)), "$.sections[1]", "duplicate_key"),
        (a_definition(key="My survey"), "$.key", "key_syntax"),
        (a_definition(colour="red"), "$.colour", "unknown_key"),
        (a_definition(intro={"en": "Hello"}), "$.intro.id", "missing_language"),
        (a_definition(languages=["fr"]), "$.languages[0]", "unknown_language"),
        (a_definition(languages=["en", "en"]), "$.languages[1]", "duplicate_key"),
        (a_definition(languages=[]), "$.languages", "empty"),
        (a_definition(languages=["en"]), "$.title.id", "undeclared_language"),
    ],
)  # fmt: skip
def test_a_fault_outside_the_questions_is_named_with_its_place(
    data: Any, path: str, code: str
) -> None:
    assert (path, code) in problems_of(data)


def test_one_question_key_in_two_sections_is_refused() -> None:
    first, second = a_section("a", 1), a_section("b", 1)
    second["questions"][0]["key"] = first["questions"][0]["key"]
    assert problems_of(a_definition(first, second)) == [
        ("$.sections[1].questions[0]", "duplicate_key")
    ]


def test_keys_that_differ_only_in_case_are_the_same_key() -> None:
    section = {"key": "s", "title": TEXT, "questions": [a_question("t1"), a_question("T1")]}
    assert ("$.sections[0].questions[1]", "duplicate_key") in problems_of(a_definition(section))


def test_all_faults_are_reported_at_once() -> None:
    broken = with_question(type="colour", core=1, text={"en": "{oops}"})
    assert problems_of({**broken, "key": "X"}) == [
        (f"{QUESTION}.type", "unknown_type"),
        (f"{QUESTION}.text.en", "unknown_field"),
        (f"{QUESTION}.text.id", "missing_language"),
        (f"{QUESTION}.text.ms", "missing_language"),
        (f"{QUESTION}.core", "wrong_type"),
        ("$.key", "key_syntax"),
    ]


def test_a_fault_carries_its_particulars() -> None:
    with pytest.raises(InvalidDefinition) as caught:
        parse(with_question(text={**TEXT, "ms": "{syarikat}"}))
    assert caught.value.problems == (
        Problem(f"{QUESTION}.text.ms", "unknown_field", {"field": "syarikat"}),
    )


@pytest.mark.parametrize("words", ["{company} {manager}", "{{7*7}}", "{0.__class__}", "${x}", "{"])
def test_known_fields_and_mere_braces_are_accepted(words: str) -> None:
    """SEC-03: what looks like a template is a text like any other."""
    assert problems_of(with_question(text=a_text(words))) == []


def test_a_questionnaire_without_english_is_accepted() -> None:
    data = a_definition(
        {
            "key": "s",
            "title": {"ms": "Tajuk"},
            "questions": [a_question(text={"ms": "Soalan"})],
        },
        title={"ms": "Tajuk"},
        languages=["ms"],
    )
    assert parse(data).languages == ("ms",)


def test_an_absent_member_and_null_are_the_same() -> None:
    assert parse(a_definition(intro=None)) == parse(a_definition())


def test_a_questionnaire_lists_its_questions_across_sections() -> None:
    questionnaire = parse(a_definition(a_section("a", 2), a_section("b", 1)))
    assert [each.key for each in questionnaire.questions] == ["a-0", "a-1", "b-0"]


def test_a_question_is_found_by_its_key() -> None:
    assert parse(a_definition(a_section("a", 2))).get_question("a-1").key == "a-1"


def test_an_unknown_question_is_an_error() -> None:
    with pytest.raises(UnknownQuestion):
        parse(a_definition()).get_question("none")


@slowly
@given(definitions())
def test_what_was_written_reads_back_equal(data: dict[str, Any]) -> None:
    questionnaire = parse(data)
    through_json = json.loads(json.dumps(dump(questionnaire)))
    assert parse(through_json) == questionnaire


@slowly
@given(definitions())
def test_equal_questionnaires_have_equal_digests(data: dict[str, Any]) -> None:
    backwards = json.loads(json.dumps(data), object_pairs_hook=lambda pairs: dict(pairs[::-1]))
    assert digest(parse(backwards)) == digest(parse(data))


@slowly
@given(definitions(), st.data())
def test_another_wording_has_another_digest(data: dict[str, Any], drawn: st.DataObject) -> None:
    before = digest(parse(data))
    question = drawn.draw(st.sampled_from(data["sections"]))["questions"][0]
    language = drawn.draw(st.sampled_from(data["languages"]))
    question["text"][language] += "!"
    assert digest(parse(data)) != before


def test_a_digest_is_the_same_in_every_process() -> None:
    """Computed once with sha256sum over the canonical JSON of this definition."""
    data = {
        "key": "k",
        "languages": ["en"],
        "title": {"en": "T"},
        "sections": [
            {
                "key": "s",
                "title": {"en": "S"},
                "questions": [{"key": "q", "type": "nps", "text": {"en": "Q"}}],
            }
        ],
    }
    assert digest(parse(data)) == "c0023478e89f318866fe593b11f49f7b2ecc21d9705328fc7618e8a8cab28193"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["key", "title", "sections", "questions", "type", "text", "en", "options"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(json_values)
def test_any_json_gives_a_questionnaire_or_a_list_of_problems(data: Any) -> None:
    with pytest.raises(InvalidDefinition) as caught:
        parse(data)
    assert caught.value.problems


@slowly
@given(definitions(), json_values, st.data())
def test_a_damaged_definition_never_fails_in_another_way(
    data: dict[str, Any], junk: Any, drawn: st.DataObject
) -> None:
    section = drawn.draw(st.sampled_from(data["sections"]))
    place = drawn.draw(st.sampled_from([data, section, section["questions"][0]]))
    place[drawn.draw(st.sampled_from([*place, "options", "intro", "help"]))] = junk
    assert isinstance(problems_of(data), list)
