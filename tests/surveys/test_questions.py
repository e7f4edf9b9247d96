"""What each question type accepts, stores and offers."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from feedback.surveys import questions
from feedback.surveys.languages import LANGUAGES, Text
from feedback.surveys.questionnaire import Option, Question
from feedback.surveys.questions import (
    TYPES,
    Answered,
    InvalidAnswer,
    UnknownType,
    discover,
    find_type,
    get_type,
)

LABELS = Text(dict.fromkeys(LANGUAGES, "words"))
CLOSED = ("agreement", "csat", "nps", "effort", "choice", "flag")
A_VALID_ANSWER = {
    "agreement": "4",
    "csat": "4",
    "nps": "4",
    "effort": "4",
    "choice": "phone",
    "flag": "no",
    "long_text": "fine",
}


def a(kind: str, *, cannot_judge: bool = False) -> Question:
    """A question of this type, with options where the type wants them."""
    options = (Option("phone", LABELS), Option("e-mail", LABELS)) if kind == "choice" else ()
    return Question("q", kind, LABELS, options=options, cannot_judge=cannot_judge)


def normalised(question: Question, *raw: str) -> Answered | None:
    return get_type(question.type).normalise(question, raw)


def refusal(question: Question, *raw: str) -> InvalidAnswer:
    with pytest.raises(InvalidAnswer) as caught:
        normalised(question, *raw)
    return caught.value


def test_the_registry_knows_every_type_of_the_instrument() -> None:
    assert set(TYPES) == set(A_VALID_ANSWER)


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


@pytest.mark.parametrize("kind", ["agreement", "csat", "effort"])
@pytest.mark.parametrize("value", ["1", "2", "3", "4", "5"])
def test_a_five_point_answer_is_its_number(kind: str, value: str) -> None:
    assert normalised(a(kind), value) == Answered(value, int(value))


@pytest.mark.parametrize("number", range(11))
def test_a_recommendation_is_its_number_and_zero_is_an_answer(number: int) -> None:
    assert normalised(a("nps"), str(number)) == Answered(str(number), number)


@pytest.mark.parametrize("value", ["yes", "no"])
def test_a_flag_is_yes_or_no_and_no_number(value: str) -> None:
    assert normalised(a("flag"), value) == Answered(value, None)


def test_a_choice_is_the_key_of_its_option() -> None:
    assert normalised(a("choice"), "e-mail") == Answered("e-mail", None)


@pytest.mark.parametrize("kind", ["agreement", "effort"])
def test_cannot_judge_is_an_answer_without_a_number(kind: str) -> None:
    assert normalised(a(kind, cannot_judge=True), "na") == Answered("na", None)


@pytest.mark.parametrize("kind", CLOSED)
def test_cannot_judge_is_refused_where_it_was_not_offered(kind: str) -> None:
    assert refusal(a(kind), "na").code == "unknown_choice"


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("raw", [(), ("",), ("  ",), ("", ""), ("\r\n\t",)])
def test_a_blank_answer_is_none(kind: str, raw: Sequence[str]) -> None:
    assert normalised(a(kind), *raw) is None


@pytest.mark.parametrize("kind", TYPES)
def test_a_blank_beside_an_answer_is_overlooked(kind: str) -> None:
    answer = A_VALID_ANSWER[kind]
    assert normalised(a(kind), "", answer) == normalised(a(kind), answer)


@pytest.mark.parametrize("kind", TYPES)
def test_two_answers_to_one_question_are_refused(kind: str) -> None:
    answer = A_VALID_ANSWER[kind]
    assert refusal(a(kind), answer, answer).code == "several_values"


@pytest.mark.parametrize("kind", CLOSED)
@pytest.mark.parametrize(
    "value", ["11", "-1", "04", "4.0", "+4", " 4", "4\n", "٤", "½", "YES", "Phone", "=1+1", "None"]
)
def test_anything_that_was_not_offered_is_refused(kind: str, value: str) -> None:
    assert refusal(a(kind), value).code == "unknown_choice"


@pytest.mark.parametrize("kind", ["agreement", "csat", "effort"])
@pytest.mark.parametrize("value", ["0", "6", "10"])
def test_a_number_off_the_five_points_is_refused(kind: str, value: str) -> None:
    assert refusal(a(kind), value).code == "unknown_choice"


@pytest.mark.parametrize("kind", TYPES)
def test_a_null_character_is_refused(kind: str) -> None:
    assert refusal(a(kind), A_VALID_ANSWER[kind] + "\0").code == "null_character"


@pytest.mark.parametrize("kind", TYPES)
def test_half_a_surrogate_pair_is_refused(kind: str) -> None:
    assert refusal(a(kind), A_VALID_ANSWER[kind] + "\ud83d").code == "broken_character"


@pytest.mark.parametrize("text", ["a\r\nb\rc\nd", "a\nb\r\nc\rd"])
def test_line_ends_are_made_one_kind(text: str) -> None:
    assert normalised(a("long_text"), text) == Answered("a\nb\nc\nd", None)


@pytest.mark.parametrize(
    "text",
    ["  both ends  ", "ends\n", "😀 مرحبا 王", "=HYPERLINK()", "<script>", "{{7*7}}", "\x1b[1m"],
)
def test_a_comment_is_stored_as_typed(text: str) -> None:
    assert normalised(a("long_text"), text) == Answered(text, None)


@pytest.mark.parametrize("letter", ["x", "😀", "\r\n"])
def test_a_comment_may_have_20000_characters(letter: str) -> None:
    text = "a" + letter * 19_999
    assert len(normalised(a("long_text"), text).value) == 20_000  # type: ignore[union-attr]


def test_a_comment_of_20001_characters_is_refused_with_both_figures() -> None:
    refused = refusal(a("long_text"), "x" * 20_001)
    assert (refused.code, refused.params) == ("too_long", {"limit": 20_000, "length": 20_001})


@pytest.mark.parametrize(
    ("kind", "seconds"), [*((kind, 7) for kind in CLOSED[:-1]), ("flag", 5), ("long_text", 25)]
)
def test_a_type_knows_how_long_it_takes(kind: str, seconds: int) -> None:
    assert TYPES[kind].seconds == seconds


@pytest.mark.parametrize("kind", ["agreement", "csat", "effort", "flag"])
def test_every_point_is_labelled_in_every_language(kind: str) -> None:
    assert all(set(point.label) == set(LANGUAGES) for point in TYPES[kind].points)


def test_a_recommendation_is_labelled_at_both_ends_only() -> None:
    assert [point.key for point in TYPES["nps"].points if point.label] == ["0", "10"]


def test_five_points_run_from_the_worst_to_the_best() -> None:
    labels = [point.label["id"] for point in TYPES["csat"].points]
    assert labels == ["Sangat tidak puas", "Tidak puas", "Netral", "Puas", "Sangat puas"]


def test_cannot_judge_stands_at_the_right_end() -> None:
    offered = TYPES["agreement"].choices(a("agreement", cannot_judge=True))
    assert [point.key for point in offered] == ["1", "2", "3", "4", "5", "na"]


@pytest.mark.parametrize("kind", CLOSED)
def test_whatever_is_offered_is_accepted(kind: str) -> None:
    question = a(kind, cannot_judge="cannot_judge" in TYPES[kind].takes)
    offered = TYPES[kind].choices(question)
    assert [normalised(question, each.key) for each in offered] == [
        Answered(each.key, each.number) for each in offered
    ]


def test_free_text_offers_nothing_to_choose() -> None:
    assert TYPES["long_text"].choices(a("long_text")) == ()
