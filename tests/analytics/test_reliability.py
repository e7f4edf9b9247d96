"""Alpha, Spearman-Brown and stratified alpha."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback.analytics.crossproducts import crossproducts_of
from feedback.analytics.dimension_reliability import dimension_reliability, index_reliability
from feedback.analytics.figures import Interval, Method, NoFigure, TooFew, Why
from feedback.analytics.reliability import (
    Band,
    Coefficient,
    Reliability,
    alpha_from_merged_crossproducts,
    cronbach_alpha,
    spearman_brown,
    stratified_alpha,
    two_item_reliability,
)

answers = st.lists(st.tuples(*[st.integers(0, 4)] * 4), min_size=5, max_size=25)
# Trust 3, other dimensions 2, as in the index.
STRATA = [[0, 1, 2], [3, 4], [5, 6], [7, 8], [9, 10]]


def alike(items, r):
    return np.full((items, items), r) + (1 - r) * np.eye(items)


def people(n, items, loading=0.7, seed=3):
    """Give n persons' answers 0..4 to items that measure one thing."""
    rng = np.random.default_rng(seed)
    own = rng.normal(0, 1, (n, 1))
    latent = 2.5 + loading * 1.2 * own + rng.normal(0, 0.6, (n, items))
    return np.clip(np.rint(latent), 0, 4).astype(int).tolist()


def test_items_that_correlate_alike_have_the_alpha_of_spearman_and_brown():
    """k*r/(1+(k-1)r): five items of r = .4 give 2/2.6."""
    assert cronbach_alpha(alike(5, 0.4), 100).value == pytest.approx(2 / 2.6)
    assert cronbach_alpha(alike(2, 0.4), 100).value == pytest.approx(spearman_brown(0.4))


def test_the_interval_of_feldt_for_three_visual_tests():
    """HolzingerSwineford1939: alpha .626 (semTools); R psych, alpha.ci: .5465, .6938."""
    cov = np.array([[1.3629, 0.4087, 0.5818], [0.4087, 1.3864, 0.4526], [0.5818, 0.4526, 1.2791]])
    found = cronbach_alpha(cov, 301)
    assert round(found.value, 3) == 0.626
    assert found.interval.lo == pytest.approx(0.5465, abs=1e-3)
    assert found.interval.hi == pytest.approx(0.6938, abs=1e-3)
    assert (found.items, found.method) == (3, Method.FELDT)


@given(answers)
def test_alpha_is_the_same_however_the_persons_are_grouped(rows):
    whole = crossproducts_of(rows, 4)
    assume(whole.covariance().sum() > 1e-9)
    parts = [crossproducts_of(rows[:2], 4), crossproducts_of(rows[2:], 4)]
    found = alpha_from_merged_crossproducts(parts)
    assert found == cronbach_alpha(whole.covariance(), whole.n)
    assert found.interval.lo <= found.value <= found.interval.hi <= 1


def test_more_persons_narrow_every_interval():
    for measure in (
        lambda n: cronbach_alpha(alike(3, 0.5), n),
        lambda n: two_item_reliability(alike(2, 0.5), n),
        lambda n: stratified_alpha(alike(4, 0.5), [[0, 1], [2, 3]], n),
    ):
        assert measure(400).interval.width < 0.6 * measure(100).interval.width
        assert measure(100).interval.contains(measure(100).value)


def test_the_limits_of_two_items_by_hand():
    """r = .5, n = 103: artanh .5 = .5493, -+1.96/10 → r .3393, .6323 → 2r/(1+r)."""
    found = two_item_reliability(alike(2, 0.5), 103)
    assert found.value == pytest.approx(2 / 3)
    assert found.interval.lo == pytest.approx(2 * 0.33929 / 1.33929, abs=1e-4)
    assert found.interval.hi == pytest.approx(2 * 0.63225 / 1.63225, abs=1e-4)


def test_stratified_alpha_of_one_stratum_is_alpha_and_its_interval_nearly_feldts():
    """Normal theory (van Zyl et al. 2000) and Feldt's exact limits meet in large samples."""
    one, whole = (
        stratified_alpha(alike(6, 0.4), [range(6)], 400),
        cronbach_alpha(alike(6, 0.4), 400),
    )
    assert one.value == pytest.approx(whole.value)
    assert one.interval.lo == pytest.approx(whole.interval.lo, abs=0.005)
    assert one.interval.hi == pytest.approx(whole.interval.hi, abs=0.005)


def test_stratified_alpha_follows_its_definition_with_the_weights_of_the_index():
    cov = crossproducts_of(people(80, 11), 11).covariance()
    weights = [1 / 3] * 3 + [1 / 2] * 8
    scaled = cov * np.outer(weights, weights)
    blocks = [scaled[np.ix_(stratum, stratum)] for stratum in STRATA]
    error = sum(b.sum() * (1 - cronbach_alpha(b, 80).value) for b in blocks)
    found = stratified_alpha(cov, STRATA, 80)
    assert found.value == pytest.approx(1 - error / scaled.sum())
    unweighted = stratified_alpha(cov, STRATA, 80, weights=[1.0] * 11)
    assert unweighted.value != pytest.approx(found.value, abs=1e-6)


