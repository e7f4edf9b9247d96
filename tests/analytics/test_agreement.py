"""Agreement inside an account, and views that weigh roles."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.agreement import (
    account_agreement,
    favourable_share,
    is_hard_to_judge,
    rwg,
)
from feedback.analytics.figures import Dispersion, TooFew
from feedback.analytics.intervals import Sums, account_intervals, wilson_interval
from feedback.analytics.role_weights import role_weighted_mean
from tests.builders.sums import sums_of

counts = st.lists(st.integers(0, 6), min_size=5, max_size=5).filter(lambda c: sum(c) >= 3)
SPREAD = Dispersion(0.12, 0.125, 40)
FULL = 24


@given(counts)
def test_agreement_follows_its_definition_on_the_raw_points(chosen):
    points = [point for point, count in enumerate(chosen, start=1) for _ in range(count)]
    expected = 1 - statistics.variance(points) / 2
    assert account_agreement(chosen).rwg == pytest.approx(expected)
    assert rwg(sums_of(points), 5) == pytest.approx(expected)


@given(counts)
def test_the_scale_the_other_way_round_shows_the_same_agreement(chosen):
    assert account_agreement(chosen) == account_agreement(chosen[::-1])


def test_equal_answers_agree_fully_and_the_two_ends_not_at_all():
    assert account_agreement([0, 0, 0, 7, 0]).rwg == 1.0
    ends = account_agreement([2, 0, 0, 0, 2])
    assert ends.rwg == pytest.approx(1 - 16 / 3 / 2)
    assert (ends.shown, ends.disagree) == (0.0, True)


@pytest.mark.parametrize(
    ("chosen", "disagree"),
    [([0, 1, 1, 1, 0], False), ([0, 2, 0, 1, 0], True), ([1, 0, 0, 4, 1], True)],
)
def test_contacts_disagree_below_one_half(chosen, disagree):
    """2, 3, 4: variance 1, exactly .5. 2, 2, 4: 4/3. 1, four times 4, 5: 1.9."""
    assert account_agreement(chosen).disagree is disagree


def test_two_persons_are_too_few_to_speak_of_agreement():
    assert account_agreement([1, 0, 0, 1, 0]) == TooFew(2, 3)
    assert account_agreement([0] * 5) == TooFew(0, 3)
    assert rwg(Sums(1, 3, 9), 5) == TooFew(1, 2)


def test_a_negative_count_or_a_scale_of_one_point_is_an_error():
    with pytest.raises(ValueError, match="negative"):
        account_agreement([-1, 3, 3])
    with pytest.raises(ValueError, match="1 points"):
        rwg(Sums(3, 3, 3), 1)


@pytest.mark.parametrize(("favourable", "n"), [(0, 0), (4, 4)])
def test_a_favourable_share_needs_five_persons(favourable, n):
    assert favourable_share(favourable, n) == TooFew(n, 5)


def test_a_favourable_share_carries_wilsons_interval():
    assert favourable_share(4, 5) == wilson_interval(4, 5)


@pytest.mark.parametrize(
    ("cannot_judge", "n", "hard"),
    [(4, 20, False), (5, 20, True), (10, 19, False), (20, 100, False)],
)
def test_an_item_is_hard_to_judge_above_a_fifth_of_twenty(cannot_judge, n, hard):
    assert is_hard_to_judge(cannot_judge, n) is hard


def test_the_weighted_mean_by_hand():
    """One person of 12 with weight 3, two of 18 and 24 with 1: (36+42)/5; n_eff = 25/11."""
    found = role_weighted_mean([(Sums(1, 12, 144), 3), (sums_of([18, 24]), 1)], SPREAD, full=FULL)
    assert found.mean == pytest.approx(100 * 78 / 5 / 24)
    assert (found.n, found.n_eff) == (3, pytest.approx(25 / 11))


@given(st.lists(st.integers(0, FULL), min_size=1, max_size=6), st.floats(0.1, 9))
def test_equal_weights_change_nothing(values, weight):
    portfolio = [sums_of(values), sums_of([3, 20, 11]), sums_of([9, 15])]
    plain = account_intervals(portfolio, 4, 0.2, full=FULL)
    found = role_weighted_mean(
        [(one, weight) for one in portfolio[:1]], plain.dispersion, full=FULL
    )
    assert found.n_eff == pytest.approx(len(values))
    assert found.mean == pytest.approx(plain.figure(0).mean, abs=1e-9)
    assert found.interval.lo == pytest.approx(plain.figure(0).interval.lo, abs=1e-9)
    assert found.interval.hi == pytest.approx(plain.figure(0).interval.hi, abs=1e-9)


@given(st.lists(st.tuples(st.lists(st.integers(0, FULL), max_size=4), st.floats(0, 5))))
def test_unequal_weights_are_worth_fewer_persons_and_the_interval_stays_on_the_scale(roles):
    found = role_weighted_mean([(sums_of(v), w) for v, w in roles], SPREAD, full=FULL)
    if isinstance(found, TooFew):
        assert not any(v and w > 0 for v, w in roles)
        return
    assert 0 < found.n_eff <= found.n + 1e-9
    assert 0 <= found.interval.lo <= found.mean <= found.interval.hi <= 100


def test_a_role_without_weight_does_not_count_and_a_negative_one_is_an_error():
    one = (sums_of([12]), 1)
    assert role_weighted_mean([one, (sums_of([24]), 0)], SPREAD, full=FULL) == role_weighted_mean(
        [one], SPREAD, full=FULL
    )
    with pytest.raises(ValueError, match="negative"):
        role_weighted_mean([(sums_of([12]), -1)], SPREAD, full=FULL)
    with pytest.raises(ValueError, match="outside the scale"):
        role_weighted_mean([(Sums(1, 25, 625), 1)], SPREAD, full=FULL)
