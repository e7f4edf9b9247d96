"""The questionnaires that come with the software."""

import json
from collections.abc import Iterator
from importlib.resources import files

import pytest

from feedback.surveys.definition import Questionnaire, Text, parse, warnings
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.layout import estimated_seconds
from feedback.surveys.piping import fields_in
from feedback.surveys.questions import get_type
from feedback.surveys.shipped import ORDER, UnknownQuestionnaire, get_shipped, shipped

OPEN = ("long_text", "short_text")
each_shipped = pytest.mark.parametrize("questionnaire", shipped(), ids=lambda each: each.key)


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


def test_there_are_seven_from_the_whole_relationship_to_a_single_question() -> None:
    assert [each.key for each in shipped()] == list(ORDER)
    assert len(ORDER) == 7


def test_no_file_is_left_out_of_the_order() -> None:
    folder = files("feedback.surveys").joinpath("definitions")
    assert {each.name for each in folder.iterdir()} == {f"{key}.json" for key in ORDER}


def test_their_titles_tell_them_apart_in_every_language() -> None:
    for language in LANGUAGES:
        assert len({each.title[language] for each in shipped()}) == len(shipped())


def test_the_files_are_read_once() -> None:
    assert shipped() is shipped()


def test_an_unknown_questionnaire_is_an_error() -> None:
    with pytest.raises(UnknownQuestionnaire):
        get_shipped("none")


@each_shipped
def test_a_file_holds_the_questionnaire_it_is_called_after(questionnaire: Questionnaire) -> None:
    file = files("feedback.surveys").joinpath("definitions", f"{questionnaire.key}.json")
    assert parse(json.loads(file.read_text(encoding="utf-8"))) == questionnaire


@each_shipped
def test_there_is_nothing_to_warn_its_builder_of(questionnaire: Questionnaire) -> None:
    assert warnings(questionnaire) == ()


@each_shipped
def test_every_text_exists_in_every_language(questionnaire: Questionnaire) -> None:
    assert all(set(text) == set(LANGUAGES) for text in texts(questionnaire))
    assert all(words.strip() for text in texts(questionnaire) for words in text.values())


@each_shipped
def test_every_language_pipes_the_same_fields(questionnaire: Questionnaire) -> None:
    for text in texts(questionnaire):
        assert len({fields_in(words) for words in text.values()}) == 1, text


@each_shipped
def test_no_translation_was_forgotten_in_english(questionnaire: Questionnaire) -> None:
    for question in questionnaire.questions:
        assert question.text["en"] not in (question.text["id"], question.text["ms"])


@each_shipped
def test_a_language_addresses_the_reader_in_its_own_spelling(questionnaire: Questionnaire) -> None:
    """Indonesian writes "Anda", Malay "anda" unless it begins a sentence."""
    for text in texts(questionnaire):
        assert "anda" not in text["id"].replace("(", " ").split()
        assert " Anda" not in text["ms"].replace(". Anda", "").replace("? Anda", "")


@each_shipped
def test_answering_takes_under_three_minutes(questionnaire: Questionnaire) -> None:
    assert estimated_seconds(questionnaire) < 180


@each_shipped
def test_every_agreement_statement_can_be_passed_over(questionnaire: Questionnaire) -> None:
    statements = [each for each in questionnaire.questions if each.type in ("agreement", "effort")]
    assert all(each.cannot_judge for each in statements)


@each_shipped
def test_nobody_has_to_write(questionnaire: Questionnaire) -> None:
    written = [each for each in questionnaire.questions if each.type in OPEN]
    assert written
    assert not any(each.required or each.core for each in written)


@each_shipped
def test_satisfaction_comes_before_everything_it_might_be_coloured_by(
    questionnaire: Questionnaire,
) -> None:
    first = questionnaire.questions[0]
    assert (first.key, first.type, first.required) == ("csat", "csat", True)


def test_a_moment_is_one_page_and_names_nobody_a_public_link_does_not_know() -> None:
    moment = get_shipped("customer_moment")
    assert moment.one_page
    named = {
        field for text in texts(moment) for words in text.values() for field in fields_in(words)
    }
    assert named == {"company", "place"}


def test_one_tap_is_a_complete_moment() -> None:
    assert [each.key for each in get_shipped("customer_moment").questions if each.core] == ["csat"]
