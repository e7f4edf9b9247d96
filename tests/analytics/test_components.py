"""Spread between accounts and within them."""

import math
import statistics

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback.analytics.components import (
    anova_components,
    icc1,
    persons_needed,
    squares_of,
)
from feedback.analytics.figures import NoFigure, TooFew, Why
from feedback.analytics.intervals import Sums
from tests.builders.sums import sums_of

groups = st.lists(st.lists(st.integers(0, 480), min_size=1, max_size=6), min_size=2, max_size=10)


@given(groups)
def test_the_parts_follow_their_definition_on_the_raw_values(portfolio):
    assume(any(len(values) > 1 for values in portfolio))
    everyone = [v for values in portfolio for v in values]
    grand = statistics.mean(everyone)
    between = sum(len(v) * (statistics.mean(v) - grand) ** 2 for v in portfolio)
    within = sum((x - statistics.mean(v)) ** 2 for v in portfolio for x in v)
    found = anova_components([sums_of(v) for v in portfolio])
    g, n = len(portfolio), len(everyone)
    assert found.mean == pytest.approx(grand)
    assert found.msb == pytest.approx(between / (g - 1), abs=1e-9)
    assert found.msw == pytest.approx(within / (n - g), abs=1e-9)
    n0 = (n - sum(len(v) ** 2 for v in portfolio) / n) / (g - 1)
    assert found.tau2 == pytest.approx(max(0, (found.msb - found.msw) / n0), abs=1e-6)


def test_digits_are_kept_where_float_sums_lose_them_all():
    """NIST StRD SmLs09's point: ten trillion and a bit, the bit decides."""
    far = 10**13
    accounts = [sums_of([far + v for v in values]) for values in ([1, 3], [5, 7], [9, 11])]
    found = anova_components(accounts)
    assert (found.msb, found.msw, found.f) == (32.0, 2.0, 16.0)


def test_integers_and_points_give_the_same():
    values = [[12, 18, 20], [3, 9], [24]]
    exact = anova_components([sums_of(v) for v in values], full=24)
    points = anova_components([sums_of([100 * x / 24 for x in v]) for v in values])
    assert points.msb == pytest.approx(exact.msb)
    assert points.msw == pytest.approx(exact.msw)


@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_the_accounts_changes_no_digit(portfolio, random):
    accounts = [sums_of(v) for v in portfolio]
    shuffled = list(accounts)
    random.shuffle(shuffled)
    assert squares_of(shuffled) == squares_of(accounts)
    assert anova_components(shuffled) == anova_components(accounts)


def test_accounts_without_answers_do_not_count():
    accounts = [sums_of([1, 5]), sums_of([7, 9])]
    assert anova_components([*accounts, Sums(0, 0, 0)]) == anova_components(accounts)


def test_one_account_or_one_person_each_has_no_components():
    assert anova_components([sums_of([1, 5])]) == TooFew(1, 2)
    assert anova_components([]) == TooFew(0, 2)
    assert anova_components([sums_of([1]), sums_of([5])]) == TooFew(2, 3)


def test_where_persons_of_one_account_never_differ_f_has_no_bound():
    found = anova_components([sums_of([4, 4]), sums_of([8, 8])])
    assert (found.msw, found.f, found.icc1) == (0.0, math.inf, 1.0)


def test_where_nobody_differs_there_is_no_icc():
    assert icc1(0.0, 0.0, 12) == NoFigure(12, Why.NO_SPREAD)


def test_ten_persons_make_a_score_reliable_if_a_fifth_of_the_spread_is_the_accounts():
    """Spearman-Brown by hand: 10*.2/(1+9*.2) = .714, 9*.2/(1+8*.2) = .692."""
    assert persons_needed(0.2, 0.70) == 10


@given(st.floats(0.001, 1), st.floats(0.01, 0.99))
def test_so_many_persons_reach_the_reliability_and_one_fewer_does_not(icc, reliability):
    n = persons_needed(icc, reliability)

    def reached(persons):
        return persons * icc / (1 + (persons - 1) * icc)

    assert reached(n) >= reliability - 1e-6
    assert n == 1 or reached(n - 1) < reliability + 1e-6


def test_no_number_of_persons_tells_accounts_apart_that_do_not_differ():
    assert persons_needed(0.0) == NoFigure(0, Why.NO_SPREAD)


@pytest.mark.parametrize(("icc", "reliability"), [(-0.1, 0.7), (1.1, 0.7), (0.2, 1.0), (0.2, 0.0)])
def test_an_impossible_icc_or_reliability_is_an_error(icc, reliability):
    with pytest.raises(ValueError, match="no reliability"):
        persons_needed(icc, reliability)
