"""Which language a comment is said to be in."""

import pytest

from feedback.sentiment.languages import detect
from feedback.sentiment.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Pelayanannya bagus banget, pengiriman tepat waktu", "id"),
        ("Kami puas dengan kerja sama ini", "id"),
        ("Servis diorang teruk, invois selalu lewat", "ms"),
        ("Penghantaran laju dan staf sangat membantu", "ms"),
        ("They are reliable and always on time", "en"),
        ("quality ok but delivery lambat gila", "mixed"),
        ("مرحبا", "unknown"),
        ("", "unknown"),
    ],
)
def test_function_words_vote_for_a_language(text: str, language: str) -> None:
    assert detect(tokenise(text)) == language


def test_between_indonesian_and_malay_a_shared_sentence_is_indonesian() -> None:
    assert detect(tokenise("saya dan mereka sangat puas")) == "id"
