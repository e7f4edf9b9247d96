"""Texts in several languages."""

import pickle

import pytest

from feedback.surveys.dimensions import DIMENSIONS, MEASURED, VALUE, get_dimension
from feedback.surveys.languages import LANGUAGES, NATIVE_NAMES, Text, text_in


def test_every_language_has_a_native_name() -> None:
    assert tuple(NATIVE_NAMES) == LANGUAGES


def test_a_text_is_read_in_the_language_asked_for() -> None:
    assert text_in(Text({"en": "Yes", "id": "Ya"}), "id") == "Ya"


def test_a_missing_language_falls_back_to_english() -> None:
    assert text_in(Text({"id": "Ya", "en": "Yes"}), "ms") == "Yes"


def test_without_english_the_first_language_is_read() -> None:
    assert text_in(Text({"ms": "Ya"}), "en") == "Ya"


def test_an_empty_text_reads_as_nothing() -> None:
    assert text_in(Text({}), "en") == ""


def test_equal_texts_are_interchangeable_as_keys() -> None:
    assert {Text({"en": "a", "id": "b"}): 1}[Text({"id": "b", "en": "a"})] == 1


def test_a_text_does_not_follow_changes_of_the_mapping_it_was_made_from() -> None:
    words = {"en": "before"}
    text = Text(words)
    words["en"] = "after"
    assert text["en"] == "before"


def test_a_text_survives_pickling() -> None:
    text = Text({"en": "a", "id": "b"})
    assert pickle.loads(pickle.dumps(text)) == text


def test_there_are_five_dimensions_and_value_is_none_of_them() -> None:
    assert len(DIMENSIONS) == 5
    assert VALUE not in DIMENSIONS


@pytest.mark.parametrize("key", MEASURED)
def test_a_dimension_has_a_name_in_every_language(key: str) -> None:
    assert set(get_dimension(key).name) == set(LANGUAGES)


def test_an_unknown_dimension_is_refused() -> None:
    with pytest.raises(KeyError):
        get_dimension("charm")
