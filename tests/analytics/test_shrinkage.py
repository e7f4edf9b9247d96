"""Scores of accounts moved towards each other."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, stdtr

from feedback.analytics.components import anova_components
from feedback.analytics.figures import NoFigure, TooFew, Why
from feedback.analytics.intervals import Sums
from feedback.analytics.shrinkage import (
    eb_shrinkage_from_sums,
    eb_shrinkage_known_v,
    shrunken_changes,
    shrunken_scores,
)
from tests.builders.sums import sums_of

FULL = 24
SCHOOLS = ([28, 8, -3, 7, -1, 1, 18, 12], [225, 100, 256, 121, 81, 121, 100, 324])
persons = st.lists(st.integers(0, FULL), max_size=5)
portfolios = st.lists(persons, min_size=1, max_size=30)


def moved(portfolio, **options):
    return shrunken_scores([sums_of(v) for v in portfolio], 4, 0.2, full=FULL, **options)


def answered(portfolio):
    return [place for place, values in enumerate(portfolio) if values]


def test_eight_schools_that_do_not_differ_are_one():
    """Rubin (1981); R metafor, rma(DL): tau2 = 0, 7.6856 (4.0719)."""
    found = eb_shrinkage_known_v(*SCHOOLS)
    assert found.tau2 == 0.0
    assert found.theta.round(4).tolist() == [7.6856] * 8
    assert found.se.round(4).tolist() == [4.0719] * 8


def test_tau2_from_known_variances_by_hand():
    """m = 0, 10, 40, v = 20: w = 1/20, Q = 866.67/20, W1 = 3/20, W1 - W2/W1 = 1/10."""
    found = eb_shrinkage_known_v([0, 10, 40], [20, 20, 20])
    assert found.tau2 == pytest.approx((2600 / 3 / 20 - 2) / 0.1)
    b = found.tau2 / (found.tau2 + 20)
    assert found.weight.tolist() == pytest.approx([b] * 3)
    assert found.theta.tolist() == pytest.approx(
        [m + b * (x - m) for m, x in zip([50 / 3] * 3, [0, 10, 40], strict=True)]
    )
    assert found.se[0] == pytest.approx(math.sqrt(b * 20 + (1 - b) ** 2 * (found.tau2 + 20) / 3))


@given(portfolios)
def test_from_sums_it_is_known_variances_with_the_pooled_one(portfolio):
    found = moved(portfolio)
    there = answered(portfolio)
    if isinstance(found, TooFew) or len(there) < 20:
        return
    known = eb_shrinkage_known_v(found.mean[there], found.msw / found.n[there])
    assert found.tau2 == pytest.approx(known.tau2, abs=1e-6)
    assert found.theta[there].tolist() == pytest.approx(known.theta.tolist(), abs=1e-6)
    assert found.se[there].tolist() == pytest.approx(known.se.tolist(), abs=1e-6)


def test_the_pooled_variance_by_hand():
    """SSW = 8 + 18, df = 2, M = 42/5 of 24; nu0 = 4, phi0 = .2."""
    accounts = [sums_of([4, 8]), sums_of([6, 12]), sums_of([12])]
    found = eb_shrinkage_from_sums(accounts, 4, 0.2, full=FULL)
    mean = 42 / 5 * 100 / 24
    assert found.df == 6
    assert found.msw == pytest.approx((0.8 * mean * (100 - mean) + 26 * (100 / 24) ** 2) / 6)
    assert found.v.tolist() == pytest.approx([found.msw / 2, found.msw / 2, found.msw])


def test_without_prior_it_is_the_analysis_of_variance():
    accounts = [sums_of(v) for v in ([3, 9, 8], [20, 24], [15, 11, 9, 8])]
    found, parts = (
        eb_shrinkage_from_sums(accounts, full=FULL),
        anova_components(accounts, full=FULL),
    )
    assert (found.msw, found.tau2) == (pytest.approx(parts.msw), pytest.approx(parts.tau2))
    assert found.icc1 == pytest.approx(parts.icc1)


@given(portfolios)
def test_a_moved_score_lies_between_its_mean_and_its_target(portfolio):
    found = moved(portfolio)
    if isinstance(found, TooFew):
        assert answered(portfolio) == []
        return
    for place in answered(portfolio):
        ends = sorted((found.mean[place], found.target[place]))
        assert ends[0] - 1e-9 <= found.theta[place] <= ends[1] + 1e-9
        assert 0 <= found.weight[place] <= 1
        assert found.se[place] > 0


@given(portfolios, st.randoms(use_true_random=False))
def test_the_order_of_the_accounts_changes_no_digit(portfolio, random):
    order = list(range(len(portfolio)))
    random.shuffle(order)
    names = [place % 2 for place in order]
    one = moved(portfolio, segments=[place % 2 for place in range(len(order))])
    other = moved([portfolio[i] for i in order], segments=names)
    if isinstance(one, TooFew):
        assert other == one
    else:
        assert [one.figure(i) for i in order] == [other.figure(i) for i in range(len(order))]


def test_fewer_persons_are_moved_further():
    portfolio = [[24] * (1 + i % 4) for i in range(10)] + [[6, 14, 10]] * 14
    found = moved(portfolio)
    far = found.mean[:4] - found.theta[:4]
    assert far[0] > far[1] > far[2] > far[3] > 0
    assert found.weight[0] < found.weight[3] < 1


@pytest.mark.parametrize(("accounts", "shrunk"), [(19, False), (20, True)])
def test_only_twenty_accounts_and_more_are_moved(accounts, shrunk):
    portfolio = [[6 + i % 12, 8 + i % 12] for i in range(accounts)] + [[]]
    found = moved(portfolio)
    assert found.shrunk is shrunk
    figure = found.figure(3)
    assert (figure.theta == figure.mean) is not shrunk
    if shrunk:
        assert figure.reliability == found.weight[3]
        assert 0 < found.icc1 < 1
    else:
        assert figure.reliability == found.icc1 == TooFew(accounts, 20)
        assert figure.se == pytest.approx(math.sqrt(found.v[3]))


def test_the_probability_of_lying_below_a_line():
    many, few = (
        moved([[6 + i % 12, 9] for i in range(30)]),
        moved([[6 + i % 12, 9] for i in range(5)]),
    )
    assert many.p_below(60)[2] == pytest.approx(ndtr((60 - many.theta[2]) / many.se[2]))
    z = (60 - few.mean[2]) / math.sqrt(few.v[2])
    assert few.p_below(60)[2] == pytest.approx(stdtr(4 + 5, z))


@given(portfolios, st.floats(0, 100), st.floats(0, 100))
def test_a_higher_line_is_never_less_probable(portfolio, one, other):
    found = moved(portfolio)
    if not isinstance(found, TooFew):
        there = answered(portfolio)
        low, high = (found.p_below(c)[there] for c in sorted((one, other)))
        assert np.all((low >= 0) & (low <= high) & (high <= 1))


def test_a_segment_of_ten_has_its_own_target_and_smaller_ones_the_portfolios():
    portfolio = (
        [[20, 22 + i % 3] for i in range(10)] + [[4, 6 + i % 3] for i in range(9)] + [[12]] * 3
    )
    segments = ["big"] * 10 + ["nine"] * 9 + ["three"] * 3
    found, plain = moved(portfolio, segments=segments), moved(portfolio)
    assert found.target[0] == pytest.approx(found.mean[:10].mean())
    assert len(set(found.target[10:].tolist())) == 1
    w = 1 / (found.v + found.tau2)
    assert found.target[10] == pytest.approx((w * found.mean).sum() / w.sum())
    assert found.tau2 < plain.tau2


def test_tau2_within_segments_by_hand():
    """Two segments of ten, m = 40 or 44 and 70 or 74, one person each: SSB = 40+40, G-S = 18."""
    accounts = [Sums(1, m, m * m) for m in [40, 44] * 5 + [70, 74] * 5]
    found = eb_shrinkage_from_sums(accounts, 4, 0.0, segments=["a"] * 10 + ["b"] * 10)
    assert found.msw == 0
    assert found.tau2 == pytest.approx(80 / 18)
    assert found.target.tolist() == pytest.approx([42.0] * 10 + [72.0] * 10)


def test_nobody_has_no_score_and_an_account_without_answers_none_either():
    assert moved([[], []]) == TooFew(0, 1)
    assert eb_shrinkage_known_v([], []) == TooFew(0, 1)
    found = moved([[12]] * 20 + [[]])
    assert found.figure(20) == TooFew(0, 1)
    assert not found.p_below(100)[20] >= 0
    assert eb_shrinkage_from_sums([Sums(1, 5, 25)] * 3) == TooFew(3, 4)


def test_a_portfolio_at_the_end_of_the_scale_is_not_certain():
    found = moved([[FULL]] * 20)
    assert found.theta.tolist() == pytest.approx([100.0] * 20)
    assert found.se.min() > 0.5


def test_where_nobody_differs_at_all_the_score_itself_decides():
    found = eb_shrinkage_from_sums([sums_of([12, 12])] * 20, full=FULL)
    assert (found.tau2, found.msw) == (0.0, 0.0)
    assert [found.p_below(c)[0] for c in (49, 50, 51)] == [0.0, 0.5, 1.0]
    assert found.icc1 == NoFigure(40, Why.NO_SPREAD)


def test_changes_are_moved_from_twenty_accounts_on():
    changes, v = [(-1) ** i * 10.0 for i in range(20)], [50.0] * 20
    assert abs(shrunken_changes(changes, v, 30).theta[0]) < 10
    few = shrunken_changes(changes[:19], v[:19], 30)
    assert few.theta[0] == 10
    assert few.p_below(-5)[1] == pytest.approx(stdtr(30, 5 / math.sqrt(50)))


@pytest.mark.parametrize("v", [[1.0, 0.0], [1.0, -1.0], [1.0, math.nan], [1.0]])
def test_a_mean_without_variance_is_an_error(v):
    with pytest.raises(ValueError, match="variance above 0"):
        eb_shrinkage_known_v([1.0, 2.0], v)


def test_as_many_segments_as_accounts_are_needed():
    with pytest.raises(ValueError, match="1 segments of 2"):
        eb_shrinkage_known_v([1.0, 2.0], [1.0, 1.0], segments=["a"])


def test_moved_scores_lie_nearer_to_the_truth_than_means():
    """Sixty accounts of two persons, sd 10 between and 15 within; seed fixed."""
    rng = np.random.default_rng(7)
    plain = better = 0.0
    for _ in range(40):
        truth = rng.normal(60, 10, 60)
        values = np.clip(np.rint((truth + rng.normal(0, 15, (2, 60))) * 4.8), 0, 480).astype(int)
        found = shrunken_scores([sums_of(v) for v in values.T.tolist()], 4, 0.15, full=480)
        plain += float(((found.mean - truth) ** 2).mean())
        better += float(((found.theta - truth) ** 2).mean())
    assert better < 0.7 * plain
