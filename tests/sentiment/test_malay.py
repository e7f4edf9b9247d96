"""Negation, emphasis and chat spelling in Indonesian and Malay clauses."""

import pytest

from feedback.sentiment import malay
from feedback.sentiment.tokens import tokenise


def weight(text: str) -> float:
    return sum(hit.weight for hit in malay.hits(tokenise(text)))


@pytest.mark.parametrize(
    "negator",
    ["tidak", "tak", "bukan", "belum", "kurang", "jangan", "gak", "ga", "nggak", "takde", "tdk"],
)
def test_every_negator_turns_praise(negator: str) -> None:
    assert weight("bagus") > 0 > weight(f"{negator} bagus")


def test_negated_blame_is_weaker_praise() -> None:
    assert 0 < weight("tidak buruk") < weight("bagus")


def test_never_turns_further_than_not() -> None:
    assert weight("tidak pernah mengecewakan") > weight("tidak mengecewakan") > 0


def test_two_negators_turn_nothing() -> None:
    assert weight("bukan tidak bagus") > 0


def test_a_negator_turns_only_the_first_polar_word() -> None:
    first, second = malay.hits(tokenise("tidak puas dan kecewa"))
    assert first.weight < 0
    assert second.weight < 0


def test_or_carries_a_negation_on() -> None:
    assert [hit.weight < 0 for hit in malay.hits(tokenise("tidak ramah atau sopan"))] == [
        True,
        True,
    ]


def test_a_negator_does_not_reach_beyond_its_scope() -> None:
    assert weight("tidak satu dua tiga empat lima enam bagus") > 0


@pytest.mark.parametrize("phrase", ["bagus banget", "sangat bagus", "bagus gila", "amat bagus"])
def test_emphasis_strengthens_before_or_behind(phrase: str) -> None:
    assert weight(phrase) > weight("bagus")


def test_a_softener_weakens() -> None:
    assert 0 > weight("agak lambat") > weight("lambat")


def test_not_very_is_milder_than_not() -> None:
    assert weight("tidak bagus") < weight("tidak terlalu bagus") < 0


def test_stretched_letters_are_folded_and_count_as_emphasis() -> None:
    assert weight("baguuuussss") > weight("bagus")


def test_a_deed_counts_only_when_it_is_missing() -> None:
    assert weight("email kami dibalas") == 0
    assert weight("email kami tak dibalas") < 0


def test_a_deed_leaves_its_negator_to_the_praise_behind_it() -> None:
    (hit,) = malay.hits(tokenise("belum pernah bayar tepat waktu"))
    assert (hit.first, hit.last) == (0, 4)
    assert hit.weight < 0


def test_a_silent_phrase_says_nothing() -> None:
    assert weight("salah satu staf") == 0


def test_the_longest_phrase_wins() -> None:
    assert weight("murah tapi cepat rosak") < 0
    assert len(malay.hits(tokenise("cepat rosak"))) == 1


@pytest.mark.parametrize("clitic", ["lambatnya", "lambatlah", "lambatpun"])
def test_endings_are_taken_off_a_known_word(clitic: str) -> None:
    assert weight(clitic) == weight("lambat")
