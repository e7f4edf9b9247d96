"""Rules, and the path they leave through a questionnaire."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.surveys.branching import Given, Path, holds, path
from feedback.surveys.definition import parse
from feedback.surveys.questionnaire import Questionnaire, Rule
from tests.surveys.generated import a_definition, a_question, a_text, answers, definitions

slowly = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow], deadline=None)
WORDS = a_text()
AB = [{"key": key, "text": WORDS} for key in "abc"]


def asked_before(**last: Any) -> Questionnaire:
    """One question of every kind, and a last one with these members."""
    options = [*AB, {"key": "else", "text": WORDS, "other": True}]
    return parse(
        a_definition(
            {
                "key": "s",
                "title": WORDS,
                "questions": [
                    a_question("csat", type="csat"),
                    a_question("nps", type="nps"),
                    a_question("t1", dimension="trust", cannot_judge=True),
                    a_question("t2", dimension="trust"),
                    a_question("one", type="choice", options=options),
                    a_question("some", type="choices", options=options),
                    a_question("rated", type="rating", options=AB),
                    a_question("count", type="number", limits={"decimals": 1}),
                    a_question("day", type="date"),
                    a_question("why", type="long_text"),
                    a_question("flag", type="flag"),
                    a_question("last", **last),
                ],
            }
        )
    )


LOW = {"question": "csat", "between": [1, 2]}
DETRACTOR = {"question": "nps", "between": [None, 6]}
DISTRUST = {"score": "trust", "between": [None, 50]}
WEEKEND = {"question": "day", "between": ["2026-11-21", "2026-11-22"]}
INDONESIAN = {"contact": "language", "is": "id"}

SPECIFICATION: list[tuple[dict[str, Any], dict[str, str], bool]] = [
    # show the last question if …                    the person answered …            shown?
    (LOW, {"csat": "1"}, True),
    (LOW, {"csat": "2"}, True),
    (LOW, {"csat": "3"}, False),
    (LOW, {}, False),
    (DETRACTOR, {"nps": "0"}, True),
    (DETRACTOR, {"nps": "6"}, True),
    (DETRACTOR, {"nps": "7"}, False),
    (DETRACTOR, {"nps": "10"}, False),
    ({"question": "nps", "between": [9, None]}, {"nps": "10"}, True),
    ({"question": "nps", "between": [9, None]}, {"nps": "8"}, False),
    ({"question": "nps", "is": 3}, {"nps": "3"}, True),
    ({"question": "csat", "in": [1, 5]}, {"csat": "5"}, True),
    ({"question": "csat", "in": [1, 5]}, {"csat": "4"}, False),
    ({"question": "t1", "is": "na"}, {"t1": "na"}, True),
    ({"question": "t1", "between": [1, 5]}, {"t1": "na"}, False),
    ({"question": "one", "is": "a"}, {"one": "a"}, True),
    ({"question": "one", "is": "a"}, {"one": "b"}, False),
    ({"question": "one", "is": "else"}, {"one": "else\na, or b"}, True),
    ({"question": "one", "is": "a"}, {"one": "else\na"}, False),
    ({"question": "some", "is": "a"}, {"some": "a,c"}, True),
    ({"question": "some", "is": "b"}, {"some": "a,c"}, False),
    ({"question": "some", "in": ["b", "c"]}, {"some": "a,c"}, True),
    ({"question": "some", "is": "b"}, {"some": "a,else\nb,c"}, False),
    ({"question": "rated", "between": [1, 2]}, {"rated": "b"}, True),
    ({"question": "rated", "between": [1, 2]}, {"rated": "c"}, False),
    ({"question": "rated", "is": "c"}, {"rated": "c"}, True),
    ({"question": "count", "between": ["2.5", 10]}, {"count": "2.5"}, True),
    ({"question": "count", "between": ["2.5", 10]}, {"count": "9.9"}, True),
    ({"question": "count", "between": ["2.5", 10]}, {"count": "10.1"}, False),
    ({"question": "count", "between": [-3, None]}, {"count": "-4"}, False),
    ({"question": "count", "is": 12}, {"count": "12"}, True),
    (WEEKEND, {"day": "2026-11-21"}, True),
    (WEEKEND, {"day": "2026-11-23"}, False),
    (WEEKEND, {}, False),
    ({"question": "why", "answered": True}, {"why": "Late again"}, True),
    ({"question": "why", "answered": True}, {}, False),
    ({"question": "why", "answered": False}, {}, True),
    ({"question": "why", "answered": False}, {"why": "Late again"}, False),
    ({"question": "flag", "is": "yes"}, {"flag": "yes"}, True),
    ({"question": "flag", "is": "yes"}, {"flag": "no"}, False),
    (DISTRUST, {"t1": "3", "t2": "3"}, True),  # 50 is in
    (DISTRUST, {"t1": "3", "t2": "4"}, False),  # 62.5
    (DISTRUST, {"t1": "na", "t2": "2"}, True),  # only what was judged counts
    (DISTRUST, {"t1": "na"}, False),  # no score, so none that is low
    ({"not": DISTRUST}, {}, True),
    (INDONESIAN, {}, True),
    ({"contact": "role", "in": ["user", "sponsor"]}, {}, False),
    ({"contact": "place", "is": "Front desk"}, {}, False),  # nothing known is not this place
    ({"not": LOW}, {"csat": "1"}, False),
    ({"not": LOW}, {}, True),
    ({"all": [LOW, DETRACTOR]}, {"csat": "1", "nps": "6"}, True),
    ({"all": [LOW, DETRACTOR]}, {"csat": "1", "nps": "7"}, False),
    ({"any": [LOW, DETRACTOR]}, {"csat": "5", "nps": "6"}, True),
    ({"any": [LOW, DETRACTOR]}, {"csat": "5", "nps": "7"}, False),
    ({"all": [INDONESIAN, {"any": [LOW, {"not": DETRACTOR}]}]}, {"nps": "9"}, True),
    ({"all": [INDONESIAN, {"any": [LOW, {"not": DETRACTOR}]}]}, {"nps": "2"}, False),
]


@pytest.mark.parametrize(("rule", "given_answers", "shown"), SPECIFICATION)
def test_a_question_is_shown_as_its_rule_says(
    rule: dict[str, Any], given_answers: dict[str, str], shown: bool
) -> None:
    contact = {"language": "id", "role": "decision_maker"}
    taken = path(asked_before(show_if=rule), given_answers, contact)
    assert ("last" in taken.keys) == shown


def in_turn(*questions: dict[str, Any], **members: Any) -> Questionnaire:
    """These questions in one section with these members, behind a section with csat."""
    first = {"key": "f", "title": WORDS, "questions": [a_question("csat", type="csat")]}
    second = {"key": "s", "title": WORDS, "questions": list(questions), **members}
    return parse(a_definition(first, second))


CHAIN = in_turn(
    a_question("why", type="long_text", show_if=LOW),
    a_question("who", type="long_text", show_if={"question": "why", "answered": True}),
)


def test_an_answer_off_the_path_opens_nothing() -> None:
    taken = path(CHAIN, {"csat": "5", "why": "Late"})
    assert taken == Path(("csat",))


def test_an_answer_off_the_path_is_not_counted() -> None:
    values = {"csat": "5", "why": "Late"}
    assert path(CHAIN, values).counted(values) == {"csat": "5"}


def test_an_answer_counts_again_once_its_question_is_back_on_the_path() -> None:
    values = {"csat": "1", "why": "Late"}
    assert path(CHAIN, values).counted(values) == values
    assert path(CHAIN, values).keys == ("csat", "why", "who")


def test_a_blank_answer_is_not_counted() -> None:
    assert path(CHAIN, {"csat": ""}).counted({"csat": ""}) == {}


def test_the_rule_of_a_section_holds_for_all_its_questions() -> None:
    questionnaire = in_turn(a_question("a"), a_question("b"), show_if=LOW)
    assert path(questionnaire, {"csat": "2"}).keys == ("csat", "a", "b")
    assert path(questionnaire, {"csat": "4"}).keys == ("csat",)


def test_the_rows_of_a_grid_are_shown_or_left_out_together() -> None:
    """The first row must not decide on the second through the score it adds to."""
    rows = [{"key": key, "text": WORDS, "dimension": "trust"} for key in "ab"]
    grid = {"key": "g", "type": "grid", "scale": "agreement", "text": WORDS, "rows": rows}
    rule = {"score": "trust", "between": [None, 50]}
    questionnaire = in_turn(a_question("t", dimension="trust"), {**grid, "show_if": rule})
    assert path(questionnaire, {"t": "1", "g-a": "5"}).keys == ("csat", "t", "g-a", "g-b")


def test_an_answer_that_is_no_number_lies_between_nothing() -> None:
    rule = asked_before(show_if=WEEKEND).get_question("last").show_if
    assert rule is not None
    assert not holds(rule, Given({"day": "9" * 5000}))


@slowly
@given(definitions(), st.data())
def test_a_path_is_the_same_every_time(data: dict[str, Any], drawn: st.DataObject) -> None:
    questionnaire = parse(data)
    values = drawn.draw(answers(questionnaire))
    backwards = dict(reversed(values.items()))
    assert path(questionnaire, values) == path(parse(data), backwards)


@slowly
@given(definitions(), st.data())
def test_a_path_has_exactly_the_questions_whose_rules_hold(
    data: dict[str, Any], drawn: st.DataObject
) -> None:
    questionnaire = parse(data)
    contact = drawn.draw(st.sampled_from([{}, {"language": "id"}, {"role": "user"}]))
    values = drawn.draw(answers(questionnaire))
    taken = path(questionnaire, values, contact)
    final = Given(taken.counted(values), _numbers(questionnaire, values, taken), contact)
    for section in questionnaire.sections:
        for question in section.questions:
            rules: list[Rule | None] = [section.show_if, question.show_if]
            wanted = all(holds(rule, final) for rule in rules if rule)
            assert (question.key in taken.keys) == wanted


def _numbers(questionnaire: Questionnaire, values: dict[str, str], taken: Path) -> dict[str, int]:
    rated = [q for q in questionnaire.questions if q.type == "rating" and q.key in taken.keys]
    places = {q.key: [option.key for option in q.options] for q in rated}
    return {
        key: keys.index(values[key]) + 1
        for key, keys in places.items()
        if values.get(key, "") in keys
    }


@slowly
@given(definitions(), st.data())
def test_answers_off_the_path_change_nothing(data: dict[str, Any], drawn: st.DataObject) -> None:
    questionnaire = parse(data)
    values = drawn.draw(answers(questionnaire))
    taken = path(questionnaire, values)
    assert path(questionnaire, taken.counted(values)) == taken


@slowly
@given(definitions(rules=False), st.data())
def test_without_rules_everything_is_asked(data: dict[str, Any], drawn: st.DataObject) -> None:
    questionnaire = parse(data)
    taken = path(questionnaire, drawn.draw(answers(questionnaire)))
    assert taken.keys == tuple(question.key for question in questionnaire.questions)
