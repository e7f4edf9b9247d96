"""Which dimension of the relationship the words are about."""

import pytest

from feedback.sentiment.by_words import analyse_by_words as analyse


@pytest.mark.parametrize(
    ("text", "dimension", "sign"),
    [
        ("Kami percaya kepada mereka", "trust", 1),
        ("Kami merasa ditipu", "trust", -1),
        ("Penghantaran selalu lewat", "reliability", -1),
        ("Payments are always on time", "reliability", 1),
        ("Email kami tak dibalas", "responsiveness", -1),
        ("Very responsive account manager", "responsiveness", 1),
        ("The monthly report is unclear", "communication", -1),
        ("Komunikasi lancar", "communication", 1),
        ("Stafnya ramah", "empathy", 1),
        ("Admin judes", "empathy", -1),
    ],
)
def test_words_point_to_their_dimension(text: str, dimension: str, sign: int) -> None:
    assert analyse(text).to_dict()["dimensions"][dimension] * sign > 0


def test_each_clause_speaks_for_its_own_dimension() -> None:
    dimensions = analyse("Stafnya ramah, tapi pengiriman selalu terlambat").to_dict()["dimensions"]
    assert dimensions["empathy"] > 0 > dimensions["reliability"]


def test_a_judgement_without_a_subject_has_no_dimension() -> None:
    assert analyse("bagus sekali").aspects == ()
