"""Answers counted: agreement to both sides of the middle, columns and lying bars."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import TooFew
from feedback.results.charts import Bars, Columns, agreement_bars, columns, nps_columns, option_bars
from feedback.results.charts.agreement import LEFT, RIGHT, shade
from feedback.results.charts.distribution import BAR_REACH, BASE, TOP

FEW = TooFew(2, 5)
counts = st.integers(0, 5_000)
scales = st.integers(2, 11).flatmap(
    lambda points: st.lists(
        st.lists(counts, min_size=points, max_size=points), min_size=1, max_size=6
    )
)


def test_neutral_answers_are_split_at_the_centre() -> None:
    chart = agreement_bars([("q", (2, 3, 4, 5, 6), 0)])
    (row,) = chart.rows
    assert row.steps[2].middle == pytest.approx(chart.centre, abs=0.02)
    assert (row.disagree, row.agree, row.n) == (5 / 20, 11 / 20, 20)


def test_without_a_neutral_point_the_centre_parts_disagree_from_agree() -> None:
    chart = agreement_bars([("q", (2, 3, 5, 6), 0)])
    assert chart.rows[0].steps[2].x == pytest.approx(chart.centre, abs=0.02)


def test_all_rows_have_one_centre_and_one_length() -> None:
    chart = agreement_bars([("q", (40, 0, 0, 0, 0), 0), ("r", (0, 0, 0, 0, 7), 0)])
    left, right = chart.rows
    assert (left.x_lo, left.x_hi) == (LEFT, chart.centre)
    assert (right.x_lo, right.x_hi) == (chart.centre, RIGHT)


def test_answers_that_all_agree_take_the_whole_width() -> None:
    (row,) = agreement_bars([("q", (0, 0, 0, 3, 4), 0)]).rows
    assert (row.x_lo, row.x_hi) == (LEFT, RIGHT)


@given(scales)
def test_steps_follow_each_other_within_the_bars_ground(rows: list[list[int]]) -> None:
    chart = agreement_bars([(str(at), each, 0) for at, each in enumerate(rows)])
    for row, given_counts in zip(chart.rows, rows, strict=True):
        assert (row.few is not None) == (not sum(given_counts))
        assert [step.count for step in row.steps] == [count for count in given_counts if count]
        at = row.x_lo
        for step in row.steps:
            assert step.x == pytest.approx(at, abs=0.02)
            at = step.x + step.width
        assert row.few or (LEFT - 0.02 <= row.x_lo < row.x_hi <= RIGHT + 0.02)


def test_too_few_answers_have_a_row_and_no_bar() -> None:
    few, nobody = agreement_bars([("q", FEW, 1), ("r", (0, 0, 0, 0, 0), 4)]).rows
    assert (few.steps, few.few, few.cannot_judge) == ((), FEW, 1)
    assert (nobody.steps, nobody.few, nobody.cannot_judge) == ((), TooFew(0, 1), 4)


def test_no_question_is_an_empty_chart() -> None:
    assert agreement_bars([]).rows == ()


def test_scales_of_different_length_do_not_mix() -> None:
    with pytest.raises(ValueError, match="different length"):
        agreement_bars([("q", (1, 2, 3), 0), ("r", (1, 2, 3, 4), 0)])


@pytest.mark.parametrize("points", range(2, 12))
def test_shades_rise_from_disagree_to_agree_on_scales_of_any_length(points: int) -> None:
    shades = [shade(at, points) for at in range(points)]
    assert shades == sorted(shades)
    assert (shades[0], shades[-1]) == (1, 5)
    assert [6 - each for each in reversed(shades)] == shades
    assert shades.count(3) == points % 2


def test_counts_stand_inside_only_where_they_fit() -> None:
    (row,) = agreement_bars([("q", (1, 0, 0, 0, 999), 0)]).rows
    assert [step.room for step in row.steps] == ["never", "always"]


def test_columns_begin_at_zero_and_the_highest_fills_the_height() -> None:
    chart = columns([("1", 0), ("2", 10), ("3", 5)])
    assert isinstance(chart, Columns)
    none, highest, half = chart.columns
    assert (none.y, none.height) == (BASE, 0)
    assert (highest.y, highest.height) == (TOP, BASE - TOP)
    assert half.height == (BASE - TOP) / 2
    assert [column.share for column in chart.columns] == [0, 2 / 3, 1 / 3]


def test_recommendations_are_grouped_as_nps_groups_them() -> None:
    chart = nps_columns([1, 1, 1, 1, 1, 1, 1, 2, 3, 4, 4])
    assert isinstance(chart, Columns)
    assert [(group.key, group.first, group.last, group.count) for group in chart.groups] == [
        ("detractors", "0", "6", 7),
        ("passives", "7", "8", 5),
        ("promoters", "9", "10", 8),
    ]
    assert [column.group for column in chart.columns[6:8]] == ["detractors", "passives"]
    assert sum(group.share for group in chart.groups) == pytest.approx(1)


@given(st.lists(counts, min_size=11, max_size=11))
def test_columns_stand_side_by_side_inside_the_chart(given_counts: list[int]) -> None:
    chart = nps_columns(given_counts)
    if isinstance(chart, TooFew):
        assert not any(given_counts)
        return
    right = 0.0
    for column in chart.columns:
        assert right < column.x < column.middle < column.x + column.width < 100
        assert TOP <= column.y <= BASE
        assert (column.height > 0) == (column.count > 0)
        right = column.x + column.width


def test_large_counts_stand_above_all_columns_or_above_none() -> None:
    few, many = nps_columns([3] * 11), nps_columns([3] * 10 + [120_000])
    assert isinstance(few, Columns)
    assert isinstance(many, Columns)
    assert (few.room, many.room) == ("always", "full")


def test_nobody_having_answered_is_too_few_and_no_row_of_zeros() -> None:
    assert nps_columns([0] * 11) == TooFew(0, 1)
    assert columns([]) == TooFew(0, 1)
    assert option_bars([("a", 0), ("b", 0)]) == TooFew(0, 1)
    assert option_bars([]) == TooFew(0, 1)


def test_counts_that_are_no_recommendations_are_refused() -> None:
    with pytest.raises(ValueError, match="not those of 0 to 10"):
        nps_columns([1] * 10)
    with pytest.raises(ValueError, match="do not cover"):
        columns([("1", 1)], [("low", 2)])


def test_shares_of_options_are_of_people_where_several_may_be_chosen() -> None:
    chart = option_bars([("a", 30), ("b", 15)], n=40)
    assert isinstance(chart, Bars)
    assert [(bar.share, bar.width) for bar in chart.rows] == [
        (30 / 40, BAR_REACH),
        (15 / 40, BAR_REACH / 2),
    ]


def test_options_nobody_chose_have_no_bar() -> None:
    chart = option_bars([("a", 0), ("b", 0)], n=3)
    assert isinstance(chart, Bars)
    assert [bar.width for bar in chart.rows] == [0, 0]
