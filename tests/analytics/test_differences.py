"""Differences of shares and of means, and the perception gap."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.differences import mean_difference, mover, newcombe_difference
from feedback.analytics.figures import AccountMean, Dispersion, Interval, Method, TooFew
from feedback.analytics.gap import GapWord, perception_gap
from feedback.analytics.intervals import wilson_interval

counts = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def a_mean(mean, lo, hi, conf=0.95):
    return AccountMean(4, mean, Interval(lo, hi), Dispersion(0.1, 0.1, 30), 2.0, conf)


def test_the_interval_of_newcombe_56_of_70_less_48_of_80():
    """Newcombe (1998) Stat Med 17:873, Table II, method 10: 0.0524, 0.3339."""
    found = newcombe_difference(56, 70, 48, 80)
    assert (round(found.interval.lo, 4), round(found.interval.hi, 4)) == (0.0524, 0.3339)
    assert (found.n_first, found.n_second, found.method) == (70, 80, Method.NEWCOMBE)


@given(counts, counts)
def test_a_difference_of_shares_lies_in_its_interval_and_the_interval_in_its_range(one, other):
    found = newcombe_difference(*one, *other)
    assert -1 <= found.interval.lo <= found.diff <= found.interval.hi <= 1


@given(counts, counts)
def test_the_other_way_round_is_the_mirror_image(one, other):
    there, back = newcombe_difference(*one, *other), newcombe_difference(*other, *one)
    assert there.diff == pytest.approx(-back.diff)
    assert there.interval.lo == pytest.approx(-back.interval.hi)


@given(counts, counts)
def test_newcombe_is_mover_on_two_wilson_intervals(one, other):
    first, second = wilson_interval(*one), wilson_interval(*other)
    limits = mover(first.share, first.interval, second.share, second.interval)
    assert newcombe_difference(*one, *other).interval == limits


def test_a_share_of_nothing_has_no_difference():
    assert newcombe_difference(0, 0, 3, 4) == TooFew(0, 1)
    assert newcombe_difference(3, 4, 0, 0) == TooFew(0, 1)


def test_the_means_of_two_intervals_by_hand():
    """d = 20; below sqrt(3^2+4^2) = 5, above sqrt(12^2+5^2) = 13."""
    found = mean_difference(a_mean(70.0, 67.0, 82.0), a_mean(50.0, 45.0, 54.0))
    assert found.diff == 20.0
    assert (found.interval.lo, found.interval.hi) == (15.0, 33.0)
    assert found.is_clear


def test_intervals_of_different_confidence_are_not_combined():
    with pytest.raises(ValueError, match="combined"):
        mean_difference(a_mean(70.0, 60.0, 80.0), a_mean(50.0, 40.0, 60.0, conf=0.9))


@pytest.mark.parametrize(
    ("own", "client", "word"),
    [
        (a_mean(80.0, 76.0, 84.0), a_mean(70.0, 66.0, 74.0), GapWord.BLIND_SPOT),
        (a_mean(79.9, 76.0, 84.0), a_mean(70.0, 66.0, 74.0), GapWord.UNCLEAR),
        (a_mean(80.0, 70.0, 90.0), a_mean(70.0, 60.0, 80.0), GapWord.UNCLEAR),
        (a_mean(70.0, 66.0, 74.0), a_mean(80.0, 76.0, 84.0), GapWord.HIDDEN_STRENGTH),
        (a_mean(70.0, 66.0, 74.0), a_mean(79.9, 76.0, 84.0), GapWord.UNCLEAR),
        (a_mean(70.0, 60.0, 80.0), a_mean(80.0, 70.0, 90.0), GapWord.UNCLEAR),
        (a_mean(70.0, 66.0, 74.0), a_mean(70.0, 66.0, 74.0), GapWord.UNCLEAR),
    ],
)
def test_a_gap_has_a_word_only_if_it_is_large_and_clear(own, client, word):
    assert perception_gap(own, client).word is word


def test_a_gap_is_what_the_own_team_says_less_what_the_client_says():
    found = perception_gap(a_mean(90.0, 80.0, 95.0), a_mean(60.0, 50.0, 70.0))
    assert found.gap == 30.0
    assert found.difference.interval.lo == pytest.approx(30 - math.hypot(10, 10))
    assert found.difference.interval.hi == pytest.approx(30 + math.hypot(5, 10))


def test_without_answers_of_one_side_there_is_no_gap():
    some = a_mean(70.0, 60.0, 80.0)
    assert perception_gap(TooFew(0, 1), some) == TooFew(0, 1)
    assert perception_gap(some, TooFew(2, 5)) == TooFew(2, 5)