def test_where_dimensions_differ_stratified_alpha_is_above_alpha():
    cov = np.kron(np.full((2, 2), 0.1) + 0.5 * np.eye(2), np.ones((2, 2))) + 0.4 * np.eye(4)
    assert stratified_alpha(cov, [[0, 1], [2, 3]], 99).value > cronbach_alpha(cov, 99).value


@pytest.mark.parametrize(
    ("value", "band", "may_rank"),
    [
        (-0.2, Band.WEAK, False),
        (0.59, Band.WEAK, False),
        (0.60, Band.LIMITED, True),
        (0.69, Band.LIMITED, True),
        (0.70, Band.USABLE, True),
        (0.95, Band.USABLE, True),
    ],
)
def test_a_reliability_has_its_word(value, band, may_rank):
    found = Reliability(
        Coefficient.ALPHA, 80, 3, value, Interval(value - 0.1, 0.99), 0.95, Method.FELDT
    )
    assert (found.band, found.may_rank) == (band, may_rank)


def test_nothing_is_shown_below_fifty_complete_cases():
    rows = people(50, 11)
    few, enough = crossproducts_of(rows[:49], 11), crossproducts_of(rows, 11)
    assert dimension_reliability(few.only([0, 1, 2])) == TooFew(49, 50)
    assert index_reliability(few, STRATA) == TooFew(49, 50)
    assert dimension_reliability(enough.only([0, 1, 2])).figure.n == 50
    assert index_reliability(enough, STRATA).coefficient is Coefficient.STRATIFIED_ALPHA


def test_two_items_show_spearman_brown_and_three_omega_each_with_alpha_beside():
    whole = crossproducts_of(people(200, 3), 3)
    two, three = dimension_reliability(whole.only([0, 1])), dimension_reliability(whole)
    assert two.figure.coefficient is Coefficient.SPEARMAN_BROWN
    assert three.figure.coefficient is Coefficient.OMEGA
    assert three.no_omega is None
    assert {two.alpha.coefficient, three.alpha.coefficient} == {Coefficient.ALPHA}


def test_where_omega_has_no_model_alpha_is_shown_and_the_reason_said():
    """Two items say the same, the third hardly anything: the model wants a negative error."""
    rows = [(a, a, 2 + (a > 2) * (i % 2)) for i, a in enumerate([0, 1, 2, 3, 4] * 12)]
    shown = dimension_reliability(crossproducts_of(rows, 3))
    assert (shown.figure.coefficient, shown.no_omega) == (Coefficient.ALPHA, Why.HEYWOOD)
    assert shown.figure == shown.alpha


def test_without_spread_there_is_no_reliability():
    same = crossproducts_of([(3, 3)] * 60, 2)
    assert dimension_reliability(same) == NoFigure(60, Why.NO_SPREAD)
    assert index_reliability(crossproducts_of([(3, 3)] * 60, 2), [[0, 1]]) == NoFigure(
        60, Why.NO_SPREAD
    )
    opposite = np.array([[1.0, -1.0], [-1.0, 1.0]])
    assert two_item_reliability(opposite, 60) == NoFigure(60, Why.NO_SPREAD)
    assert two_item_reliability(np.diag([1.0, 0.0]), 60) == NoFigure(60, Why.NO_SPREAD)


def test_items_that_always_agree_are_certain():
    assert two_item_reliability(np.ones((2, 2)), 60).interval == Interval(1.0, 1.0)


def test_too_few_persons_have_no_interval():
    assert cronbach_alpha(alike(3, 0.5), 1) == TooFew(1, 2)
    assert two_item_reliability(alike(2, 0.5), 3) == TooFew(3, 4)
    assert stratified_alpha(alike(2, 0.5), [[0, 1]], 1) == TooFew(1, 2)
    assert alpha_from_merged_crossproducts([crossproducts_of([(1, 2)], 2)]) == TooFew(1, 2)


@pytest.mark.parametrize("strata", [[], [[0], [1, 2]], [[0, 1], [1, 2]]])
def test_strata_of_one_item_or_with_an_item_twice_are_an_error(strata):
    with pytest.raises(ValueError, match="strata"):
        stratified_alpha(alike(3, 0.5), strata, 60)


def test_impossible_items_and_correlations_are_an_error():
    with pytest.raises(ValueError, match="2 items and more"):
        cronbach_alpha(np.ones((1, 1)), 60)
    with pytest.raises(ValueError, match="two items, not more"):
        two_item_reliability(alike(3, 0.5), 60)
    for r in (-1.0, 1.01):
        with pytest.raises(ValueError, match="correlation"):
            spearman_brown(r)
