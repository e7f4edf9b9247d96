"""Person integers, and means of them."""

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import MeanSd, TooFew
from feedback.analytics.scores import (
    DIMENSION,
    INDEX,
    ITEM,
    VALUE,
    Completeness,
    completeness,
    dimension_score,
    dimension_value,
    index_value,
    is_favourable,
    is_low_effort,
    item_value,
    mean_sd_from_sums,
    person_values,
    score_of,
)

answers = st.none() | st.integers(0, 4)
dimension_items = st.lists(answers, min_size=1, max_size=3)
valid_dimensions = st.lists(st.integers(0, 24), min_size=4, max_size=5)


def answered(items):
    return [u for u in items if u is not None]


@given(dimension_items)
def test_a_dimension_is_valid_exactly_when_half_of_its_items_are_answered(items):
    valid = not isinstance(dimension_value(items), TooFew)
    assert valid == (len(answered(items)) * 2 >= len(items) and len(answered(items)) > 0)


@given(dimension_items)
def test_a_dimension_integer_is_the_mean_of_its_answered_items_exactly(items):
    found = dimension_value(items)
    if isinstance(found, TooFew):
        assert found.n == len(answered(items))
        return
    assert type(found) is int
    mean = Fraction(sum(answered(items)), len(answered(items)))
    assert Fraction(found, DIMENSION.full) == mean / 4
    assert score_of(found, DIMENSION) == pytest.approx(100 * float(mean) / 4, abs=1e-12)


@given(dimension_items, st.randoms(use_true_random=False))
def test_the_order_of_the_items_does_not_change_a_dimension(items, random):
    shuffled = list(items)
    random.shuffle(shuffled)
    assert dimension_value(shuffled) == dimension_value(items)


@given(dimension_items.filter(lambda items: all(u != 4 for u in items)))
def test_one_point_more_on_an_item_never_lowers_a_dimension(items):
    before = dimension_value(items)
    for place, u in enumerate(items):
        if u is not None and not isinstance(before, TooFew):
            assert dimension_value([*items[:place], u + 1, *items[place + 1 :]]) > before


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([None, None], TooFew(0, 1)),
        ([4, None], 24),
        ([0, None], 0),
        ([4, None, None], TooFew(1, 2)),
        ([4, 3, None], 21),
        ([4, 3, 3], 20),
        ([None], TooFew(0, 1)),
        ([], TooFew(0, 1)),
    ],
)
def test_the_half_rule_by_hand(items, expected):
    assert dimension_value(items) == expected


@pytest.mark.parametrize("items", [[5], [-1, 2], [1, 1, 1, 1]])
def test_an_impossible_item_or_a_fourth_one_is_an_error(items):
    with pytest.raises(ValueError, match=r"between|at most"):
        dimension_value(items)


@given(valid_dimensions)
def test_the_index_is_the_unweighted_mean_of_the_dimensions_exactly(dimensions):
    found = index_value(dimensions)
    assert type(found) is int
    assert 0 <= found <= INDEX.full == 480
    assert Fraction(found, 480) == Fraction(sum(dimensions), 24 * len(dimensions))
    assert index_value(dimensions[::-1]) == found


def test_three_valid_dimensions_give_no_index():
    assert index_value([24, 24, 24]) == TooFew(3, 4)


def test_a_sixth_dimension_is_an_error():
    with pytest.raises(ValueError, match="5 dimensions"):
        index_value([12] * 6)


def test_a_person_is_scored_on_every_measure_that_has_enough_answers():
    found = person_values(
        {
            "trust": [4, 4, None],
            "reliability": [3, 3],
            "responsiveness": [None, 2],
            "communication": [1, 2],
            "empathy": [None, None],
        },
        value=[4, 3, 2],
        csat=3,
        ces=None,
    )
    # By hand: D = 24, 18, 12, 9; X = 5 * 63; value = 2 * 9.
    assert found == {
        "trust": 24,
        "reliability": 18,
        "responsiveness": 12,
        "communication": 9,
        "index": 315,
        "value": 18,
        "csat": 3,
    }


def test_a_person_who_could_judge_nothing_has_no_score_rather_than_zero():
    nothing = person_values({"trust": [None] * 3, "empathy": [None, None]}, value=[None] * 3)
    assert nothing == {}


