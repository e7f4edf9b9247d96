"""Change of a group in which some answered twice."""

import math
import statistics

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback.analytics.change import group_change, overlap_t
from feedback.analytics.figures import Direction, Method, NoFigure, TooFew, Why
from feedback.analytics.intervals import Sums
from feedback.analytics.quantiles import t_p
from tests.builders.sums import NO_PAIRS, pairs_of, sums_of

values = st.lists(st.integers(0, 24), min_size=2, max_size=12)
pairs_of_values = st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=12)


def compared(pairs, first_only=(), second_only=(), **options):
    first = sums_of([*(a for a, _ in pairs), *first_only])
    second = sums_of([*(b for _, b in pairs), *second_only])
    return overlap_t(first, second, pairs_of(pairs), **options)


def test_the_example_of_derrick_and_colleagues():
    """Derrick, Toher & White (2017) TQMP 13(2):120: t on 18.5 df, p = .026."""
    first, second = [14, 15, 18, 20, 11, 19, 14, 15], [15, 10, 15, 17, 13, 19, 12, 13]
    found = compared(
        list(zip(first, second, strict=True)),
        [20, 21, 16, 18, 14, 12, 14, 17],
        [10, 16, 18, 16, 15, 14, 13, 10],
        var_equal=True,
    )
    assert (found.n_first, found.n_second, found.pairs, found.df) == (16, 16, 8, 18.5)
    assert (found.diff, round(found.p, 3), found.method) == (2.0, 0.026, Method.OVERLAP_T)


@given(pairs_of_values)
def test_if_all_answered_twice_it_is_the_paired_t_test(pairs):
    moved = [a - b for a, b in pairs]
    assume(len(pairs) >= 2 and len(set(moved)) > 1)
    found = compared(pairs)
    t = statistics.mean(moved) / (statistics.stdev(moved) / math.sqrt(len(moved)))
    assert found.t == pytest.approx(t, abs=1e-9)
    assert found.df == pytest.approx(len(pairs) - 1)


@given(values, values)
def test_if_nobody_answered_twice_it_is_welchs_t_test(first, second):
    a, b = statistics.variance(first) / len(first), statistics.variance(second) / len(second)
    assume(a + b > 0)
    found = compared([], first, second)
    welch = (a + b) ** 2 / (a * a / (len(first) - 1) + b * b / (len(second) - 1))
    assert found.t == pytest.approx(
        (statistics.mean(first) - statistics.mean(second)) / math.sqrt(a + b), abs=1e-9
    )
    assert (found.df, found.method) == (pytest.approx(welch), Method.WELCH_T)


@given(values, values)
def test_with_equal_variances_and_nobody_twice_it_is_students_t_test(first, second):
    assume(len(set(first)) > 1 or len(set(second)) > 1)
    found = compared([], first, second, var_equal=True)
    assert found.df == pytest.approx(len(first) + len(second) - 2)


@given(pairs_of_values, values, values)
def test_the_interval_holds_the_difference_and_excludes_0_exactly_if_p_is_small(
    pairs, first, second
):
    found = compared(pairs, first, second)
    if isinstance(found, NoFigure):
        return
    assert found.interval.lo < found.diff < found.interval.hi
    assume(abs(found.p - 0.05) > 1e-9)
    assert (found.p < 0.05) == (not found.interval.contains(0.0))
    assert found.p == pytest.approx(t_p(found.t, found.df))


def test_persons_who_say_the_same_twice_count_for_more_than_other_persons():
    moved = [(10, 13), (14, 16), (20, 23), (5, 7), (18, 20)]
    paired = compared(moved)
    apart = compared([], [a for a, _ in moved], [b for _, b in moved])
    assert paired.diff == apart.diff
    assert paired.se < apart.se / 5


@pytest.mark.parametrize("pairs", [[(5, 9)] * 3, [(5, 9), (6, 10), (8, 12)]])
def test_where_all_moved_alike_there_is_no_test(pairs):
    assert compared(pairs) == NoFigure(3, Why.NO_SPREAD)


def test_one_person_in_a_wave_has_no_variance():
    assert compared([], [5], [6, 8]) == TooFew(1, 2)


def test_more_pairs_than_persons_are_an_error():
    with pytest.raises(ValueError, match="3 pairs"):
        overlap_t(Sums(2, 4, 8), Sums(5, 9, 20), pairs_of([(1, 1), (2, 2), (3, 3)]))


def test_a_group_below_ten_persons_borrows_variances_instead():
    ten, nine = sums_of(list(range(10))), sums_of(list(range(9)))
    assert group_change(ten, nine, NO_PAIRS) == TooFew(9, 10)
    assert group_change(nine, ten, NO_PAIRS) == TooFew(9, 10)


def test_a_group_change_is_second_minus_first_in_points():
    first, second = [12] * 6 + [6] * 6, [20] * 6 + [16] * 6
    found = group_change(sums_of(first), sums_of(second), NO_PAIRS, full=24)
    assert found.diff == pytest.approx(37.5)
    assert found.direction is Direction.IMPROVED
    back = group_change(sums_of(second), sums_of(first), NO_PAIRS, full=24)
    assert (back.diff, back.direction) == (pytest.approx(-37.5), Direction.DECLINED)
    assert back.interval.lo == pytest.approx(-found.interval.hi)


def test_a_group_change_is_the_t_test_the_other_way_round():
    second = [6, 6, 8, 8, 9, 11, 12, 12, 14, 15, 15, 18]
    pairs = pairs_of(list(zip(range(4, 16), second, strict=True)))
    first = sums_of([*range(4, 16), 20, 24, 2])
    found = group_change(first, sums_of(second), pairs, full=24)
    straight = overlap_t(first, sums_of(second), pairs, full=24)
    assert found.diff == pytest.approx(-straight.diff)
    assert (found.se, found.df) == (pytest.approx(straight.se), pytest.approx(straight.df))


def test_an_unclear_change_says_what_would_have_been_seen():
    first, second = list(range(0, 20, 2)), list(range(1, 21, 2))
    found = group_change(sums_of(first), sums_of(second), NO_PAIRS, full=24)
    assert found.direction is Direction.UNCLEAR
    assert found.smallest_seen == pytest.approx(1.959964 * found.se, rel=1e-6)


@given(st.lists(st.sampled_from([0, 24]), min_size=10, max_size=12))
def test_a_shown_interval_never_leaves_what_a_score_can_change_by(second):
    assume(len(set(second)) > 1)
    found = group_change(sums_of([0] * 10), sums_of(second), NO_PAIRS, full=24)
    assert -100 <= found.interval.lo <= found.diff <= found.interval.hi <= 100
