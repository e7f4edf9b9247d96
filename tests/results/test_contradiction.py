"""When a person's score and words contradict each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.results.contradiction import contradiction, own_score

POINTS = st.integers(0, 10)
POLARITY = st.floats(-1, 1)


@pytest.mark.parametrize(
    ("nps", "label", "polarity", "said"),
    [
        (9, "negative", -0.6, "high"),
        (8, "negative", -0.4, "high"),
        (7, "negative", -1.0, None),
        (9, "negative", -0.3, None),
        (2, "positive", 0.4, "low"),
        (3, "positive", 1.0, None),
        (0, "positive", 0.3, None),
        (10, "mixed", -0.9, None),
        (10, "unsure", -0.9, None),
        (10, "aside", -0.9, None),
        (10, "positive", 0.9, None),
    ],
)
def test_only_plain_words_against_a_plain_score_contradict(
    nps: int, label: str, polarity: float, said: str | None
) -> None:
    assert contradiction(own_score(nps=nps), label, polarity) == said


@given(POINTS, st.sampled_from(["positive", "negative", "mixed", "neutral", "unsure"]), POLARITY)
def test_score_and_words_that_contradict_lie_far_apart(
    nps: int, label: str, polarity: float
) -> None:
    score = own_score(nps=nps)
    assert score is not None
    if contradiction(score, label, polarity):
        assert abs(score.points - 50 * (polarity + 1)) >= 45 - 1e-9


def test_satisfaction_counts_before_recommendation_and_index() -> None:
    first = own_score(csat=4, nps=1, index=0)
    assert first is not None
    assert (first.measure, first.points) == ("csat", 100)
    second = own_score(csat=None, nps=1, index=480)
    assert second is not None
    assert second.points == 10


def test_whoever_gave_no_score_contradicts_nothing() -> None:
    assert own_score(csat=None, nps=None, index=None) is None
    assert contradiction(None, "negative", -1.0) is None
