"""Choices of one and of several, own words, and rankings."""

from collections.abc import Mapping

import pytest

from feedback.surveys.questionnaire import Limits, Question
from feedback.surveys.questions import TYPES, Answered, Inputs, InvalidAnswer
from tests.surveys.asked import a
from tests.surveys.test_questions import normalised, refusal


def given(question: Question, raw: tuple[str, ...], **beside: str) -> str:
    """Return what is stored, or the code of what is wrong."""
    try:
        answered = TYPES[question.type].normalise(question, raw, beside)
    except InvalidAnswer as error:
        return error.code
    return answered.value if answered else ""


def places(*, order: tuple[str, str, str, str]) -> Mapping[str, str]:
    """Places given to phone, e-mail, other and none."""
    return dict(zip("1234", order, strict=True))


def test_a_choice_is_the_key_of_its_option() -> None:
    assert normalised(a("choice"), "e-mail") == Answered("e-mail", None)


@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_own_words_stand_behind_the_option_that_asks_for_them(kind: str) -> None:
    assert given(a(kind), ("other",), other="  by\r\npost ") == "other\nby post"


@pytest.mark.parametrize("kind", ["choice", "choices"])
@pytest.mark.parametrize("words", ["", "  "])
def test_own_words_asked_for_may_not_be_missing(kind: str, words: str) -> None:
    assert given(a(kind), ("other",), other=words) == "other_missing"


@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_own_words_of_201_characters_are_refused(kind: str) -> None:
    assert given(a(kind), ("other",), other="x" * 200) == "other\n" + "x" * 200
    assert given(a(kind), ("other",), other="x" * 201) == "too_long"


@pytest.mark.parametrize("kind", ["choice", "choices"])
@pytest.mark.parametrize(
    ("words", "code"), [("a\0", "null_character"), ("\ud83d", "broken_character")]
)
def test_own_words_that_cannot_be_stored_are_refused(kind: str, words: str, code: str) -> None:
    assert given(a(kind), ("other",), other=words) == code


def test_own_words_of_an_option_not_chosen_are_left_out() -> None:
    assert given(a("choice"), ("phone",), other="by post") == "phone"
    assert given(a("choices"), (), other="by post") == ""


def test_own_words_alone_are_the_one_choice_that_asks_for_them() -> None:
    assert given(a("choice"), (), other="by post") == "other\nby post"


def test_own_words_are_refused_where_no_option_asks_for_them() -> None:
    assert given(a("choice"), ("phone\nby post",)) == "unknown_choice"


def test_two_keys_are_no_single_choice() -> None:
    assert given(a("choice"), ("phone,e-mail",)) == "unknown_choice"


def test_several_choices_are_stored_in_the_order_of_the_options() -> None:
    assert given(a("choices"), ("other", "e-mail", "phone"), other="x") == "phone,e-mail,other\nx"


def test_an_option_ticked_twice_is_ticked() -> None:
    assert given(a("choices"), ("phone", "phone")) == "phone"


def test_none_of_these_goes_with_no_other_answer() -> None:
    assert given(a("choices"), ("none",)) == "none"
    assert given(a("choices"), ("phone", "none")) == "not_alone"


@pytest.mark.parametrize(
    ("ticked", "code", "params"),
    [
        (("phone",), "too_few", {"least": 2, "chosen": 1}),
        (("phone", "e-mail", "other", "none"), "too_many", {"most": 3, "chosen": 4}),
    ],
)
def test_too_few_and_too_many_are_refused_with_both_figures(
    ticked: tuple[str, ...], code: str, params: dict[str, int]
) -> None:
    refused = refusal(a("choices", plain=True, limits=Limits("2", "3")), *ticked)
    assert (refused.code, refused.params) == (code, params)


@pytest.mark.parametrize("ticked", [("phone", "none"), ("phone", "e-mail", "none")])
def test_as_many_as_asked_for_are_accepted(ticked: tuple[str, ...]) -> None:
    assert given(a("choices", plain=True, limits=Limits("2", "3")), ticked) == ",".join(ticked)


def test_none_of_these_is_enough_where_two_are_asked_for() -> None:
    assert given(a("choices", limits=Limits("2", "3")), ("none",)) == "none"


def test_a_ranking_is_all_options_in_the_order_of_their_places() -> None:
    question = a("ranking")
    assert given(question, ("",), **places(order=("3", "1", "2", "4"))) == "e-mail,other,phone,none"


@pytest.mark.parametrize(
    ("order", "code", "params"),
    [
        (("1", "2", "", ""), "unplaced", {"total": 4}),
        (("1", "2", "2", "3"), "placed_twice", {"place": "2", "total": 4}),
        (("1", "1", "", ""), "placed_twice", {"place": "1", "total": 4}),
        (("1", "2", "3", "5"), "unknown_choice", {}),
        (("0", "1", "2", "3"), "unknown_choice", {}),
        (("1", "2", "3", "x"), "unknown_choice", {}),
    ],
)
def test_a_ranking_half_done_or_doubled_is_refused_and_kept(
    order: tuple[str, str, str, str], code: str, params: dict[str, object]
) -> None:
    ranking, question, beside = TYPES["ranking"], a("ranking"), places(order=order)
    with pytest.raises(InvalidAnswer) as caught:
        ranking.normalise(question, (), beside)
    assert (caught.value.code, caught.value.params) == (code, params)
    assert ranking.unfold(question, ranking.fold(question, Inputs((), beside))).beside == beside


@pytest.mark.parametrize("value", ["phone,e-mail,other", "phone,phone,other,none"])
def test_a_stored_order_that_lacks_an_option_is_refused(value: str) -> None:
    assert refusal(a("ranking"), value).code == "unknown_choice"


def test_what_was_ticked_stays_ticked_also_where_it_is_refused() -> None:
    choices, question = TYPES["choices"], a("choices")
    typed = Inputs(("phone", "none"), {"other": "by post"})
    assert choices.unfold(question, choices.fold(question, typed)) == typed


def test_every_option_of_several_has_its_column_and_the_own_words_theirs() -> None:
    columns = TYPES["choices"].columns(a("choices"))
    assert columns == (
        ("phone", "option"),
        ("e-mail", "option"),
        ("other", "option"),
        ("none", "option"),
        ("other.text", "other"),
    )
    assert TYPES["choices"].cells(a("choices"), "phone,other\nby post") == (1, 0, 1, 0, "by post")


def test_a_choice_with_own_words_has_two_columns() -> None:
    assert TYPES["choice"].columns(a("choice")) == (("", "answer"), ("other", "other"))
    assert TYPES["choice"].cells(a("choice"), "other\nby post") == ("other", "by post")
    assert TYPES["choice"].columns(a("choice", plain=True)) == (("", "answer"),)


def test_every_place_of_a_ranking_has_its_column() -> None:
    assert TYPES["ranking"].columns(a("ranking"))[3] == ("4", "rank")
    assert TYPES["ranking"].cells(a("ranking"), "none,phone,other,e-mail")[0] == "none"


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("choice", "phone", "phone (id)"),
        ("choice", "other\nby post", "other (id): by post"),
        ("choices", "phone,other\na, b", "phone (id), other (id): a, b"),
        (
            "ranking",
            "none,phone,other,e-mail",
            "1. none (id), 2. phone (id), 3. other (id), 4. e-mail (id)",
        ),
    ],
)
def test_chosen_options_are_said_in_words(kind: str, value: str, said: str) -> None:
    assert TYPES[kind].display(a(kind), value, "id") == said
