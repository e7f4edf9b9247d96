"""Where a comment is cut and which clause counts less."""

from feedback.sentiment.clauses import cut
from feedback.sentiment.tokens import tokenise


def factors(text: str) -> list[float]:
    return [clause.factor for clause in cut(tokenise(text))]


def test_marks_and_words_of_contrast_cut() -> None:
    clauses = cut(tokenise("Bagus, ramah tapi mahal. Selesai"))
    assert [clause.tokens[0].raw for clause in clauses] == ["bagus", "ramah", "tapi", "selesai"]


def test_what_stands_before_a_contrast_counts_less() -> None:
    assert factors("bagus tapi mahal") == [0.7, 1.0]


def test_a_contrast_that_opens_a_sentence_looks_back_at_the_one_before() -> None:
    assert factors("Bagus. Namun mahal.") == [0.7, 1.0]


def test_a_contrast_does_not_reach_an_earlier_sentence() -> None:
    assert factors("Bagus. Ramah tapi mahal.") == [1.0, 0.7, 1.0]


def test_a_conceded_clause_counts_less() -> None:
    assert factors("walaupun mahal, kami puas") == [0.6, 1.0]


def test_the_past_counts_less_when_something_follows() -> None:
    assert factors("awalnya bagus, lama-lama buruk") == [0.4, 1.0]
    assert factors("awalnya bagus") == [1.0]


def test_no_token_gives_no_clause() -> None:
    assert cut([]) == []
