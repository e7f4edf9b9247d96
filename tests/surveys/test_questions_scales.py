"""Scales, ratings, flags and consents: points, scores, cells and words."""

import pytest

from feedback.surveys.questions import TYPES, Answered
from tests.surveys.asked import CLOSED, OPTIONS, a
from tests.surveys.test_questions import normalised, refusal


@pytest.mark.parametrize("kind", ["agreement", "csat", "effort"])
@pytest.mark.parametrize("value", ["1", "2", "3", "4", "5"])
def test_a_five_point_answer_is_its_number(kind: str, value: str) -> None:
    assert normalised(a(kind), value) == Answered(value, int(value))


@pytest.mark.parametrize("number", range(11))
def test_a_recommendation_is_its_number_and_zero_is_an_answer(number: int) -> None:
    assert normalised(a("nps"), str(number)) == Answered(str(number), number)


@pytest.mark.parametrize(("key", "number"), list(zip(OPTIONS, range(1, 5), strict=True)))
def test_a_point_of_a_rating_scores_its_place(key: str, number: int) -> None:
    assert normalised(a("rating"), key) == Answered(key, number)


@pytest.mark.parametrize("value", ["yes", "no"])
def test_a_flag_is_yes_or_no_and_no_number(value: str) -> None:
    assert normalised(a("flag"), value) == Answered(value, None)


def test_a_consent_is_yes_or_nothing() -> None:
    assert normalised(a("consent"), "yes") == Answered("yes", None)
    assert refusal(a("consent"), "no").code == "unknown_choice"


@pytest.mark.parametrize("kind", ["agreement", "csat", "effort", "rating"])
def test_cannot_judge_is_an_answer_without_a_number(kind: str) -> None:
    assert normalised(a(kind, cannot_judge=True), "na") == Answered("na", None)


@pytest.mark.parametrize("kind", CLOSED)
def test_cannot_judge_is_refused_where_it_was_not_offered(kind: str) -> None:
    assert refusal(a(kind), "na").code == "unknown_choice"


@pytest.mark.parametrize("kind", ["agreement", "csat", "effort"])
@pytest.mark.parametrize("value", ["0", "6", "10"])
def test_a_number_off_the_five_points_is_refused(kind: str, value: str) -> None:
    assert refusal(a(kind), value).code == "unknown_choice"


def test_a_recommendation_is_labelled_at_both_ends_only() -> None:
    assert [point.key for point in TYPES["nps"].points if point.label] == ["0", "10"]


def test_five_points_run_from_the_worst_to_the_best() -> None:
    labels = [point.label["id"] for point in TYPES["csat"].points]
    assert labels == ["Sangat tidak puas", "Tidak puas", "Netral", "Puas", "Sangat puas"]


@pytest.mark.parametrize("kind", ["agreement", "rating"])
def test_cannot_judge_stands_at_the_right_end(kind: str) -> None:
    offered = TYPES[kind].choices(a(kind, cannot_judge=True))
    assert [point.key for point in offered].index("na") == len(offered) - 1


@pytest.mark.parametrize(
    ("kind", "value", "cell"),
    [
        ("agreement", "4", 4),
        ("agreement", "na", "na"),
        ("nps", "0", 0),
        ("rating", "other", 3),
        ("flag", "no", "no"),
        ("consent", "yes", "yes"),
    ],
)
def test_a_scored_answer_is_exported_as_its_number(kind: str, value: str, cell: object) -> None:
    question = a(kind, cannot_judge=kind == "agreement")
    assert TYPES[kind].columns(question) == (("", "answer"),)
    assert TYPES[kind].cells(question, value) == (cell,)


@pytest.mark.parametrize(
    ("kind", "value", "language", "said"),
    [
        ("csat", "5", "id", "Sangat puas"),
        ("agreement", "na", "ms", "Tidak dapat menilai / tidak berkenaan"),
        ("nps", "10", "en", "10"),
        ("nps", "na", "en", "Cannot judge / not applicable"),
        ("rating", "phone", "id", "phone (id)"),
        ("flag", "yes", "en", "Yes, contact me"),
        ("consent", "yes", "id", "Saya setuju"),
    ],
)
def test_an_answer_is_said_in_words(kind: str, value: str, language: str, said: str) -> None:
    assert TYPES[kind].display(a(kind, cannot_judge=True), value, language) == said
