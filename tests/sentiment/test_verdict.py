"""The shape of a verdict and the rules from weights to label."""

import json

import pytest

from feedback.sentiment.analyse import analyse
from feedback.sentiment.model import load
from feedback.sentiment.verdict import (
    Verdict,
    confidence_of,
    label_of,
    polarity_of,
)


def test_a_verdict_survives_json() -> None:
    written = analyse("Invoice selalu terlambat, tapi stafnya ramah 👍").to_dict()
    assert json.loads(json.dumps(written)) == written
    assert set(written) == {
        "language", "label", "polarity", "confidence", "dimensions", "evidence", "version",
        "acts", "sure",
    }  # fmt: skip
    assert written["version"] == load().version


@pytest.mark.parametrize(
    ("weights", "label"),
    [
        ([], "neutral"),
        ([0.05], "neutral"),
        ([0.6], "positive"),
        ([-0.6], "negative"),
        ([0.6, -0.6], "mixed"),
        ([0.9, -0.1], "positive"),
        ([0.1, -0.1], "neutral"),
    ],
)
def test_weights_give_a_label(weights: list[float], label: str) -> None:
    assert label_of(weights) == label


def test_polarity_grows_with_the_sum_and_stays_below_one() -> None:
    assert 0 < polarity_of([0.5]) < polarity_of([0.5, 0.5]) < polarity_of([0.9] * 9) <= 1


def test_agreement_makes_surer_than_contradiction() -> None:
    assert confidence_of([0.6, 0.6], "id") > confidence_of([0.6, -0.3], "id")


def test_an_unknown_language_makes_less_sure() -> None:
    assert confidence_of([0.6], "unknown") < confidence_of([0.6], "id")


@pytest.mark.parametrize(
    ("polarity", "folded"), [(0.3, "positive"), (-0.3, "negative"), (0.05, "neutral")]
)
def test_mixed_folds_to_the_side_that_outweighs(polarity: float, folded: str) -> None:
    assert Verdict("id", "mixed", polarity, 0.5).three_way == folded
