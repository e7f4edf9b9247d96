"""Names of languages, kinds and weights in three languages."""

import pytest

from feedback.organisations.importing.words import find_kind, find_language, find_weight


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("EN", "en"),
        ("Inggris", "en"),
        ("bahasa inggeris", "en"),
        ("id-ID", "id"),
        ("Bahasa Indonesia", "id"),
        ("ms_MY", "ms"),
        ("Melayu", "ms"),
        ("en-GB", "en"),
        ("Bahasa", None),  # each of two countries means its own
        ("fr", None),
        ("fr-FR", None),
    ],
)
def test_languages_are_known_by_code_and_name(text: str, language: str | None) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Client", "client"),
        ("Pelanggan", "client"),
        ("Pemasok", "partner"),
        ("Pembekal", "partner"),
        ("Unit internal", "internal"),
        ("Dalaman", "internal"),
        ("Masyarakat", "community"),
        ("friend", None),
    ],
)
def test_kinds_are_known_in_three_languages(text: str, kind: str | None) -> None:
    assert find_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("decision_maker", "decision_maker"),
        ("Decision-Maker", "decision_maker"),
        ("Pengambil keputusan", "decision_maker"),
        ("Pembuat keputusan", "decision_maker"),
        ("Pengguna", "user"),
        ("influencer", "influencer"),
        ("7", None),
    ],
)
def test_weights_are_known_in_three_languages(text: str, weight: str | None) -> None:
    assert find_weight(text) == weight
