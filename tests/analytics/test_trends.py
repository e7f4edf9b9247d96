"""Change of many accounts together, and the direction of one over waves."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback.analytics.figures import (
    Direction,
    Method,
    NoFigure,
    NpsChange,
    NpsCounts,
    TooFew,
    Why,
)
from feedback.analytics.intervals import Sums
from feedback.analytics.nps import nps_change_interval
from feedback.analytics.quantiles import t_quantile
from feedback.analytics.rollups import cluster_mean
from feedback.analytics.trends import (
    cluster_change,
    rollup_change,
    rollup_nps_change,
    wls_slope_known_v,
)
from tests.builders.sums import sums_of

FULL = 24
ABSENT = Sums(0, 0, 0)
persons = st.lists(st.integers(0, FULL), max_size=4)
portfolios = st.lists(st.tuples(persons, persons), min_size=10, max_size=16)
net_counts = st.builds(NpsCounts, *[st.integers(0, 6)] * 3)


def waves_of(portfolio):
    return [sums_of(a) for a, _ in portfolio], [sums_of(b) for _, b in portfolio]


def test_the_change_by_hand():
    """Ten accounts 50; nine stay, one rises to 100: M2-M1 = 5, z = 4.5 and nine times -.5."""
    before, after = [sums_of([12])] * 10, [sums_of([12])] * 9 + [sums_of([24])]
    found = cluster_change(before, after, full=FULL)
    assert (found.change, found.accounts, found.df) == (pytest.approx(5.0), 10, 9)
    assert found.se == pytest.approx(math.sqrt(10 / 9 * (4.5**2 + 9 * 0.5**2)))


def test_an_account_that_falls_as_the_others_rise_widens_the_interval():
    before = [sums_of([12])] * 10
    together = rollup_change(before, [sums_of([14 + i % 2]) for i in range(10)], full=FULL)
    apart = rollup_change(before, [sums_of([24])] * 5 + [sums_of([5])] * 5, full=FULL)
    assert together.diff == pytest.approx(apart.diff)
    assert apart.se > 10 * together.se
    assert (together.direction, apart.direction) == (Direction.IMPROVED, Direction.UNCLEAR)
    assert together.interval.lo == pytest.approx(together.diff - t_quantile(0.95, 9) * together.se)
    assert together.method is Method.CLUSTER_T


def test_accounts_of_one_wave_only_count_in_the_union():
    before = [sums_of([12])] * 8 + [ABSENT] * 3
    after = [ABSENT] * 2 + [sums_of([18])] * 9
    found = cluster_change(before, after, full=FULL)
    assert (found.accounts, found.df, found.change) == (11, 10, 25.0)
    assert (found.n_first, found.n_second) == (8, 9)


def test_different_accounts_in_each_wave_have_the_variances_of_both_added_up():
    first = [sums_of([v]) for v in (4, 8, 12, 14, 20, 22)]
    second = [sums_of([v]) for v in (6, 9, 15, 20, 23, 24)]
    found = cluster_change([*first, *[ABSENT] * 6], [*[ABSENT] * 6, *second], full=FULL)
    parts = [cluster_mean(wave, full=FULL).se ** 2 * 5 / 6 for wave in (first, second)]
    assert found.se == pytest.approx(math.sqrt(12 / 11 * sum(parts)))


@pytest.mark.parametrize("count", [0, 9])
def test_nine_accounts_have_no_trend(count):
    wave = [sums_of([12])] * count + [ABSENT]
    assert cluster_change(wave, wave, full=FULL) == TooFew(count, 10)
    assert rollup_change(wave, wave, full=FULL) == TooFew(count, 10)


def test_one_account_cannot_stand_for_a_wave():
    before, after = [sums_of([12])] + [ABSENT] * 10, [sums_of([12])] * 11
    assert cluster_change(before, after, full=FULL) == TooFew(1, 2)


def test_where_nothing_varies_there_is_no_interval():
    wave = [sums_of([12, 12])] * 10
    assert rollup_change(wave, wave, full=FULL) == NoFigure(40, Why.NO_SPREAD)


@given(portfolios, st.randoms(use_true_random=False))
def test_a_change_stays_in_its_range_and_ignores_the_order_of_accounts(portfolio, random):
    found = rollup_change(*waves_of(portfolio), full=FULL)
    shuffled = list(portfolio)
    random.shuffle(shuffled)
    assert rollup_change(*waves_of(shuffled), full=FULL) == found
    if not isinstance(found, TooFew | NoFigure):
        assert -100 <= found.interval.lo <= found.diff <= found.interval.hi <= 100


@given(portfolios)
def test_weights_by_persons_give_the_change_over_all_persons(portfolio):
    first, second = waves_of(portfolio)
    found = cluster_change(first, second, ([a.n for a in first], [a.n for a in second]), full=FULL)
    assume(not isinstance(found, TooFew))
    means = [100 / FULL * sum(a.s1 for a in w) / sum(a.n for a in w) for w in (first, second)]
    assert found.change == pytest.approx(means[1] - means[0], abs=1e-9)


def test_a_weight_of_0_leaves_an_account_out_and_a_negative_one_is_an_error():
    before, after = [sums_of([12])] * 11, [sums_of([v]) for v in range(8, 19)]
    ones, first_out = [1.0] * 11, [0.0] + [1.0] * 10
    found = cluster_change(before, after, (first_out, first_out), full=FULL)
    assert found == cluster_change(before[1:], after[1:], full=FULL)
    with pytest.raises(ValueError, match="negative"):
        cluster_change(before, after, (ones, [-1.0] + [1.0] * 10), full=FULL)


def test_independent_answers_leave_the_change_of_the_nps_alone():
    before, after = [NpsCounts(1, 1, 2)] * 12, [NpsCounts(1, 0, 3)] * 12
    found = rollup_nps_change(before, after)
    assert found == nps_change_interval(NpsCounts(12, 12, 24), NpsCounts(12, 0, 36))


def test_accounts_that_turn_as_one_widen_the_change_of_the_nps():
    before = [NpsCounts(0, 0, 4), NpsCounts(4, 0, 0)] * 6
    after = [NpsCounts(0, 0, 4)] * 8 + [NpsCounts(4, 0, 0)] * 4
    found = rollup_nps_change(before, after)
    plain = nps_change_interval(NpsCounts(24, 0, 24), NpsCounts(16, 0, 32))
    assert (found.diff_adj, found.method) == (plain.diff_adj, Method.CLUSTER_NPS)
    assert found.interval.width > 1.5 * plain.interval.width
    assert found.p > plain.p


@given(
    st.lists(net_counts, min_size=12, max_size=12), st.lists(net_counts, min_size=12, max_size=12)
)
def test_a_change_of_the_nps_is_never_narrower_than_adjusted_wald(before, after):
    found = rollup_nps_change(before, after)
    if isinstance(found, NpsChange):
        totals = [
            NpsCounts(
                *(sum(getattr(a, f) for a in w) for f in ("detractors", "passives", "promoters"))
            )
            for w in (before, after)
        ]
        assert found.interval.width >= nps_change_interval(*totals).interval.width - 1e-9


def test_a_change_of_the_nps_needs_ten_answers_a_wave_and_ten_accounts():
    one, nobody = NpsCounts(0, 0, 1), NpsCounts(0, 0, 0)
    assert rollup_nps_change([one] * 9 + [nobody] * 3, [one] * 12) == TooFew(9, 10)
    assert rollup_nps_change([NpsCounts(0, 0, 3)] * 9, [NpsCounts(1, 0, 2)] * 9) == TooFew(9, 10)


def test_the_slope_by_hand():
    """Weights 1, 1, 2 at times 0, 1, 3: tbar = 7/4; sum w(t-tbar)^2 = 27/4; slope = 37.5/6.75."""
    found = wls_slope_known_v([0, 1, 3], [50.0, 60.0, 68.0], [4.0, 4.0, 2.0])
    away, w, means = [-1.75, -0.75, 1.25], [0.25, 0.25, 0.5], [50.0, 60.0, 68.0]
    worth = sum(a * b * b for a, b in zip(w, away, strict=True))
    assert found.slope == pytest.approx(
        sum(a * b * m for a, b, m in zip(w, away, means, strict=True)) / worth
    )
    assert found.se == pytest.approx(1 / math.sqrt(worth))
    assert (found.waves, found.direction) == (3, Direction.IMPROVED)


@given(
    st.lists(st.floats(0, 100), min_size=3, max_size=6), st.floats(-50, 50), st.floats(-1e6, 1e6)
)
def test_neither_when_time_began_nor_the_level_changes_a_slope(means, level, begin):
    times, v = list(range(len(means))), [9.0 + i for i in range(len(means))]
    found = wls_slope_known_v(times, means, v)
    moved = wls_slope_known_v([t + begin for t in times], [m + level for m in means], v)
    assert moved.slope == pytest.approx(found.slope, abs=1e-6)
    assert moved.se == pytest.approx(found.se, rel=1e-6)


def test_two_waves_are_no_slope_and_neither_are_equal_times():
    assert wls_slope_known_v([0, 1], [50, 60], [4, 4]) == TooFew(2, 3)
    with pytest.raises(ValueError, match="times that differ"):
        wls_slope_known_v([1, 1, 1], [50, 60, 70], [4, 4, 4])
    with pytest.raises(ValueError, match="variances above 0"):
        wls_slope_known_v([1, 2, 3], [50, 60, 70], [4, 0, 4])
