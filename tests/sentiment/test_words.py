"""The word lists: complete rows, weights in range, spelling applied."""

import doctest

from feedback.sentiment import verdict, words
from feedback.surveys.dimensions import DIMENSIONS


def test_every_weight_is_in_range() -> None:
    for entry in words.lexicon().values():
        assert -1 <= entry.weight <= 1
        assert entry.negated is None or -1 <= entry.negated <= 1
    assert all(-1 <= weight <= 1 for weight in words.signs().values())


def test_both_lists_hold_praise_and_blame() -> None:
    for name in ("malay", "english"):
        weights = {float(row[0]) for row in words.rows(name)}
        assert min(weights) < 0 < max(weights)


def test_modifiers_have_known_roles() -> None:
    roles = {modifier.role for modifier in words.modifiers().values()}
    assert roles == {"negator", "intensifier", "softener", "contrast", "concession", "past"}


def test_aspect_words_point_to_known_dimensions() -> None:
    assert {key for keys in words.dimension_words().values() for key in keys} == set(DIMENSIONS)


def test_slang_leads_to_words_that_are_plain() -> None:
    for plain in words.slang().values():
        assert all(word not in words.slang() for word in plain)


def test_an_unknown_word_comes_back_as_it_is() -> None:
    assert words.plain("zyxwv") == ("zyxwv",)


def test_examples_in_the_docstrings_hold() -> None:
    for module in (words, verdict):
        assert doctest.testmod(module).failed == 0
