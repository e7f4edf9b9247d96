"""What TextBlob hears in English, and what our own words add to it."""

from itertools import pairwise

import pytest

from feedback.sentiment import english, malay
from feedback.sentiment.tokens import tokenise


def weight(text: str) -> float:
    return sum(hit.weight for hit in english.hits(tokenise(text)))


def test_words_only_textblob_knows_are_heard() -> None:
    assert malay.hits(tokenise("a beautiful office")) == []
    assert weight("a beautiful office") > 0


def test_a_negator_beside_the_word_is_settled_by_textblob() -> None:
    (hit,) = english.hits(tokenise("it is not beautiful"))
    assert hit.weight == pytest.approx(-0.425)
    assert (hit.first, hit.last) == (2, 3)


def test_a_negator_further_off_is_settled_by_us() -> None:
    assert weight("never really ever that beautiful") < 0


def test_a_contracted_not_turns_what_follows() -> None:
    assert weight("it isn't beautiful") < 0
    assert weight("I don't think they are very reliable") < 0


@pytest.mark.parametrize("word", ["ignored", "unresponsive", "overdue", "overcharged"])
def test_blame_textblob_is_blind_to_is_in_our_list(word: str) -> None:
    assert weight(f"we were {word}") < 0


@pytest.mark.parametrize("word", ["responsive", "on time", "reliable", "proactive"])
def test_praise_textblob_is_blind_to_is_in_our_list(word: str) -> None:
    assert weight(f"they are {word}") > 0


@pytest.mark.parametrize("text", ["the first other new main office", "very much more of the same"])
def test_words_without_judgement_stay_silent(text: str) -> None:
    assert weight(text) == 0


def test_never_late_is_praise_and_always_late_is_blame() -> None:
    assert weight("never late with payments") > 0 > weight("always late with payments")


def test_malay_words_that_look_english_are_not_read_as_english() -> None:
    assert weight("nak main dengan dia") == 0


def test_hits_never_overlap() -> None:
    hits = english.hits(tokenise("not very beautiful nor really good never late not at all nice"))
    assert all(one.last < two.first for one, two in pairwise(hits))
