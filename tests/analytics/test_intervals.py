"""Intervals of shares and account means."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback.analytics.figures import Method, TooFew
from feedback.analytics.intervals import (
    PRIOR_NU0,
    Sums,
    account_intervals,
    dispersion,
    mean_interval,
    top2box,
    wilson_interval,
    wilson_mean,
)
from feedback.analytics.scores import INDEX

FULL = 24
shares = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
persons = st.lists(st.integers(0, FULL), max_size=6)
portfolios = st.lists(persons, min_size=1, max_size=12)


def sums_of(values):
    return Sums(len(values), sum(values), sum(v * v for v in values))


def intervals_of(portfolio, **options):
    return account_intervals([sums_of(v) for v in portfolio], PRIOR_NU0, 0.2, full=FULL, **options)


def test_the_interval_of_newcombe_81_of_263():
    """Newcombe (1998) Stat Med 17:857, Table I, method 3: 0.2553, 0.3662."""
    share = wilson_interval(81, 263)
    assert (round(share.interval.lo, 4), round(share.interval.hi, 4)) == (0.2553, 0.3662)
    assert (share.n, share.count, share.conf, share.method) == (263, 81, 0.95, Method.WILSON)


def test_the_interval_of_25_people_without_a_vegetarian_among_them():
    """Agresti, Categorical Data Analysis: score interval (0.000, 0.133)."""
    share = wilson_interval(0, 25)
    assert share.interval.lo == 0.0
    assert round(share.interval.hi, 3) == 0.133


@given(shares, st.sampled_from([0.5, 0.9, 0.95, 0.999]))
def test_a_share_lies_in_its_interval_and_the_interval_between_0_and_1(share, conf):
    found = wilson_interval(*share, conf)
    assert 0 <= found.interval.lo <= found.share <= found.interval.hi <= 1
    assert found.interval.lo < found.interval.hi


@given(shares)
def test_the_interval_of_the_others_is_the_mirror_image(share):
    count, n = share
    one, other = wilson_interval(count, n).interval, wilson_interval(n - count, n).interval
    assert one.lo == pytest.approx(1 - other.hi, abs=1e-12)
    assert one.hi == pytest.approx(1 - other.lo, abs=1e-12)


@given(shares)
def test_one_more_yes_moves_both_limits_up(share):
    count, n = share
    assume(count < n)
    before, after = wilson_interval(count, n).interval, wilson_interval(count + 1, n).interval
    assert after.lo > before.lo
    assert after.hi > before.hi


@given(shares, st.integers(2, 50))
def test_more_answers_at_the_same_share_narrow_the_interval(share, times):
    count, n = share
    assert (
        wilson_interval(times * count, times * n).interval.width
        < wilson_interval(count, n).interval.width
    )


@given(shares)
def test_more_confidence_costs_width(share):
    assert wilson_interval(*share, 0.9).interval.width < wilson_interval(*share).interval.width


def test_a_share_of_nothing_is_too_few():
    assert wilson_interval(0, 0) == TooFew(0, 1)
    assert top2box([0, 0, 0, 0, 0]) == TooFew(0, 1)


@pytest.mark.parametrize(("count", "n"), [(3, 2), (-1, 2)])
def test_an_impossible_share_is_an_error(count, n):
    with pytest.raises(ValueError, match="not a share"):
        wilson_interval(count, n)


@pytest.mark.parametrize("conf", [0, 1, 95])
def test_an_impossible_confidence_is_an_error(conf):
    with pytest.raises(ValueError, match="confidence"):
        wilson_interval(1, 2, conf)


@pytest.mark.parametrize(("p", "n_eff"), [(1.1, 5), (-0.1, 5), (0.5, 0), (math.nan, 5)])
def test_an_impossible_mean_or_weight_is_an_error(p, n_eff):
    with pytest.raises(ValueError, match="no mean"):
        wilson_mean(p, n_eff, 1.96)


def test_top2box_counts_the_best_points_only():
    share = top2box([1, 0, 2, 5, 2])
    assert (share.count, share.n, share.share) == (7, 10, 0.7)
    assert top2box([1, 0, 2, 5, 2], top=1).count == 2


@pytest.mark.parametrize(("counts", "top"), [([1, 2], 3), ([1, 2], 0), ([1, -2, 5], 2)])
def test_top2box_refuses_impossible_counts(counts, top):
    with pytest.raises(ValueError, match="no top"):
        top2box(counts, top)


def test_the_whole_chain_by_hand():
    """Scores of 3, 2 and 1 persons on 0..24, worked out by hand from the formulas."""
    portfolio = [Sums(3, 57, 1089), Sums(2, 30, 468), Sums(1, 24, 576)]
    # SSW = (6 + 18)/576 = 1/24, df = 3, s2w = 1/72.
    raw = (1 / 24) / (2 * (19 / 24 * 5 / 24 + 1 / 216) + (15 / 24 * 9 / 24 + 1 / 144))
    found = mean_interval(portfolio, 2, 4, 0.2, full=FULL)
    assert found.dispersion.phi_raw == pytest.approx(raw)
    assert found.dispersion.phi == pytest.approx((0.8 + 3 * raw) / 7)
    assert found.dispersion.df == 7
    assert found.crit == pytest.approx(2.364624, abs=1e-6)  # printed t table: 2.365
    assert found.interval.lo == pytest.approx(100 / (1 + 2.364624**2 * found.dispersion.phi))
    assert (found.n, found.mean, found.interval.hi) == (1, 100.0, 100.0)
    assert found.method is Method.QUASI_BINOMIAL_WILSON


def test_an_unbiased_dispersion_of_yes_and_no_is_one():
    assert dispersion([Sums(263, 8100, 810000)], 0, 0.2).phi_raw == pytest.approx(1)


def test_accounts_of_one_person_take_the_prior_dispersion():
    found = intervals_of([[24], [12], [0]])
    assert found.dispersion.phi_raw == TooFew(0, 1)
    assert (found.dispersion.phi, found.dispersion.df) == (0.2, PRIOR_NU0)


def test_a_portfolio_at_the_end_of_the_scale_still_has_honest_intervals():
    found = intervals_of([[24, 24], [24, 24, 24]])
    assert (found.dispersion.phi_raw, found.dispersion.phi) == (TooFew(0, 1), 0.2)
    assert 0 < found.figure(0).interval.lo < found.figure(1).interval.lo < 100
    assert found.figure(0).interval.hi == 100.0


def test_equal_answers_inside_an_account_do_not_make_it_certain():
    found = intervals_of([[18, 18, 18], [6, 12, 20], [3, 9]]).figure(0)
    assert found.interval.lo < 70
    assert found.interval.hi > 80


def test_an_account_without_answers_is_too_few_among_others():
    found = intervals_of([[12, 20], []])
    assert found.figure(1) == TooFew(0, 1)
    assert found.figure(0) == intervals_of([[12, 20]]).figure(0)
    assert mean_interval([Sums(0, 0, 0)], 0, 4, 0.2) == TooFew(0, 1)


def test_without_prior_and_without_repeats_there_is_no_interval():
    assert account_intervals([Sums(1, 24, 576)] * 3, 0, 0.2, full=FULL) == TooFew(3, 4)


def test_no_accounts_are_no_error():
    assert len(intervals_of([]).n) == 0


@pytest.mark.parametrize("wrong", [Sums(2, 49, 1201), Sums(2, -1, 1), Sums(-1, 0, 0)])
def test_sums_that_leave_the_scale_are_an_error(wrong):
    with pytest.raises(ValueError, match="outside the scale"):
        account_intervals([wrong], 4, 0.2, full=FULL)


@pytest.mark.parametrize("account", [-1, 1])
def test_an_account_that_is_not_there_is_an_error(account):
    with pytest.raises(IndexError):
        mean_interval([Sums(1, 24, 576)], account, 4, 0.2, full=FULL)


@given(portfolios)
def test_every_account_interval_lies_on_the_scale_and_holds_the_mean(portfolio):
    found = intervals_of(portfolio)
    for place, values in enumerate(portfolio):
        figure = found.figure(place)
        if not values:
            assert figure == TooFew(0, 1)
            continue
        assert figure.n == len(values)
        assert figure.mean == pytest.approx(100 * sum(values) / len(values) / FULL)
        assert 0 <= figure.interval.lo <= figure.mean <= figure.interval.hi <= 100
        assert figure.interval.width > 0


@given(portfolios, st.randoms(use_true_random=False))
def test_the_order_of_the_accounts_changes_no_digit(portfolio, random):
    order = list(range(len(portfolio)))
    random.shuffle(order)
    one, other = intervals_of(portfolio), intervals_of([portfolio[i] for i in order])
    assert [one.figure(i) for i in order] == [other.figure(i) for i in range(len(order))]


@given(portfolios)
def test_many_at_once_equals_one_at_a_time(portfolio):
    sums = [sums_of(values) for values in portfolio]
    found = intervals_of(portfolio)
    for place in range(len(sums)):
        one = mean_interval(sums, place, PRIOR_NU0, 0.2, full=FULL)
        assert one == found.figure(place)


@given(portfolios)
def test_integers_and_scores_of_0_to_100_give_the_same(portfolio):
    scaled = [[100 * v / FULL for v in values] for values in portfolio]
    exact = intervals_of(portfolio)
    floating = account_intervals([sums_of(v) for v in scaled], PRIOR_NU0, 0.2)
    assert floating.lo == pytest.approx(exact.lo, abs=1e-6)
    assert floating.hi == pytest.approx(exact.hi, abs=1e-6)


@given(st.lists(st.lists(st.integers(0, FULL), min_size=2, max_size=6), min_size=1, max_size=8))
def test_the_dispersion_follows_its_formula_on_the_raw_scores(portfolio):
    assume(any(0 < sum(values) < FULL * len(values) for values in portfolio))
    scores = [np.array(values) / FULL for values in portfolio]
    within = sum(((s - s.mean()) ** 2).sum() for s in scores)
    df = sum(len(s) - 1 for s in scores)
    expected = within / sum(
        (len(s) - 1) * (s.mean() * (1 - s.mean()) + within / df / len(s)) for s in scores
    )
    found = dispersion([sums_of(values) for values in portfolio], 4, 0.2, full=FULL)
    assert found.phi_raw == pytest.approx(expected, abs=1e-9)
    assert found.phi == pytest.approx((4 * 0.2 + df * expected) / (4 + df), abs=1e-9)


def coverage(n):
    """Give how often intervals of 40 accounts of n persons hold the true mean; seed fixed.

    True means 30..95, persons Beta with Var = .13*mu(1-mu), 250 portfolios.
    """
    rng = np.random.default_rng(20240607)
    covered = []
    for _ in range(250):
        mu = rng.uniform(0.30, 0.95, 40)
        k = 1 / 0.13 - 1
        scores = rng.beta(mu * k, (1 - mu) * k, (n, 40))
        values = np.rint(scores * INDEX.full).astype(int).T.tolist()
        found = account_intervals(
            [sums_of(v) for v in values], PRIOR_NU0, INDEX.phi0, full=INDEX.full
        )
        covered.append((found.lo <= 100 * mu) & (100 * mu <= found.hi))
    return float(np.mean(covered))


@pytest.mark.parametrize("n", [2, 3, 10])
def test_the_interval_covers_the_true_mean_about_95_times_in_100(n):
    assert 0.93 <= coverage(n) <= 0.98


def test_the_interval_of_one_voice_errs_on_the_wide_side():
    assert coverage(1) >= 0.95
