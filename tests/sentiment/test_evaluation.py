"""Evaluation against values worked out by hand."""

import numpy as np
import pytest
from flask import Flask

from feedback.sentiment.evaluation import (
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
    assert found.accuracy.lo <= found.accuracy.value == 0.75 <= found.accuracy.hi
    assert found.by_language["id"][0] == 4


def test_nothing_to_evaluate_is_said() -> None:
    with pytest.raises(ValueError, match="nothing"):
        report([], [], [], [])


def test_the_command_prints_the_table(app: Flask, tmp_path) -> None:
    file = tmp_path / "labelled.tsv"
    file.write_text("id\tpositive\tsangat puas\nid\tnegative\tsangat kecewa\nbroken\n")
    said = app.test_cli_runner().invoke(args=["sentiment", "evaluate", str(file)]).output
    assert "macro-F1     100.0" in said
    assert "skipped lines 1" in said
