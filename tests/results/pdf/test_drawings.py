"""The drawings of a report carry the same numbers as the figures they are made of."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from feedback.analytics.drivers import Drivers
from feedback.analytics.figures import AccountMean, Interval, TooFew
from feedback.results.account import AskedQuestion
from feedback.results.charts import Importance
from feedback.results.compose import drawings, tables
from feedback.results.compose.wording import names
from feedback.results.matters import Matters
from feedback.results.pdf.blocks import Figure
from feedback.results.pdf.printing import pdf_of
from feedback.results.voices import DimensionVoice, Review, Split
from feedback.results.waves import WaveName
from feedback.surveys.dimensions import DIMENSIONS
from tests.builders.charts import a_score, an_importance
from tests.builders.reports import MADE_AT, a_report, words_of

LABELS = ("positive", "neutral", "mixed", "negative", "unsure")


def drawn(figure: Figure | None) -> str:
    """Set a drawing and read its words."""
    assert figure is not None
    assert figure.alt
    return words_of(pdf_of(a_report(figure)))


def matters_of(points: list[Importance]) -> Matters:
    """Make what matters with these points."""
    limits = Interval(0, 1)
    found = Drivers(250, 30, 0.9, 0.5, limits, 9.0, 0.001, (), (), "trust", False, 1000, 0.95)
    return Matters(found, points)


def test_dimensions_are_named_with_value_range_and_n(app: Flask) -> None:
    figures = {key: a_score(60 + 5 * at) for at, key in enumerate(DIMENSIONS)}
    few = {**figures, "empathy": TooFew(0, 1)}
    words = drawn(drawings.dimensions(few, names(), figures, "All organisations together"))
    assert "Trust 60 (50–70) n 12" in words
    assert "Empathy too few answers" in words
    assert "All organisations together" in words


@pytest.mark.parametrize("count", [1, 2, 12])
def test_a_line_over_time_has_its_waves_and_values(app: Flask, count: int) -> None:
    waves = [WaveName(at, "A wave", MADE_AT.replace(month=at + 1)) for at in range(count)]
    line: list[tuple[WaveName, AccountMean | TooFew]] = [
        (wave, TooFew(0, 1) if at == 1 else a_score(70 + at)) for at, wave in enumerate(waves)
    ]
    words = drawn(drawings.over_time(line))
    assert ("too few" in words) == (count > 1)
    last = waves[-1] if count != 2 else waves[0]
    assert str(70 + last.campaign_id) in words
    assert re.search(r"(Jan|Feb|Dec) 2026", words)


def test_a_line_without_any_value_is_not_drawn(app: Flask) -> None:
    assert drawings.over_time([(WaveName(1, "A", MADE_AT), TooFew(0, 1))] * 2) is None


def test_importance_names_points_corners_and_ends(app: Flask) -> None:
    points = [an_importance(key, 0.1 + 0.05 * at, 60 + 4 * at) for at, key in enumerate(DIMENSIONS)]
    words = drawn(drawings.importance(matters_of(points), names(), "n 250 in 30 organisations"))
    for told in ("Trust", "Two-way communication", "Improve first", "Keep it up", "20%", "n 250"):
        assert told in words


def test_paired_bars_count_both_sides(app: Flask) -> None:
    voices = [DimensionVoice("trust", 3, 1, 7), DimensionVoice("empathy", 0, 0, 0)]
    words = drawn(drawings.voices(voices, names()))
    assert "−3" in words
    assert "+7" in words
    assert "n 11" in words
    assert drawings.voices([DimensionVoice("trust", 0, 0, 0)], names()) is None


def test_the_bar_of_sentiment_names_every_part(app: Flask) -> None:
    words = drawn(drawings.sentiment(Split(6, 1, 0, 2, 1), dict(zip(LABELS, LABELS, strict=True))))
    assert "+ positive 6 (60%)" in words
    assert "? unsure 1 (10%)" in words
    assert drawings.sentiment(Split(), {}) is None


def test_agreement_shows_counts_shares_and_who_is_too_few(app: Flask) -> None:
    def asked(key: str, *counts: int) -> AskedQuestion:
        labels = ["1", "2", "3", "4", "5"]
        return AskedQuestion(key, f"About {key}?", "agreement", "trust", 1, labels, counts, 0)

    (figure,) = drawings.agreement([asked("us", 1, 2, 3, 4, 10), asked("you", 0, 0, 0, 0, 1)])
    words = drawn(figure)
    assert "About us?" in words
    assert "15%" in words
    assert "70%" in words
    assert "Too few: 1 more answer is needed" in words


def a_review(text: str, *marks: tuple[int, int, float]) -> Review:
    """Make a review with marked stretches."""
    evidence = [{"start": start, "end": end, "weight": weight} for start, end, weight in marks]
    return Review(
        1, "reason", 1, "PT", "Dewi", "", MADE_AT, text, "negative", evidence=evidence, version="1"
    )


def test_marked_words_stay_marked_and_a_long_comment_is_cut(app: Flask) -> None:
    short = tables.stretches(a_review("always late but kind", (7, 11, -0.5), (16, 20, 0.4)))
    assert [(each.text, each.side) for each in short] == [
        ("always ", ""),
        ("late", "negative"),
        (" but ", ""),
        ("kind", "positive"),
    ]
    long = a_review("late " * 4_000, (0, 4, -0.5), (19_000, 19_004, -0.5))
    cut = "".join(each.text for each in tables.stretches(long))
    assert cut.endswith("…")
    assert 600 < len(cut) <= 701


def test_a_comment_of_marks_only_stays_bounded(app: Flask) -> None:
    marks = [(2 * at, 2 * at + 1, -0.5) for at in range(300)]
    found = tables.stretches(a_review("a " * 300, *marks))
    assert sum(bool(each.side) for each in found) <= tables.MOST_STRETCHES
    assert "".join(each.text for each in found) == "a " * 300


def test_who_wrote_nothing_about_themselves_is_printed_without_blanks(app: Flask) -> None:
    anonymous = replace(a_review("late"), contact="", role="")
    assert tables.comment(anonymous, names()).author == "PT · 28 November 2026"
