"""Words are folded so that how somebody writes them makes no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.results.explorer.folding import LONGEST, fold, words_at

# What one person types, what another wrote.
ALIKE = [
    ("LAMBAT", "lambat"),
    ("café", "cafe\u0301"),
    ("Café", "CAFE"),
    ("naïve", "naive"),
    ("straße", "STRASSE"),
    ("ﬁne", "fine"),
    ("ＫＵＡＬＩＴＡＳ", "kualitas"),
    ("İstanbul", "istanbul"),
    ("ΣΟΦΟΣ", "σοφος"),
    ("co\u00adoperate", "cooperate"),
    ("10²", "102"),
    ("👍🏽", "👍"),
    ("❤️", "❤"),
]
# A text, its words.
CUT = [
    ("e-mail", ["e", "mail"]),
    ("teman-teman", ["teman", "teman"]),
    ("doesn't", ["doesn", "t"]),
    ("snake_case", ["snake", "case"]),
    ("bagus👍sekali", ["bagus", "👍", "sekali"]),
    ("a\0b", ["a", "b"]),
    ("½ jam", ["1", "2", "jam"]),
    ('"quoted" (and) *starred*', ["quoted", "and", "starred"]),
    ("…!?—", []),
    ("", []),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_writings_of_one_word_are_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other) != []


@pytest.mark.parametrize(("text", "words"), CUT)
def test_words_end_where_neither_letter_nor_digit_follows(text: str, words: list[str]) -> None:
    assert fold(text) == words


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(" ".join(once)) == once


@given(st.text())
def test_words_hold_nothing_a_database_could_take_for_its_own(text: str) -> None:
    for word in fold(text):
        assert 0 < len(word) <= LONGEST
        assert not set(word) & set("\"'\\_*:&|!()<>-+^ \0\n")
        assert word.isprintable()


@given(st.text())
def test_words_stand_where_they_were_written(text: str) -> None:
    found = words_at(text)
    assert [word for word, _, _ in found] == fold(text)
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    # One sign may be two words ("½"), but none comes before its neighbour.
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)
    assert [end for _, _, end in found] == sorted(end for _, _, end in found)


@given(st.text(alphabet=st.characters(codec="ascii"), min_size=1))
def test_capitals_make_no_difference(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


def test_a_word_of_a_thousand_letters_is_its_beginning() -> None:
    assert fold("a" * 1_000) == ["a" * LONGEST]
