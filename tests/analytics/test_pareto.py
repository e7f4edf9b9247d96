"""How much of the revenue few accounts bring."""

from decimal import Decimal
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import NoFigure, TooFew, Why
from feedback.analytics.pareto import RevenueClass, pareto

A, B, C = RevenueClass.A, RevenueClass.B, RevenueClass.C
revenues = st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any)


def shared(amounts):
    return pareto(list(enumerate(amounts)))


def test_the_classes_by_hand():
    """50, 80 | 90, 95 | 100 percent: who crosses a line still belongs to what is before it."""
    found = pareto([(7, 50), (3, 30), (9, 10), (4, 5), (1, 5)])
    assert found.classes == {7: A, 3: A, 9: B, 1: B, 4: C}
    assert (found.needed_for_80, found.share_needed_for_80) == (2, 0.4)
    assert (found.top_fifth, found.share_of_top_fifth) == (1, 0.5)


def test_ties_are_broken_by_the_id():
    assert pareto([(2, 10), (1, 10), (3, 190)]).classes == {3: A, 1: B, 2: C}


@given(revenues, st.randoms(use_true_random=False))
def test_the_order_of_the_accounts_does_not_matter(amounts, random):
    pairs = list(enumerate(amounts))
    random.shuffle(pairs)
    assert pareto(pairs) == shared(amounts)


@given(revenues)
def test_a_is_the_fewest_accounts_that_reach_80_percent(amounts):
    found, biggest = shared(amounts), sorted(amounts, reverse=True)
    k = found.needed_for_80
    assert 5 * sum(biggest[:k]) >= 4 * sum(amounts) > 5 * sum(biggest[: k - 1])
    b = sum(c is B for c in found.classes.values())
    assert 20 * sum(biggest[: k + b]) >= 19 * sum(amounts)
    assert 0 < found.share_needed_for_80 <= 1


@given(revenues)
def test_shares_and_gini_stay_in_their_range(amounts):
    found = shared(amounts)
    g = len(amounts)
    assert found.top_fifth == ceil(g / 5)
    assert ceil(g / 5) / g - 1e-12 <= found.share_of_top_fifth <= 1
    assert 0 <= found.gini <= (g - 1) / g + 1e-12


@given(revenues)
def test_gini_is_the_mean_difference_over_twice_the_mean(amounts):
    g = len(amounts)
    apart = sum(abs(a - b) for a in amounts for b in amounts) / g**2
    assert shared(amounts).gini == pytest.approx(apart / (2 * sum(amounts) / g), abs=1e-12)


def test_equal_revenues_have_a_gini_of_0_and_one_that_has_all_nearly_1():
    assert shared([7, 7, 7, 7]).gini == 0.0
    assert shared([0, 0, 0, 7]).gini == 0.75


def test_cents_are_counted_exactly():
    """1 + .7 + .7 of 3 are 80 %, which float sums miss by a hair."""
    amounts = [Decimal(one) for one in ("1", "0.7", "0.7", "0.4", "0.2")]
    assert shared(amounts).needed_for_80 == 3


def test_accounts_without_revenue_are_c():
    assert shared([100, 0, 0]).classes == {0: A, 1: C, 2: C}


def test_nothing_to_divide():
    assert pareto([]) == TooFew(0, 1)
    assert shared([0, 0]) == NoFigure(2, Why.NO_SPREAD)


@pytest.mark.parametrize("wrong", [[(1, 5), (2, -1)], [(1, 5), (1, 6)]])
def test_a_negative_revenue_or_an_account_twice_is_an_error(wrong):
    with pytest.raises(ValueError, match="once"):
        pareto(wrong)