@pytest.mark.parametrize(("csat", "ces"), [(5, None), (None, -1)])
def test_a_single_answer_off_the_scale_is_an_error(csat, ces):
    with pytest.raises(ValueError, match="between 0 and 4"):
        person_values({}, csat=csat, ces=ces)


@pytest.mark.parametrize(
    ("x", "points", "reverse", "u"),
    [(1, 5, False, 0), (5, 5, False, 4), (1, 5, True, 4), (5, 5, True, 0), (2, 7, True, 5)],
)
def test_a_reversed_item_counts_from_the_other_end(x, points, reverse, u):
    assert item_value(x, points, reverse=reverse) == u


@pytest.mark.parametrize("x", [0, 6])
def test_a_point_that_is_not_on_the_scale_is_an_error(x):
    with pytest.raises(ValueError, match="not on a scale"):
        item_value(x)


@pytest.mark.parametrize("scale", [DIMENSION, VALUE, INDEX, ITEM])
def test_favourable_starts_at_a_score_of_exactly_75(scale):
    for value in range(scale.full + 1):
        assert is_favourable(value, scale) == (Fraction(value, scale.full) >= Fraction(3, 4))


@given(st.lists(st.none() | st.integers(1, 5), min_size=1, max_size=3))
def test_the_general_dimension_score_agrees_with_the_person_integer(x):
    exact = dimension_value([None if point is None else point - 1 for point in x])
    general = dimension_score(x, 5)
    if isinstance(exact, TooFew):
        assert general == exact
    else:
        assert general == pytest.approx(score_of(exact, DIMENSION), abs=1e-12)


def test_reverse_marks_must_match_the_items():
    with pytest.raises(ValueError, match="zip"):
        dimension_score([1, 2, 3], 5, reverse=[True])


@pytest.mark.parametrize(
    ("count", "asked", "expected"),
    [
        (17, 17, Completeness.COMPLETE),
        (14, 17, Completeness.COMPLETE),
        (13, 17, Completeness.PARTIAL),
        (9, 17, Completeness.PARTIAL),
        (8, 17, Completeness.BREAK_OFF),
        (8, 10, Completeness.COMPLETE),
        (5, 10, Completeness.PARTIAL),
        (4, 10, Completeness.BREAK_OFF),
        (0, 1, Completeness.BREAK_OFF),
        (0, 0, Completeness.COMPLETE),
    ],
)
def test_completeness_turns_at_80_and_at_50_percent(count, asked, expected):
    assert completeness(count, asked) is expected


@pytest.mark.parametrize(("count", "asked"), [(2, 1), (-1, 3)])
def test_more_answers_than_questions_is_an_error(count, asked):
    with pytest.raises(ValueError, match="questions"):
        completeness(count, asked)


@pytest.mark.parametrize(
    ("core", "seconds", "flagged"),
    [
        ([4] * 11, 29.9, True),
        ([4] * 11, 30.0, False),
        ([4] * 11, None, False),
        ([4] * 10 + [3], 5.0, False),
        ([4] * 10 + [None], 5.0, False),
        ([None] * 11, 5.0, False),
        ([4], 5.0, False),
        ([], 5.0, False),
    ],
)
def test_low_effort_is_eleven_equal_answers_in_under_thirty_seconds(core, seconds, flagged):
    assert is_low_effort(core, seconds) is flagged


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=30))
def test_mean_and_sd_from_integer_sums_agree_with_the_values_themselves(values):
    found = mean_sd_from_sums(len(values), sum(values), sum(v * v for v in values))
    assert found.mean == pytest.approx(statistics.mean(values), rel=1e-12)
    assert found.sd == pytest.approx(statistics.stdev(values), rel=1e-9)


def test_sums_keep_the_digits_that_float_sums_lose():
    """Longley's point, on NIST NumAcc1 moved up by 10^15: certified sd 1."""
    values = [10**15 + 1, 10**15 + 3, 10**15 + 2]
    found = mean_sd_from_sums(3, sum(values), sum(v * v for v in values))
    assert found == MeanSd(3, 10**15 + 2, 1.0)


def test_no_value_has_no_mean_and_one_value_no_sd():
    assert mean_sd_from_sums(0, 0, 0) == TooFew(0, 1)
    assert mean_sd_from_sums(1, 7, 49) == MeanSd(1, 7.0, TooFew(1, 2))


def test_impossible_sums_are_an_error():
    with pytest.raises(ValueError, match="too small"):
        mean_sd_from_sums(2, 10, 49)
