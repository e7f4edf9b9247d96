"""Scores and NPS of many accounts together."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import Method, Nps, NpsCounts, NpsFew, TooFew
from feedback.analytics.intervals import Sums, wilson_mean
from feedback.analytics.nps import nps_interval
from feedback.analytics.quantiles import t_quantile
from feedback.analytics.rollups import cluster_mean, rollup_mean, rollup_nps

FULL = 24
persons = st.lists(st.integers(0, FULL), min_size=1, max_size=6)
portfolios = st.lists(persons, min_size=2, max_size=12)


def sums_of(values):
    return Sums(len(values), sum(values), sum(v * v for v in values))


def test_every_relationship_counts_the_same_unless_weights_are_given():
    accounts = [sums_of([24] * 9), sums_of([12])]
    assert cluster_mean(accounts, full=FULL).mean == 75.0
    assert cluster_mean(accounts, [9, 1], full=FULL).mean == 95.0


def test_the_standard_error_by_hand():
    """Means 50, 75, 100: M = 75, e = -25, 0, 25, se = sqrt(3/2*1250)/3."""
    found = cluster_mean([Sums(1, 12, 144), Sums(1, 18, 324), Sums(1, 24, 576)], full=FULL)
    assert (found.mean, found.accounts, found.n, found.df) == (75.0, 3, 3, 2)
    assert found.se == pytest.approx(math.sqrt(1875) / 3)


def test_the_interval_is_wilson_on_the_effective_number_of_accounts():
    """Same accounts; n_e = .75*.25/(se/100)^2 = 9 exactly, t on 2 df = 4.3027 (t table)."""
    found = rollup_mean([Sums(1, 12, 144), Sums(1, 18, 324), Sums(1, 24, 576)], full=FULL)
    limits = wilson_mean(0.75, 9, 4.302652729911275)
    assert found.interval.lo == pytest.approx(100 * limits.lo)
    assert found.interval.hi == pytest.approx(100 * limits.hi)
    assert found.method is Method.CLUSTER_WILSON


def test_perfect_agreement_counts_as_many_draws_as_accounts():
    found = rollup_mean(
        [Sums(n, 7 * n, 49 * n) for n in (1, 2, 3, 7)], [0.1, 0.2, 0.3, 0.7], full=21
    )
    limits = wilson_mean(1 / 3, 4, t_quantile(0.95, 3))
    assert found.se == 0.0
    assert found.interval.lo == pytest.approx(100 * limits.lo)


def test_accounts_without_answers_or_weight_do_not_count():
    accounts = [Sums(1, 12, 144), Sums(0, 0, 0), Sums(1, 18, 324), Sums(1, 24, 576)]
    assert cluster_mean(accounts, [1, 1, 1, 0], full=FULL) == cluster_mean(
        [accounts[0], accounts[2]], full=FULL
    )


@pytest.mark.parametrize("accounts", [[], [Sums(5, 60, 800)], [Sums(5, 60, 800), Sums(0, 0, 0)]])
def test_one_account_is_too_few_for_a_roll_up(accounts):
    answering = sum(a.n > 0 for a in accounts)
    assert rollup_mean(accounts, full=FULL) == TooFew(answering, 2)


def test_a_negative_weight_or_a_sum_off_the_scale_is_an_error():
    accounts = [Sums(1, 12, 144), Sums(1, 18, 324)]
    with pytest.raises(ValueError, match="weight"):
        rollup_mean(accounts, [1, -1], full=FULL)
    with pytest.raises(ValueError, match="outside the scale"):
        rollup_mean([*accounts, Sums(1, 25, 625)], full=FULL)
    with pytest.raises(ValueError, match="zip"):
        rollup_mean(accounts, [1], full=FULL)


@given(portfolios, st.randoms(use_true_random=False))
def test_a_roll_up_lies_on_the_scale_and_ignores_the_order_of_accounts(portfolio, random):
    accounts = [sums_of(values) for values in portfolio]
    found = rollup_mean(accounts, full=FULL)
    assert 0 <= found.interval.lo <= found.mean <= found.interval.hi <= 100
    shuffled = list(accounts)
    random.shuffle(shuffled)
    assert rollup_mean(shuffled, full=FULL) == found


@given(portfolios)
def test_persons_weighted_by_number_give_the_mean_over_all_persons(portfolio):
    accounts = [sums_of(values) for values in portfolio]
    everyone = [v for values in portfolio for v in values]
    found = cluster_mean(accounts, [a.n for a in accounts], full=FULL)
    assert found.mean == pytest.approx(100 * sum(everyone) / len(everyone) / FULL, abs=1e-9)


def test_independent_answers_leave_the_adjusted_wald_interval_alone():
    accounts = [NpsCounts(1, 1, 2)] * 10
    assert rollup_nps(accounts, points=10 * 31) == nps_interval(NpsCounts(10, 10, 20))


def test_accounts_that_agree_within_widen_the_interval():
    """Ten accounts all for, ten all against: se = sqrt(20/19*20*400^2)/80 * 100 by hand."""
    accounts = [NpsCounts(0, 0, 4), NpsCounts(4, 0, 0)] * 10
    found = rollup_nps(accounts, points=10 * (40 + 8))
    assert (found.nps, found.method) == (0.0, Method.CLUSTER_NPS)
    half = t_quantile(0.95, 19) * math.sqrt(20 / 19 * 20) * 400 / 80
    assert found.interval.hi == pytest.approx(half)
    assert found.interval.hi > 2 * nps_interval(NpsCounts(40, 0, 40)).interval.hi


def test_a_roll_up_below_ten_answers_shows_counts():
    assert isinstance(rollup_nps([NpsCounts(1, 1, 1)] * 3, points=3 * 24), NpsFew)
    assert rollup_nps([], points=0) == TooFew(0, 1)


def test_ten_answers_of_one_account_have_the_plain_interval():
    assert rollup_nps([NpsCounts(2, 3, 5), NpsCounts(0, 0, 0)], points=80) == nps_interval(
        NpsCounts(2, 3, 5)
    )


@given(st.lists(st.builds(NpsCounts, *[st.integers(0, 9)] * 3), min_size=2, max_size=10))
def test_a_roll_up_is_never_narrower_than_adjusted_wald(accounts):
    points = sum(7 * a.passives + 9 * a.promoters for a in accounts)
    found = rollup_nps(accounts, points=points)
    if isinstance(found, Nps):
        plain = nps_interval(found.counts)
        assert found.interval.lo <= plain.interval.lo
        assert found.interval.hi >= plain.interval.hi
        assert -100 <= found.interval.lo <= found.interval.hi <= 100
