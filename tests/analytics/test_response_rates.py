"""Response rates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import TooFew
from feedback.analytics.response_rates import Dispositions, aapor_rates

dispositions = st.builds(Dispositions, *[st.integers(0, 500)] * 8)


def test_the_rates_of_twelve_invitations():
    """rOpenSci outcomerate, README: RR1 .364, RR2 .545, RR3 .370, RR5 .444, RR6 .667."""
    rates = aapor_rates(Dispositions(4, 2, 1, 1, 1, 1, 1, 1), e=0.9)
    found = [round(rate, 3) for rate in (rates.rr1, rates.rr2, rates.rr3, rates.rr5, rates.rr6)]
    assert found == [0.364, 0.545, 0.370, 0.444, 0.667]
    # By hand: 4 of 8 reached persons answered fully, 1 of 11 refused, 8 of 11 were reached.
    assert (rates.coop1, rates.ref1, rates.con1) == (4 / 8, 1 / 11, 8 / 11)


def test_the_share_of_eligible_cases_is_estimated_from_those_that_are_known():
    rates = aapor_rates(Dispositions(complete=9, undeliverable=10, not_eligible=3))
    assert rates.e == 0.75
    assert rates.rr3 == 9 / (9 + 7.5)


def test_the_shown_rate_carries_its_interval_and_leaves_out_who_was_not_eligible():
    rates = aapor_rates(Dispositions(complete=60, partial=21, no_answer=182, not_eligible=40))
    assert rates.n == 263
    assert (rates.response.count, rates.response.share) == (81, rates.rr2)
    # Newcombe (1998) for 81 of 263.
    assert round(rates.response.interval.lo, 4) == 0.2553


def test_no_invitation_has_no_rate():
    rates = aapor_rates(Dispositions())
    nothing = TooFew(0, 1)
    assert (rates.n, rates.rr1, rates.rr3, rates.coop1, rates.response) == (0, *[nothing] * 4)
    assert not rates.is_low


def test_a_wave_that_only_bounced_has_a_rate_of_zero_but_no_cooperation_rate():
    rates = aapor_rates(Dispositions(undeliverable=5))
    assert (rates.rr2, rates.rr4, rates.e) == (0.0, 0.0, 1.0)
    assert (rates.rr6, rates.coop1) == (TooFew(0, 1), TooFew(0, 1))


def test_a_rate_is_low_below_thirty_percent():
    assert aapor_rates(Dispositions(complete=29, no_answer=71)).is_low
    assert not aapor_rates(Dispositions(complete=30, no_answer=70)).is_low


@given(dispositions)
def test_rates_are_shares_and_keep_their_order(counts):
    rates = aapor_rates(counts)
    for stricter, looser in (
        ("rr1", "rr2"),
        ("rr3", "rr4"),
        ("rr5", "rr6"),
        ("rr1", "rr3"),
        ("rr3", "rr5"),
    ):
        low, high = getattr(rates, stricter), getattr(rates, looser)
        if not isinstance(low, TooFew) and not isinstance(high, TooFew):
            assert 0 <= low <= high <= 1


def test_a_negative_count_or_an_impossible_eligibility_is_an_error():
    with pytest.raises(ValueError, match="negative"):
        Dispositions(refused=-1)
    with pytest.raises(ValueError, match="eligible"):
        aapor_rates(Dispositions(complete=1), e=1.5)
