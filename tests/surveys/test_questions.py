"""What holds for every question type: what it accepts, stores and offers."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.surveys import questions
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.questionnaire import Question
from feedback.surveys.questions import (
    TYPES,
    Answered,
    Inputs,
    InvalidAnswer,
    UnknownType,
    discover,
    find_type,
    get_type,
)
from tests.surveys.asked import A_VALID_ANSWER, ANSWERED, CLOSED, SEVERAL, WRITTEN, a, stored


def normalised(question: Question, *raw: str) -> Answered | None:
    return get_type(question.type).normalise(question, raw)


def refusal(question: Question, *raw: str) -> InvalidAnswer:
    with pytest.raises(InvalidAnswer) as caught:
        normalised(question, *raw)
    return caught.value


def test_the_registry_knows_every_type_of_the_instrument() -> None:
    assert set(TYPES) == {*A_VALID_ANSWER, "statement"}
    assert set(A_VALID_ANSWER) == set(ANSWERED)


def test_a_type_is_added_by_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "invented_type.py").write_text(
        "from feedback.surveys.questions.scale import Scale\n"
        "QUESTION_TYPE = Scale('invented', ())\n"
    )
    monkeypatch.setattr(questions, "__path__", [*questions.__path__, str(tmp_path)])
    assert set(discover(questions.__path__)) == {*TYPES, "invented"}


def test_an_unknown_type_is_not_found() -> None:
    assert find_type("colour") is None


def test_getting_an_unknown_type_is_an_error() -> None:
    with pytest.raises(UnknownType):
        get_type("colour")


@pytest.mark.parametrize("kind", ANSWERED)
@given(data=st.data())
def test_the_inputs_of_a_stored_value_give_that_value_again(kind: str, data: st.DataObject) -> None:
    question, value = a(kind), data.draw(stored(kind))
    inputs = TYPES[kind].unfold(question, value)
    answered = TYPES[kind].normalise(question, inputs.values, inputs.beside)
    assert answered is not None
    assert answered.value == value
    assert TYPES[kind].fold(question, inputs) == value


@pytest.mark.parametrize("kind", ANSWERED)
@given(data=st.data())
def test_a_stored_value_by_itself_is_that_answer(kind: str, data: st.DataObject) -> None:
    value = data.draw(stored(kind))
    answered = normalised(a(kind), value)
    assert answered is not None
    assert answered.value == value


@pytest.mark.parametrize("kind", TYPES)
@given(data=st.data())
def test_whatever_is_typed_is_stored_in_one_form_or_refused_and_kept(
    kind: str, data: st.DataObject
) -> None:
    """SEC-23: nothing that is sent breaks a type, and what was typed fills the inputs again."""
    question, found = a(kind), TYPES[kind]
    texts = st.text(max_size=9) | st.sampled_from([*A_VALID_ANSWER.values(), "other", "2", "=,"])
    typed = Inputs(
        tuple(data.draw(st.lists(texts, max_size=3))),
        {suffix: data.draw(texts) for suffix in found.inputs(question)},
    )
    folded = found.fold(question, typed)
    assert set(found.unfold(question, folded).beside) == set(found.inputs(question))
    try:
        answered = found.normalise(question, typed.values, typed.beside)
    except InvalidAnswer:
        return
    if answered:
        assert normalised(question, answered.value) == answered


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("raw", [(), ("",), ("  ",), ("", ""), ("\r\n\t",)])
def test_a_blank_answer_is_none(kind: str, raw: Sequence[str]) -> None:
    assert normalised(a(kind), *raw) is None


@pytest.mark.parametrize("kind", ANSWERED)
def test_a_blank_beside_an_answer_is_overlooked(kind: str) -> None:
    answer = A_VALID_ANSWER[kind]
    assert normalised(a(kind), "", answer) == Answered(answer, normalised(a(kind), answer).number)  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", sorted({*ANSWERED} - {"choices"}))
def test_two_answers_to_one_question_are_refused(kind: str) -> None:
    answer = A_VALID_ANSWER[kind]
    assert refusal(a(kind), answer, answer).code == "several_values"


@pytest.mark.parametrize("kind", [*CLOSED, *SEVERAL])
@pytest.mark.parametrize(
    "value", ["11", "-1", "04", "4.0", "+4", " 4", "4\n", "٤", "½", "YES", "Phone", "=1+1", "None"]
)
def test_anything_that_was_not_offered_is_refused(kind: str, value: str) -> None:
    assert refusal(a(kind), value).code == "unknown_choice"


@pytest.mark.parametrize("kind", ANSWERED)
def test_a_null_character_is_refused(kind: str) -> None:
    assert refusal(a(kind), A_VALID_ANSWER[kind] + "\0").code == "null_character"


@pytest.mark.parametrize("kind", ANSWERED)
def test_half_a_surrogate_pair_is_refused(kind: str) -> None:
    assert refusal(a(kind), A_VALID_ANSWER[kind] + "\ud83d").code == "broken_character"


def test_a_statement_takes_no_answer() -> None:
    assert not TYPES["statement"].answers
    assert refusal(a("statement"), "yes").code == "unknown_choice"


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        *((kind, 7) for kind in CLOSED[:-2]),
        *[("flag", 5), ("consent", 5), ("statement", 5), ("choices", 10), ("ranking", 20)],
        *[("number", 10), ("date", 10), ("short_text", 12), ("long_text", 25)],
    ],
)
def test_a_type_knows_how_long_it_takes(kind: str, seconds: int) -> None:
    assert TYPES[kind].seconds == seconds


@pytest.mark.parametrize("kind", ["agreement", "csat", "effort", "flag", "consent"])
def test_every_point_is_labelled_in_every_language(kind: str) -> None:
    assert all(set(point.label) == set(LANGUAGES) for point in TYPES[kind].points)


@pytest.mark.parametrize("kind", [*CLOSED, "choices"])
def test_whatever_is_offered_is_accepted(kind: str) -> None:
    question = a(kind, plain=True, cannot_judge="cannot_judge" in TYPES[kind].takes)
    offered = TYPES[kind].choices(question)
    assert [normalised(question, each.key) for each in offered] == [
        Answered(each.key, each.number) for each in offered
    ]


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_is_written_offers_nothing_to_choose(kind: str) -> None:
    assert TYPES[kind].choices(a(kind)) == ()
    assert TYPES[kind].is_written


@pytest.mark.parametrize("kind", ANSWERED)
@given(data=st.data())
def test_an_export_has_a_cell_for_every_column(kind: str, data: st.DataObject) -> None:
    question, value = a(kind), data.draw(stored(kind) | st.just(""))
    columns = TYPES[kind].columns(question)
    assert len(TYPES[kind].cells(question, value)) == len(columns)
    assert len({suffix for suffix, _ in columns}) == len(columns)


@pytest.mark.parametrize("kind", ANSWERED)
def test_a_blank_answer_has_blank_cells(kind: str) -> None:
    assert set(TYPES[kind].cells(a(kind), "")) == {""}


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("value", ["", "gone", "12,x", "a,b\nc"])
def test_a_value_the_question_does_not_know_is_shown_somehow(kind: str, value: str) -> None:
    shown = TYPES[kind].display(a(kind), value, "en")
    assert value.split(",", maxsplit=1)[0].split("\n", maxsplit=1)[0] in shown
