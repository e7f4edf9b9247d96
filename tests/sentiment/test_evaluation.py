"""Evaluation against values worked out by hand."""

from pathlib import Path

import numpy as np
import pytest
from flask import Flask

from feedback.sentiment.evaluation import (
    ClassFigures,
    calibration_error,
    f1,
    macro_f1,
    micro_f1,
    predicted,
    report,
)
from feedback.sentiment.verdict import Verdict

TRUTH = np.array(["p", "p", "n", "n"])
SAID = np.array(["p", "n", "n", "n"])


def test_f1_by_hand() -> None:
    """p: 1 hit, 1 miss → 2/3; n: 2 hits, 1 false alarm → 4/5."""
    assert f1(TRUTH, SAID, "p") == pytest.approx(2 / 3)
    assert macro_f1(TRUTH, SAID, ["n", "p"]) == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_calibration_error_by_hand() -> None:
    """Four answers at 0.75 of which three are right: no error; at 0.95: error 0.2."""
    right = np.array([True, True, True, False])
    assert calibration_error(right, np.full(4, 0.75)) == pytest.approx(0)
    assert calibration_error(right, np.full(4, 0.95)) == pytest.approx(0.2)


def test_tags_are_counted_over_all_texts_together() -> None:
    said = [frozenset({"trust"}), frozenset({"trust", "empathy"})]
    assert micro_f1([frozenset({"trust"}), frozenset()], said) == pytest.approx(2 / 4)


def test_a_set_without_mixed_gets_the_likeliest_of_its_own_labels() -> None:
    shares = {"positive": 0.3, "neutral": 0.1, "negative": 0.2, "mixed": 0.4}
    verdict = Verdict("id", "mixed", 0.1, 0.4, shares=shares)
    assert predicted(verdict, ["negative", "neutral", "positive"]) == "positive"
    assert predicted(verdict, ["negative", "neutral"]) == "negative"


def test_the_interval_holds_the_figure() -> None:
    found = report(["id"] * 4, list(TRUTH), list(SAID), [0.9] * 4)
    accuracy = found.whole.accuracy
    assert accuracy.lo <= accuracy.value == 0.75 <= accuracy.hi
    assert found.whole.macro_f1.value == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_the_interval_is_the_one_of_resampled_texts() -> None:
    """Drawing the texts themselves, 4,000 times, gives the same limits within a point."""
    chance = np.random.default_rng(1)
    truth = chance.choice(["n", "p", "z"], 300)
    said = np.where(chance.random(300) < 0.7, truth, chance.choice(["n", "p", "z"], 300))
    found = report(["id"] * 300, list(truth), list(said), [0.9] * 300).whole.macro_f1
    draws = (chance.integers(0, 300, 300) for _ in range(4_000))
    figures = [macro_f1(truth[draw], said[draw], ["n", "p", "z"]) for draw in draws]
    assert (found.lo, found.hi) == pytest.approx(np.quantile(figures, [0.025, 0.975]), abs=0.01)


def test_each_language_and_label_has_figures_of_its_own() -> None:
    found = report(["id", "id", "ms", "ms"], list(TRUTH), list(SAID), [0.9] * 4)
    assert {name: (each.n, each.accuracy.value) for name, each in found.by_language.items()} == {
        "id": (2, 0.5),
        "ms": (2, 1.0),
    }
    assert found.by_label["p"] == ClassFigures(2, 1.0, 0.5, pytest.approx(2 / 3))
    assert found.by_label["n"] == ClassFigures(2, pytest.approx(2 / 3), 1.0, pytest.approx(0.8))


def test_an_answer_that_no_text_bears_costs_its_own_label_only() -> None:
    found = report(["id"] * 4, list(TRUTH), ["p", "mixed", "n", "n"], [0.9] * 4)
    assert found.whole.macro_f1.value == pytest.approx((2 / 3 + 1) / 2)


def test_nothing_to_evaluate_is_said() -> None:
    with pytest.raises(ValueError, match="nothing"):
        report([], [], [], [])


def test_the_command_prints_the_tables(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "labelled.tsv"
    file.write_text("id\tpositive\tsangat puas\nid\tnegative\tsangat kecewa\nbroken\n")
    said = app.test_cli_runner().invoke(args=["sentiment", "evaluate", str(file)]).output
    assert "macro-F1     100.0" in said
    assert "skipped lines 1" in said
    assert "calibration  expected error" in said
    rows = [line.split() for line in said.splitlines()]
    assert ["positive", "1", "100.0", "100.0", "100.0"] in rows
    assert ["id", "2", "100.0"] in [row[:3] for row in rows]


def test_a_file_without_labels_is_refused(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "empty.tsv"
    file.write_text("just words\n")
    result = app.test_cli_runner().invoke(args=["sentiment", "evaluate", str(file)])
    assert result.exit_code == 1
    assert "nothing to evaluate" in result.output
