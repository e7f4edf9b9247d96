"""Which statements are made of the figures, and in which order."""

from feedback.analytics.figures import (
    Interval,
    NpsCounts,
    NpsFew,
    RollupMean,
    TooFew,
)
from feedback.analytics.nps import nps_interval
from feedback.analytics.response_rates import Dispositions, aapor_rates
from feedback.results.summary import Statement, statements
from feedback.results.tallies import Score
from feedback.results.voices import DimensionVoice, Split

NO_RATES = aapor_rates(Dispositions())


def a_score(mean: float, half: float = 2) -> RollupMean:
    """Make a score of ten organisations with so wide an interval."""
    limits = Interval(mean - half, mean + half)
    return RollupMean(40, 10, mean, 1.0, 9, limits, 0.95)


def told(**given: Score) -> dict[str, Statement]:
    """Return the statements about scores alone, by code."""
    scores = {"index": a_score(74)} | given
    none = TooFew(0, 1)
    return {s.code: s for s in statements(scores, none, NO_RATES, Split(), [])}


def test_the_index_comes_first_with_its_interval_and_n() -> None:
    found = statements({"index": a_score(74)}, TooFew(0, 1), NO_RATES, Split(), [])
    assert found == [Statement("index", {"value": 74, "lo": 72, "hi": 76, "n": 40, "accounts": 10})]


def test_a_dimension_whose_interval_lies_below_is_called_weakest() -> None:
    found = told(trust=a_score(80), responsiveness=a_score(64))
    assert found["weakest"].params["dimension"] == "responsiveness"
    assert found["weakest"].params["strongest"] == "trust"


def test_no_dimension_is_called_weakest_within_the_uncertainty() -> None:
    found = told(trust=a_score(75, half=6), responsiveness=a_score(70, half=6))
    assert "weakest" not in found
    assert found["none_stands_out"].params["dimension"] == "responsiveness"


def test_a_dimension_without_answers_is_not_compared() -> None:
    assert "none_stands_out" not in told(trust=a_score(75), empathy=TooFew(0, 1))


def test_too_few_for_an_index_says_how_many_are_missing() -> None:
    assert told(index=TooFew(0, 1))["index_too_few"].params == {"missing": 1}


def test_below_ten_answers_there_are_counts_and_no_nps() -> None:
    few = NpsFew(NpsCounts(1, 1, 2), 7.5, TooFew(4, 10))
    found = statements({"index": TooFew(0, 1)}, few, NO_RATES, Split(), [])
    assert found[1] == Statement(
        "nps_too_few", {"n": 4, "missing": 6, "promoters": 2, "detractors": 1}
    )


def test_from_ten_answers_the_nps_is_told_with_its_limits() -> None:
    figure = nps_interval(NpsCounts(10, 20, 30))
    found = statements({"index": TooFew(0, 1)}, figure, NO_RATES, Split(), [])
    assert (found[1].code, round(found[1].params["lo"], 1)) == ("nps", 13.3)


def test_comments_that_wait_are_told_apart_from_analysed_ones() -> None:
    split = Split(positive=3, negative=1, waiting=2)
    found = statements({"index": TooFew(0, 1)}, TooFew(0, 1), NO_RATES, split, [])
    assert found[1].params == {"n": 4, "positive": 3, "negative": 1, "mixed": 0}
    assert found[2] == Statement("comments_waiting", {"n": 2})


def test_the_dimension_criticised_most_needs_enough_comments() -> None:
    voices = [DimensionVoice("trust", 4, 0, 0), DimensionVoice("empathy", 2, 1, 4)]
    found = statements({"index": TooFew(0, 1)}, TooFew(0, 1), NO_RATES, Split(), voices)
    assert found[1] == Statement("criticised", {"dimension": "empathy", "negative": 2, "n": 7})


def test_a_low_response_rate_warns() -> None:
    rates = aapor_rates(Dispositions(complete=2, no_answer=8))
    found = statements({"index": TooFew(0, 1)}, TooFew(0, 1), rates, Split(), [])
    assert found[-1] == Statement("response_low", {"share": 0.2, "n": 10})
