"""The recommendation score and what may be shown of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import Method, NpsCounts, NpsFew, TooFew
from feedback.analytics.nps import (
    counts_from_answers,
    counts_from_histogram,
    nps_change_interval,
    nps_interval,
    shown_nps,
)

counts = st.builds(NpsCounts, *[st.integers(0, 300)] * 3).filter(lambda c: c.n > 0)


def mirrored(given_counts):
    return NpsCounts(given_counts.promoters, given_counts.passives, given_counts.detractors)


def test_six_is_a_detractor_seven_a_passive_and_nine_a_promoter():
    assert counts_from_answers(range(11)) == NpsCounts(detractors=7, passives=2, promoters=2)


@given(st.lists(st.integers(0, 10)))
def test_answers_and_their_histogram_give_the_same_counts(answers):
    histogram = [answers.count(point) for point in range(11)]
    found = counts_from_answers(answers)
    assert counts_from_histogram(histogram) == found
    assert found.n == len(answers)


@pytest.mark.parametrize("answer", [-1, 11])
def test_an_answer_off_the_scale_is_an_error(answer):
    with pytest.raises(ValueError, match="scale"):
        counts_from_answers([answer])


def test_a_histogram_of_another_scale_is_an_error():
    with pytest.raises(ValueError, match="11 counts"):
        counts_from_histogram([0] * 10)


def test_the_adjusted_wald_interval_of_rocks():
    """R package NPS (B. Rocks), nps_test_(): 31.746, se 9.411, 13.301 to 50.191."""
    found = nps_interval(NpsCounts(detractors=10, passives=20, promoters=30))
    assert found.nps == pytest.approx(100 / 3)
    assert found.adj_nps == pytest.approx(31.746, abs=5e-4)
    assert found.adj_se == pytest.approx(9.411, abs=5e-4)
    assert found.interval.lo == pytest.approx(13.301, abs=5e-4)
    assert found.interval.hi == pytest.approx(50.191, abs=5e-4)
    assert (found.n, found.method, found.conf) == (60, Method.ADJUSTED_WALD, 0.95)


def test_five_promoters_are_100_with_a_wide_interval_that_ends_there():
    """R package NPS: 17.491 to 107.509 before cutting."""
    found = nps_interval(NpsCounts(0, 0, 5))
    assert (found.nps, found.se_wald, found.interval.hi) == (100.0, 0.0, 100.0)
    assert found.interval.lo == pytest.approx(17.491, abs=5e-4)
    assert found.raw.hi == pytest.approx(107.509, abs=5e-4)


@given(counts)
def test_the_interval_stays_between_minus_100_and_100(given_counts):
    found = nps_interval(given_counts)
    assert -100 <= found.interval.lo < found.interval.hi <= 100
    assert -100 <= found.nps <= 100


@given(counts)
def test_swapping_promoters_and_detractors_mirrors_the_score(given_counts):
    one, other = nps_interval(given_counts), nps_interval(mirrored(given_counts))
    assert one.nps == -other.nps
    assert one.interval.lo == pytest.approx(-other.interval.hi, abs=1e-9)


@given(counts)
def test_a_passive_who_becomes_a_promoter_raises_the_score(given_counts):
    c = given_counts
    before = nps_interval(NpsCounts(c.detractors, c.passives + 1, c.promoters))
    after = nps_interval(NpsCounts(c.detractors, c.passives, c.promoters + 1))
    assert after.nps > before.nps
    assert after.adj_nps > before.adj_nps


def test_no_answers_have_no_score():
    nobody = NpsCounts(0, 0, 0)
    assert nps_interval(nobody) == TooFew(0, 1)
    assert shown_nps(nobody, 0) == TooFew(0, 1)
    assert nps_change_interval(nobody, NpsCounts(1, 2, 3)) == TooFew(0, 1)


def test_a_change_is_second_minus_first():
    """R package NPS, two-sample adjusted Wald: 4.349 apart, se 13.917, p .755."""
    found = nps_change_interval(NpsCounts(10, 20, 30), NpsCounts(20, 10, 40))
    assert found.diff_adj == pytest.approx(-4.349, abs=5e-4)
    assert found.se == pytest.approx(13.917, abs=5e-4)
    assert found.p == pytest.approx(0.755, abs=5e-4)
    assert (found.n_first, found.n_second) == (60, 70)


@given(counts, counts)
def test_turning_the_waves_round_turns_the_change_round(first, second):
    one, other = nps_change_interval(first, second), nps_change_interval(second, first)
    assert one.diff_adj == pytest.approx(-other.diff_adj)
    assert one.interval.lo == pytest.approx(-other.interval.hi)
    assert one.p == pytest.approx(other.p)
    assert 0 <= one.p <= 1


@given(counts, counts)
def test_a_change_is_significant_exactly_when_its_interval_excludes_zero(first, second):
    found = nps_change_interval(first, second)
    assert found.interval.contains(0) == (found.p >= 0.05)


def test_nine_answers_show_counts_and_mean_but_no_score():
    shown = shown_nps(NpsCounts(detractors=3, passives=3, promoters=3), points=63)
    assert shown == NpsFew(NpsCounts(3, 3, 3), 7.0, TooFew(9, 10))
    assert shown.n == 9


def test_ten_answers_show_the_score():
    assert shown_nps(NpsCounts(3, 3, 4), points=73) == nps_interval(NpsCounts(3, 3, 4))


@pytest.mark.parametrize("points", [15, 25])
def test_a_sum_that_the_counted_answers_cannot_have_is_an_error(points):
    with pytest.raises(ValueError, match="add up"):
        shown_nps(NpsCounts(1, 1, 1), points)
