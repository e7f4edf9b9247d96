"""Whether silence may have changed a score."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import NoFigure, TooFew, Why
from feedback.analytics.intervals import Sums
from feedback.analytics.nonresponse import NonresponseBias, nonresponse, nonresponse_bias
from feedback.analytics.response_rates import Dispositions, aapor_rates
from tests.builders.sums import sums_of

FULL = 24
values = st.lists(st.integers(0, FULL), min_size=2, max_size=15)
HIGH, LOW, CLOSE = [20, 22, 18, 21] * 5, [8, 10, 6, 12] * 5, [20, 21, 18, 21] * 5


def rates(answered, invited):
    return aapor_rates(Dispositions(complete=answered, no_answer=invited - answered))


def test_the_bias_by_hand():
    """Means 20.25 and 9 of 24, 60 % silent: .6 * 46.875 = 28.125 points too high."""
    found = nonresponse_bias(0.4, sums_of(HIGH), sums_of(LOW), full=FULL)
    assert found.difference == pytest.approx(46.875)
    assert found.bias == pytest.approx(28.125)
    assert found.interval.lo < found.bias < found.interval.hi
    assert (found.n_answered, found.n_silent, found.matters) == (20, 20, True)


def test_a_small_bias_does_not_matter_and_a_large_uncertain_one_neither():
    small = nonresponse_bias(0.4, sums_of(HIGH), sums_of(CLOSE), full=FULL)
    assert abs(small.bias) < 3
    assert not small.matters
    vague = nonresponse_bias(0.4, sums_of([4, 24, 20]), sums_of([2, 22, 12]), full=FULL)
    assert (vague.bias > 3, vague.p > 0.10, vague.matters) == (True, True, False)


def test_the_satisfied_who_stay_silent_matter_too():
    found = nonresponse_bias(0.4, sums_of(LOW), sums_of(HIGH), full=FULL)
    assert (found.bias < -3, found.matters) == (True, True)


@given(values, values, st.floats(0, 1))
def test_the_fewer_are_silent_the_smaller_the_bias(answered, silent, rate):
    found = nonresponse_bias(rate, sums_of(answered), sums_of(silent), full=FULL)
    if isinstance(found, NonresponseBias):
        assert abs(found.bias) <= abs(found.difference) + 1e-9
        assert found.interval.lo <= found.bias <= found.interval.hi
        assert found.interval.lo >= -100
        assert found.interval.hi <= 100


@pytest.mark.parametrize(
    ("answered", "flagged"), [(29, True), (30, False)], ids=["29 of 100", "30 of 100"]
)
def test_a_low_rate_is_flagged_by_itself(answered, flagged):
    same = sums_of(HIGH)
    assert nonresponse(rates(answered, 100), same, same, full=FULL).is_flagged is flagged


def test_a_good_rate_is_flagged_if_the_silent_were_less_content_before():
    found = nonresponse(rates(70, 100), sums_of(HIGH), sums_of(LOW), full=FULL)
    assert (found.rates.is_low, found.bias.matters, found.is_flagged) == (False, True, True)
    assert found.bias.bias == pytest.approx(0.3 * 46.875)


def test_without_a_previous_wave_only_the_rate_speaks():
    nobody = Sums(0, 0, 0)
    found = nonresponse(rates(20, 100), nobody, nobody, full=FULL)
    assert (found.bias, found.is_flagged) == (TooFew(0, 2), True)
    assert nonresponse(aapor_rates(Dispositions()), nobody, nobody).bias == TooFew(0, 1)


def test_equal_answers_everywhere_have_no_test():
    same = sums_of([12, 12])
    assert nonresponse_bias(0.5, same, same, full=FULL) == NoFigure(4, Why.NO_SPREAD)


def test_an_impossible_rate_is_an_error():
    with pytest.raises(ValueError, match="response rate"):
        nonresponse_bias(1.1, sums_of(HIGH), sums_of(LOW))
