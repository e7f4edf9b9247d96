"""How R2 is shared out."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.importance import (
    correlations,
    johnson_weights,
    lmg,
    r2_of_subsets,
    variance_inflation,
)

samples = st.integers(0, 2**32 - 1)


def matrix(seed, k=5, n=40, together=1.0):
    """Give the correlations of k predictors that share something, and of an outcome."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, k)) + together * rng.normal(size=(n, 1))
    y = x @ rng.normal(size=k) + rng.normal(size=n)
    return np.corrcoef(np.c_[x, y].T)


def explained(corr, places):
    """Give R2 by solving the normal equations."""
    if not places:
        return 0.0
    inner, outer = corr[np.ix_(places, places)], corr[list(places), -1]
    return float(outer @ np.linalg.solve(inner, outer))


@given(samples)
def test_every_subset_has_the_r2_of_its_regression(seed):
    corr = matrix(seed)
    found = r2_of_subsets(corr[None])[0]
    for size in range(6):
        for places in combinations(range(5), size):
            subset = sum(1 << place for place in places)
            assert found[subset] == pytest.approx(explained(corr, places), abs=1e-9)


@given(samples)
def test_lmg_is_the_mean_gain_over_all_orders_of_entering(seed):
    corr = matrix(seed, k=4)
    gains = np.zeros(4)
    orders = list(permutations(range(4)))
    for order in orders:
        for at, place in enumerate(order):
            gains[place] += explained(corr, order[: at + 1]) - explained(corr, order[:at])
    assert lmg(corr[None])[0] == pytest.approx(gains / len(orders), abs=1e-9)


@given(samples, st.floats(0, 3))
def test_both_ways_to_share_add_up_to_r2(seed, together):
    corr = matrix(seed, together=together)
    whole = explained(corr, range(5))
    assert lmg(corr[None])[0].sum() == pytest.approx(whole, abs=1e-9)
    assert johnson_weights(corr).sum() == pytest.approx(whole, abs=1e-9)
    assert lmg(corr[None]).min() >= 0


@given(samples, st.permutations(range(5)))
def test_the_order_of_the_predictors_only_moves_their_shares(seed, order):
    corr = matrix(seed)
    turned = corr[np.ix_([*order, 5], [*order, 5])]
    assert lmg(turned[None])[0] == pytest.approx(lmg(corr[None])[0][list(order)], abs=1e-9)
    assert johnson_weights(turned) == pytest.approx(johnson_weights(corr)[list(order)], abs=1e-9)
    assert variance_inflation(turned) == pytest.approx(variance_inflation(corr)[list(order)])


@given(samples)
def test_the_inflation_of_variance_is_the_diagonal_of_the_inverse(seed):
    corr = matrix(seed)
    expected = np.diag(np.linalg.inv(corr[:-1, :-1]))
    assert variance_inflation(corr) == pytest.approx(expected, rel=1e-8)


def test_many_samples_at_once_equal_one_at_a_time():
    several = np.array([matrix(seed) for seed in range(20)])
    for one, shares in zip(several, lmg(several), strict=True):
        assert shares == pytest.approx(lmg(one[None])[0], abs=1e-12)


def test_two_predictors_that_are_one_share_alike():
    corr = np.array([[1.0, 1.0, 0.6], [1.0, 1.0, 0.6], [0.6, 0.6, 1.0]])
    assert lmg(corr[None])[0] == pytest.approx([0.18, 0.18])
    assert variance_inflation(corr).tolist() == [np.inf, np.inf]
    assert johnson_weights(corr) == pytest.approx([0.18, 0.18])


def test_a_predictor_that_goes_with_nothing_has_no_share():
    corr = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.0], [0.5, 0.0, 1.0]])
    assert lmg(corr[None])[0].tolist() == [0.25, 0.0]


def test_correlations_come_from_sums_exactly():
    rows = np.array([[3, 10**6 + 1], [5, 10**6 + 2], [4, 10**6 + 6]])
    sums = np.array(
        [[3, *rows.sum(axis=0), *(rows[:, [0, 0, 1]] * rows[:, [0, 1, 1]]).sum(axis=0)]]
    )
    found, valid = correlations(sums.astype(float), 2)
    assert found[0] == pytest.approx(np.corrcoef(rows.T))
    assert valid.tolist() == [True]


def test_a_sample_in_which_something_stands_still_has_no_correlations():
    sums = np.array([[2.0, 3.0, 4.0, 5.0, 6.0, 8.0], [2.0, 3.0, 5.0, 5.0, 8.0, 13.0]])
    assert correlations(sums, 2)[1].tolist() == [False, True]


def test_more_than_ten_predictors_are_an_error():
    with pytest.raises(ValueError, match="11 predictors"):
        lmg(np.eye(12)[None])
