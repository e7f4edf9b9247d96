"""Change of accounts with few persons."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.account_change import (
    ChangeSpread,
    account_change,
    account_change_se,
    account_changes,
    change_spread,
)
from feedback.analytics.change import overlap_t
from feedback.analytics.figures import Direction, Method, NoFigure, TooFew, Why
from feedback.analytics.intervals import PRIOR_NU0, Sums
from feedback.analytics.quantiles import t_quantile
from tests.builders.sums import NO_PAIRS, pairs_of, sums_of

FULL = 24
value = st.integers(0, FULL)
# One account: persons of both waves, of the first only, of the second only.
account = st.tuples(
    st.lists(st.tuples(value, value), max_size=3),
    st.lists(value, max_size=2),
    st.lists(value, max_size=2),
)
portfolios = st.lists(account, min_size=1, max_size=8)


def columns_of(portfolio):
    first = [sums_of([*(a for a, _ in both), *one]) for both, one, _ in portfolio]
    second = [sums_of([*(b for _, b in both), *two]) for both, _, two in portfolio]
    return first, second, [pairs_of(both) for both, _, _ in portfolio]


def changes_of(portfolio, **options):
    return account_changes(*columns_of(portfolio), PRIOR_NU0, 0.2, full=FULL, **options)


def test_the_standard_error_of_derrick_with_variance_and_covariance_handed_in():
    """R package Partiallyoverlapping on the example of Derrick et al. (2017): diff 2, t 2.42075."""
    found = account_change_se(16, 16, 8, 8.316666666666666, 5.711847542344704)
    assert found == pytest.approx(2 / 2.42074545121359)


def test_with_its_own_variances_an_account_has_derricks_se():
    pairs = [(14, 15), (15, 10), (18, 15), (20, 17), (11, 13), (19, 19), (14, 12), (15, 13)]
    first, second = sums_of([a for a, _ in pairs]), sums_of([b for _, b in pairs])
    found = overlap_t(first, second, pairs_of(pairs), var_equal=True)
    s2 = 0.5 * sum((8 * w.s2 - w.s1**2) / 56 for w in (first, second))
    p = pairs_of(pairs)
    r = (8 * p.p - p.s1 * p.s2) / math.sqrt((8 * p.q1 - p.s1**2) * (8 * p.q2 - p.s2**2))
    assert account_change_se(8, 8, 8, s2, r * s2) == pytest.approx(found.se)


def test_the_pooled_spread_by_hand():
    """Waves 4, 8 | 10 and 6, 8 | 10 of 24, the first two persons in both.

    SSW = 8 + 2, df = 2; M = 46/6; SCP = (4-6)(6-7) + (8-6)(8-7) = 4 over 4+1; one is 100/24 points.
    """
    first = [sums_of([4, 8]), sums_of([10])]
    second = [sums_of([6, 8]), sums_of([10])]
    found = change_spread(first, second, [pairs_of([(4, 6), (8, 8)]), NO_PAIRS], 4, 0.2, full=FULL)
    unit, mean = 100 / 24, 46 / 6 * 100 / 24
    assert found.df == 6
    assert found.variance == pytest.approx((0.8 * mean * (100 - mean) + 10 * unit**2) / 6)
    assert found.covariance == pytest.approx(4 / 5 * unit**2)


def test_a_change_by_hand():
    """2 and 3 persons, one in both: se^2 = 200*(1/2+1/3) - 2*1*60/6, t on 20 df."""
    spread = ChangeSpread(variance=200.0, covariance=60.0, df=20)
    found = account_change(Sums(2, 20, 208), Sums(3, 60, 1224), 1, spread, full=FULL)
    assert found.diff == pytest.approx(100 / 24 * 10)
    assert found.se == pytest.approx(math.sqrt(200 * 5 / 6 - 20))
    assert found.interval.lo == pytest.approx(found.diff - t_quantile(0.95, 20) * found.se)
    assert (found.direction, found.method) == (Direction.IMPROVED, Method.POOLED_T)


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [(24, 0, Direction.DECLINED), (0, 24, Direction.IMPROVED), (12, 14, Direction.UNCLEAR)],
)
def test_one_person_per_wave_can_show_a_large_change_only(before, after, word):
    spread = ChangeSpread(variance=250.0, covariance=80.0, df=60)
    found = account_change(sums_of([before]), sums_of([after]), 1, spread, full=FULL)
    assert found.direction is word
    assert -100 <= found.interval.lo <= found.interval.hi <= 100
    assert found.smallest_seen == pytest.approx(1.959964 * math.sqrt(340), rel=1e-6)


@given(portfolios)
def test_many_at_once_equals_one_at_a_time(portfolio):
    first, second, pairs = columns_of(portfolio)
    found = changes_of(portfolio)
    if isinstance(found, TooFew):
        assert not any(a.n for a in (*first, *second))
        return
    for place in range(len(portfolio)):
        one = account_change(first[place], second[place], pairs[place].n, found.spread, full=FULL)
        many = found.figure(place)
        if isinstance(one, TooFew | NoFigure):
            assert many == one
            assert math.isnan(found.p[place])
        else:
            assert many.diff == pytest.approx(one.diff, abs=1e-9)
            assert many.se == pytest.approx(one.se)
            assert found.p[place] == pytest.approx(one.p, abs=1e-9)


@given(portfolios, st.randoms(use_true_random=False))
def test_the_order_of_the_accounts_changes_no_digit(portfolio, random):
    order = list(range(len(portfolio)))
    random.shuffle(order)
    one, other = changes_of(portfolio), changes_of([portfolio[i] for i in order])
    if isinstance(one, TooFew):
        assert other == one
        return
    assert [one.figure(i) for i in order] == [other.figure(i) for i in range(len(order))]


@given(portfolios)
def test_the_waves_the_other_way_round_give_the_opposite(portfolio):
    there = changes_of(portfolio)
    back = changes_of([([(b, a) for a, b in both], two, one) for both, one, two in portfolio])
    if not isinstance(there, TooFew):
        assert there.diff.tolist() == pytest.approx((-back.diff).tolist(), nan_ok=True)
        assert there.se.tolist() == pytest.approx(back.se.tolist(), nan_ok=True)


def test_an_account_without_answers_in_a_wave_has_no_change():
    found = changes_of([([(3, 4)], [], []), ([], [5, 6], [])])
    assert found.figure(1) == TooFew(0, 1)
    assert found.directions() == (Direction.UNCLEAR, Direction.UNCLEAR)


def test_a_list_needs_more_evidence_than_a_page():
    """Among forty accounts that stand still p = .03 may be chance, p = .001 hardly."""
    still = ([(12, 12), (16, 15), (9, 10), (14, 14)], [], [])
    faint, plain = ([(12, 13), (16, 18), (9, 10), (14, 16)], [], []), ([(9, 12)] * 4, [], [])
    one, other = changes_of([faint] + [still] * 40), changes_of([plain] + [still] * 40)
    assert 0.10 / 41 < one.figure(0).p < 0.05
    assert one.figure(0).direction is Direction.IMPROVED
    assert set(one.directions()) == {Direction.UNCLEAR}
    assert other.directions() == (Direction.IMPROVED,) + (Direction.UNCLEAR,) * 40


def test_a_portfolio_at_the_end_of_the_scale_is_not_certain():
    found = changes_of([([(24, 24)], [], [])] * 5).figure(0)
    assert (found.diff, found.direction) == (0.0, Direction.UNCLEAR)
    assert found.se > 5


def test_two_answers_of_a_person_never_go_together_more_than_they_vary():
    """One account of steady extremes among many that agree: SCP/(4+df) would exceed S2."""
    extremes = ([(0, 0), (24, 24)] * 10, [], [])
    found = changes_of([extremes] + [([], [12] * 2, [12] * 2)] * 40).spread
    assert found.covariance == found.variance


def test_without_prior_and_without_spread_there_is_no_figure():
    columns = columns_of([([(7, 9), (7, 9)], [], [])])
    assert account_changes(*columns, 0, 0.2).figure(0) == NoFigure(4, Why.NO_SPREAD)
    assert account_changes(*columns_of([([(7, 9)], [], [])]), 0, 0.2) == TooFew(2, 3)


def test_columns_that_do_not_fit_are_an_error():
    first, second, pairs = columns_of([([(7, 9)], [], [])] * 2)
    with pytest.raises(ValueError, match="1 second"):
        account_changes(first, second[:1], pairs, 4, 0.2)
    with pytest.raises(ValueError, match="more pairs"):
        account_changes(first, second, [pairs_of([(1, 2), (3, 4)]), NO_PAIRS], 4, 0.2)
    with pytest.raises(ValueError, match="2 pairs"):
        account_change_se(1, 3, 2, 10, 5)


def false_alarms():
    """Give how often accounts that did not change are called changed, by persons 1..6; seed fixed.

    Persons of one account differ by 15 points, half of it for good; two thirds answer both times.
    """
    rng = np.random.default_rng(20240611)
    sizes = np.tile(np.arange(1, 7), 20)
    alarms = []
    for _ in range(60):
        portfolio = []
        for n, mean in zip(sizes, rng.uniform(40, 85, len(sizes)), strict=True):
            steady, both = mean + rng.normal(0, 10.6, n), rng.random(n) < 2 / 3
            first, again = (steady + rng.normal(0, 10.6, n) for _ in (0, 1))
            second = np.where(both, again, mean + rng.normal(0, 15, n))
            a, b = (np.clip(np.rint(w * FULL / 100), 0, FULL).astype(int) for w in (first, second))
            pairs = list(zip(a[both].tolist(), b[both].tolist(), strict=True))
            portfolio.append((pairs, a[~both].tolist(), b[~both].tolist()))
        alarms.append(changes_of(portfolio).p < 0.05)
    rates = np.mean(alarms, axis=0)
    return [float(rates[sizes == n].mean()) for n in range(1, 7)]


def test_an_unchanged_account_is_called_changed_about_five_times_in_100():
    assert all(0.03 <= rate <= 0.065 for rate in false_alarms())
