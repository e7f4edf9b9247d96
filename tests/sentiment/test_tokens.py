"""Pieces of a comment and where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.sentiment.tokens import tokenise


def words(text: str) -> list[str]:
    return [token.word for token in tokenise(text) if token.kind == "word"]


def test_chat_spelling_becomes_plain() -> None:
    assert words("gk bgs bgt") == ["tidak", "bagus", "banget"]


def test_full_width_letters_are_read() -> None:
    assert words("ｂａｇｕｓ") == ["bagus"]


def test_a_stretched_word_is_marked() -> None:
    (token,) = tokenise("mantaaaap")
    assert (token.word, token.stretched) == ("mantap", True)


def test_addresses_and_user_marks_are_not_words() -> None:
    assert words("lihat https://bad.example/buruk @buruk") == ["lihat"]


def test_a_number_with_a_comma_is_one_piece() -> None:
    assert [token.kind for token in tokenise("3,5 juta")] == ["other", "word"]


def test_emoji_and_emoticons_are_signs() -> None:
    assert [token.word for token in tokenise("ok 👍 :)") if token.kind == "sign"] == ["👍", ":)"]


@given(st.text())
def test_pieces_stand_in_order_inside_the_text(text: str) -> None:
    tokens = tokenise(text)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
