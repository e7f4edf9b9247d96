"""What a person says of a comment, as examples to learn from."""

import pytest

from feedback.sentiment import examples
from feedback.sentiment.corrections import (
    TAKEN_BACK,
    Ruling,
    example_line,
    example_of,
    side_of,
    state_of,
)


def test_a_line_reads_back_as_the_same_example() -> None:
    marked = {"trust": 1, "empathy": -1, "reliability": 0}
    language, label, act, dimensions, text = example_line(
        example_of("Barang lambat", "id", "negative", marked)
    ).split("\t")
    assert dict(examples.dimensions(dimensions)) == marked
    assert (language, label, act, text) == ("id", "negative", "complaint", "Barang lambat")


def test_a_comment_of_several_lines_is_one_line() -> None:
    line = example_line(example_of("one\r\ntwo\tthree\u2028four", "en", "neutral", {}))
    assert line == "en\tneutral\tfact\tnone\tone two three four"


def test_an_act_the_program_heard_is_kept() -> None:
    assert example_of("Tolong", "id", "neutral", {}, ["request"]).act == "request"


def test_a_corrected_comment_is_one_of_our_own() -> None:
    assert example_of("Cepat", "id", "positive", {}).is_own


def test_only_a_ruling_that_says_nothing_takes_back() -> None:
    assert TAKEN_BACK.takes_back
    assert not Ruling("neutral").takes_back
    assert not Ruling(not_about_us=True).takes_back


@pytest.mark.parametrize(
    ("polarity", "side"), [(0.12, 1), (-0.12, -1), (0.11, 0), (0, 0), (-0.11, 0)]
)
def test_a_side_is_told_as_counts_tell_it(polarity: float, side: int) -> None:
    assert side_of(polarity) == side


def test_other_words_or_another_correction_are_another_state() -> None:
    states = {state_of("a", None), state_of("b", None), state_of("a", 7), state_of("a", 8)}
    assert len(states) == 4
