"""Whole comments through the one way in: probes, contrast, hostile text, stable answers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.sentiment.by_words import analyse_by_words as analyse
from feedback.surveys.dimensions import DIMENSIONS
from tests.sentiment.probes import PROBES

ROOT = Path(__file__).resolve().parents[2]

# Words a hostile or hurried writer may put together, with the signs that break offsets.
PIECES = st.sampled_from(
    [
        "tidak",
        "bagus",
        "banget",
        "tapi",
        "lambat,",
        "not",
        "good!",
        "very",
        "never",
        "late",
        "👍",
        ":)",
        "ﬁne",
        "ｂａｇｕｓ",
        "élok",
        "walaupun",
        "awalnya",
        "\x00",
        "مرحبا",
        "12.5",
        "puashati",
        "baguuuus",
        "https://x.example/a",
        "can't",
        "\n",
    ]
)
COMMENTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map(" ".join))


@pytest.mark.parametrize(("language", "text", "expected"), PROBES)
def test_a_short_probe_gets_one_of_its_right_labels(
    language: str, text: str, expected: str
) -> None:
    assert analyse(text).three_way in expected.split("/")


def test_most_probes_are_right_without_folding_mixed_away() -> None:
    right = sum(analyse(text).label in expected.split("/") for _, text, expected in PROBES)
    assert len(PROBES) == 66
    assert right >= 60


@pytest.mark.parametrize(
    "text",
    [
        "Produknya bagus tapi pengirimannya lambat",
        "Staf mereka mesra, tetapi invois selalu salah",
        "The team is friendly but the delivery is always late",
        "Walaupun stafnya ramah, invoice selalu terlambat dan sering salah, produknya bagus",
    ],
)
def test_praise_and_blame_beside_each_other_are_mixed(text: str) -> None:
    assert analyse(text).label == "mixed"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Kalau begini terus kami cari vendor lain.", "negative"),
        ("Tolong kirim invoice sebelum tanggal 5.", "neutral"),
        ("Tak pernah ada penjelasan daripada mereka.", "negative"),
        ("They never once missed a deadline.", "positive"),
        ("Mereka mengakui kesalahan dan langsung memperbaikinya.", "positive"),
        ("Three reminders and still no reply.", "negative"),
    ],
)
def test_facts_about_a_relationship_are_heard(text: str, label: str) -> None:
    assert analyse(text).label == label


@pytest.mark.parametrize("text", ["", "   \n\t ", "\x00", "12345", "https://example.org/bad"])
def test_a_text_without_words_is_neutral_without_confidence(text: str) -> None:
    verdict = analyse(text)
    assert (verdict.label, verdict.language, verdict.confidence) == ("neutral", "unknown", 0.0)


@pytest.mark.parametrize(("text", "label"), [("👍👍", "positive"), ("😡", "negative")])
def test_emoji_alone_have_a_label(text: str, label: str) -> None:
    assert analyse(text).label == label


@pytest.mark.parametrize("text", ["مرحبا شكرا جزيلا", "תודה רבה", "谢谢你们", "a"])
def test_an_unknown_script_is_neutral_and_of_unknown_language(text: str) -> None:
    verdict = analyse(text)
    assert verdict.label == "neutral"
    assert verdict.evidence == ()


@pytest.mark.parametrize("piece", ["tapi bagus ", "not good ", "👍", "a", "tidak ", "مرحبا "])
def test_twenty_thousand_characters_are_taken(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    verdict = analyse(text)
    assert -1 <= verdict.polarity <= 1
    assert 0 <= verdict.confidence <= 1


def test_evidence_shows_the_original_spelling_with_its_negator() -> None:
    text = "Jujur: GAK   Baguuus, ✨ tapi staf ｂａｇｕｓ"
    shown = [text[piece.start : piece.end] for piece in analyse(text).evidence]
    assert "GAK   Baguuus" in shown
    assert "ｂａｇｕｓ" in shown


def test_a_nul_inside_a_comment_does_not_move_the_evidence() -> None:
    text = "\x00\x00servis teruk\x00"
    (piece,) = analyse(text).evidence
    assert text[piece.start : piece.end] == "teruk"


@settings(max_examples=300, deadline=None)
@given(COMMENTS)
def test_evidence_lies_inside_the_text_in_order_and_apart(text: str) -> None:
    free = 0
    for piece in analyse(text).evidence:
        assert free <= piece.start < piece.end <= len(text)
        assert text[piece.start : piece.end].strip() == text[piece.start : piece.end] != ""
        assert -1 <= piece.weight <= 1
        assert piece.weight != 0
        free = piece.end


@settings(max_examples=150, deadline=None)
@given(COMMENTS)
def test_the_same_text_gets_the_same_verdict_within_its_bounds(text: str) -> None:
    verdict = analyse(text)
    assert verdict == analyse(text)
    assert -1 <= verdict.polarity <= 1
    assert 0 <= verdict.confidence <= 1
    for aspect in verdict.aspects:
        assert aspect.dimension in DIMENSIONS
        assert -1 <= aspect.polarity <= 1
        assert set(aspect.evidence) <= set(verdict.evidence)


def _run_apart(code: str, home: Path) -> str:
    """Output of `code` in a fresh process whose home holds no corpora."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(home), "NLTK_DATA": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_an_indonesian_or_malay_comment_does_not_load_textblob(tmp_path: Path) -> None:
    code = (
        "import sys; from feedback.sentiment.by_words import analyse_by_words as analyse;"
        "analyse('pelayanan mereka tidak bagus'); analyse('servis teruk sangat');"
        "print('textblob' in sys.modules)"
    )
    assert _run_apart(code, tmp_path) == "False"


def test_english_works_in_a_home_without_corpora(tmp_path: Path) -> None:
    code = (
        "import sys; from feedback.sentiment.by_words import analyse_by_words as analyse;"
        "print(analyse('The new office is beautiful').label, 'textblob' in sys.modules)"
    )
    assert _run_apart(code, tmp_path) == "positive True"
