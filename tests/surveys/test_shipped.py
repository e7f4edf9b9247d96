"""The questionnaires that come with the software."""

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest

from feedback.surveys.definition import Questionnaire, Text, dump
from feedback.surveys.dimensions import DIMENSIONS, MEASURED, VALUE, get_dimension
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.layout import estimated_seconds, pages
from feedback.surveys.piping import fields_in
from feedback.surveys.questions import get_type
from feedback.surveys.shipped import UnknownQuestionnaire, get_shipped, shipped

ITEMS = ["t1", "t2", "t3", "l1", "l2", "r1", "r2", "k1", "k2", "e1", "e2"]
each_shipped = pytest.mark.parametrize("questionnaire", shipped(), ids=lambda each: each.key)


def client() -> Questionnaire:
    return get_shipped("client_relationship")


def texts(questionnaire: Questionnaire) -> Iterator[Text]:
    """Every text a respondent can meet in this questionnaire, answer labels included."""
    yield questionnaire.title
    for section in questionnaire.sections:
        yield section.title
        for question in section.questions:
            yield question.text
            choices = get_type(question.type).choices(question)
            yield from (point.label for point in choices if point.label)
    optional = [
        questionnaire.intro,
        *(section.intro for section in questionnaire.sections),
        *(question.help for question in questionnaire.questions),
    ]
    yield from (text for text in optional if text is not None)


def test_the_shipped_questionnaires_are_the_client_relationship_and_the_pulse() -> None:
    assert [each.key for each in shipped()] == ["client_relationship", "pulse"]


def test_the_files_are_read_once() -> None:
    assert shipped() is shipped()


def test_an_unknown_questionnaire_is_an_error() -> None:
    with pytest.raises(UnknownQuestionnaire):
        get_shipped("none")


@each_shipped
def test_a_file_is_called_like_its_questionnaire(questionnaire: Questionnaire) -> None:
    folder = files("feedback.surveys").joinpath("definitions")
    assert folder.joinpath(f"{questionnaire.key}.json").is_file()


@each_shipped
def test_every_text_exists_in_every_language(questionnaire: Questionnaire) -> None:
    assert all(set(text) == set(LANGUAGES) for text in texts(questionnaire))
    assert all(words.strip() for text in texts(questionnaire) for words in text.values())


@each_shipped
def test_every_language_pipes_the_same_fields(questionnaire: Questionnaire) -> None:
    for text in texts(questionnaire):
        assert len({fields_in(words) for words in text.values()}) == 1, text


@each_shipped
def test_no_placeholder_of_the_paper_instrument_is_left(questionnaire: Questionnaire) -> None:
    assert "{P}" not in str(dump(questionnaire))


@each_shipped
def test_no_translation_was_forgotten_in_english(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions:
        assert question.text["en"] not in (question.text["id"], question.text["ms"])


@each_shipped
def test_answering_takes_under_three_minutes(questionnaire: Questionnaire) -> None:
    assert estimated_seconds(questionnaire) < 180


def test_the_client_relationship_is_estimated_at_174_seconds() -> None:
    assert estimated_seconds(client()) == 174


def test_the_client_relationship_asks_in_the_order_of_the_instrument() -> None:
    tail = ["v1", "v2", "v3", "ces", "flag", "improve"]
    assert [each.key for each in client().questions] == ["csat", "nps", "reason", *ITEMS, *tail]


def test_the_eleven_items_are_its_core() -> None:
    assert [each.key for each in client().questions if each.core] == ITEMS


def test_trust_and_value_have_three_items_and_the_other_dimensions_two() -> None:
    counted = Counter(each.dimension for each in client().questions if each.dimension)
    assert counted == {key: 3 if key in ("trust", VALUE) else 2 for key in MEASURED}


def test_only_the_two_opening_questions_are_required() -> None:
    """A forced answer is a guess or a goodbye; the scores know how to do without one."""
    assert [each.key for each in client().questions if each.required] == ["csat", "nps"]


def test_every_agreement_statement_can_be_passed_over() -> None:
    statements = [each for each in client().questions if each.type in ("agreement", "effort")]
    assert len(statements) == 15
    assert all(each.cannot_judge for each in statements)


def test_a_dimension_block_is_headed_by_the_name_of_its_dimension() -> None:
    blocks = [each for each in client().sections if each.shuffle_group == "dimensions"]
    assert [each.title for each in blocks] == [get_dimension(key).name for key in DIMENSIONS]
    assert all(each.shuffle_items for each in blocks)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_seed_the_general_questions_come_first(seed: int) -> None:
    laid_out = pages(client(), seed)
    assert [each.key for each in laid_out[0].questions] == ["csat", "nps", "reason"]
    assert sorted(each.key for page in laid_out[1:3] for each in page.questions) == sorted(ITEMS)
    assert [[each.key for each in page.questions] for page in laid_out[3:]] == [
        ["v1", "v2", "v3", "ces"],
        ["flag", "improve"],
    ]


def test_the_pulse_asks_satisfaction_and_its_reason_in_the_same_words() -> None:
    pulse = get_shipped("pulse")
    assert [each.key for each in pulse.questions] == ["csat", "reason"]
    for question in pulse.questions:
        assert question.text == client().get_question(question.key).text


@pytest.mark.parametrize(
    ("key", "language", "words"),
    [
        ("t3", "en", "We feel safe being open with {company} about our problems."),
        ("l2", "id", "{company} menepati tenggat waktu yang dijanjikannya."),
        ("e1", "ms", "{company} memahami perkara yang paling penting bagi organisasi kami."),
        ("ces", "id", "{company} memudahkan kami menyelesaikan urusan."),
        ("reason", "ms", "Apakah sebab utama bagi jawapan anda?"),
    ],
)
def test_the_wording_is_that_of_the_instrument(key: str, language: str, words: str) -> None:
    assert client().get_question(key).text[language] == words
