"""Omega from a one-factor model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import NoFigure, TooFew, Why
from feedback.analytics.omega import Omega, mcdonald_omega
from feedback.analytics.reliability import cronbach_alpha

loadings = st.lists(st.floats(0.3, 2.0), min_size=3, max_size=8)
items = st.lists(st.tuples(st.floats(0.3, 2.0), st.floats(0.2, 2.0)), min_size=3, max_size=8)


def model(loads, errors):
    return np.outer(loads, loads) + np.diag(errors)


@given(items)
def test_a_model_that_holds_is_found_again(own):
    loads, errors = [load for load, _ in own], [error for _, error in own]
    found = mcdonald_omega(model(loads, errors), 300)
    assert found.loadings == pytest.approx(loads, rel=1e-4)
    assert found.uniquenesses == pytest.approx(errors, rel=1e-4)
    common = sum(loads) ** 2
    assert found.reliability.value == pytest.approx(common / (common + sum(errors)), rel=1e-5)


def test_five_agreeableness_items():
    """psychTools::bfi, 2436 complete cases; lavaan 0.6-14 one-factor model: omega .7242."""
    cov = np.array(
        [
            [1.980148, 0.582438, 0.504943, 0.327608, 0.344591],
            [0.582438, 1.391302, 0.778099, 0.614651, 0.595686],
            [0.504943, 0.778099, 1.719653, 0.749682, 0.859366],
            [0.327608, 0.614651, 0.749682, 2.205859, 0.614626],
            [0.344591, 0.595686, 0.859366, 0.614626, 1.614944],
        ]
    )
    found = mcdonald_omega(cov, 2436)
    assert [round(one, 3) for one in found.loadings] == [0.537, 0.788, 1.013, 0.748, 0.806]
    assert round(found.reliability.value, 4) == 0.7242


@given(st.permutations(range(5)))
def test_the_order_of_the_items_does_not_change_omega(order):
    loads, errors = np.array([0.5, 0.8, 1.0, 0.7, 0.9]), np.array([1.5, 0.8, 0.7, 1.6, 1.0])
    cov = model(loads, errors) + 0.05 * np.cos(np.add.outer(np.arange(5), np.arange(5)))
    whole, turned = mcdonald_omega(cov, 200), mcdonald_omega(cov[np.ix_(order, order)], 200)
    assert turned.reliability.value == pytest.approx(whole.reliability.value, rel=1e-6)
    assert turned.reliability.interval.lo == pytest.approx(whole.reliability.interval.lo, rel=1e-5)


def test_items_that_weigh_alike_have_the_omega_of_alpha():
    cov = model([1.0] * 4, [1.5] * 4)
    assert mcdonald_omega(cov, 90).reliability.value == pytest.approx(cronbach_alpha(cov, 90).value)


@given(loadings)
def test_omega_is_never_below_alpha_where_the_model_holds(loads):
    cov = model(loads, [1.0] * len(loads))
    assert mcdonald_omega(cov, 90).reliability.value >= cronbach_alpha(cov, 90).value - 1e-6


@pytest.mark.parametrize("size", [3, 4, 6])
def test_an_item_without_any_error_of_its_own_is_said(size):
    """The first correlates by .7 with others that correlate by .4: its loading would be 1.1."""
    cov = np.full((size, size), 0.4) + 0.6 * np.eye(size)
    cov[0, 1:] = cov[1:, 0] = 0.7
    assert mcdonald_omega(cov, 200) == NoFigure(200, Why.HEYWOOD)


def test_two_items_that_are_one_are_a_heywood_case():
    loads = [0.8, 0.8, 0.7, 0.6, 0.7]
    cov = model(loads, [0.4] * 5)
    cov[0, 1] = cov[1, 0] = cov[0, 0]
    assert mcdonald_omega(cov, 200) == NoFigure(200, Why.HEYWOOD)


def test_items_that_pull_against_each_other_have_no_common_factor():
    cov = np.array([[1.0, 0.4, 0.4], [0.4, 1.0, -0.4], [0.4, -0.4, 1.0]])
    assert mcdonald_omega(cov, 200) == NoFigure(200, Why.NO_COMMON_FACTOR)


def test_an_item_that_everybody_answers_alike_leaves_no_model():
    cov = model([1.0, 1.0, 1.0], [1.0, 1.0, 1.0])
    cov[2, :] = cov[:, 2] = 0.0
    assert mcdonald_omega(cov, 200) == NoFigure(200, Why.NO_SPREAD)


def test_a_model_needs_three_items_and_more_persons_than_items():
    with pytest.raises(ValueError, match="3 items and more"):
        mcdonald_omega(np.eye(2), 200)
    assert mcdonald_omega(model([1.0] * 4, [1.0] * 4), 4) == TooFew(4, 5)


@pytest.mark.parametrize("size", [3, 5])
def test_the_interval_covers_the_true_omega_about_95_times_in_100(size):
    """Loadings .5 to .9, errors 1, samples of 150; seed fixed."""
    rng = np.random.default_rng(20240619)
    loads = np.linspace(0.5, 0.9, size)
    true = loads.sum() ** 2 / (loads.sum() ** 2 + size)
    held = []
    for _ in range(300):
        sample = rng.normal(size=(150, 1)) * loads + rng.normal(size=(150, size))
        found = mcdonald_omega(np.cov(sample.T), 150)
        held.append(isinstance(found, Omega) and found.reliability.interval.contains(true))
    assert 0.90 <= np.mean(held) <= 0.98
