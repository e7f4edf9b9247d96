"""Figures over waves: where points, bands, gaps and words stand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import Interval, Nps, NpsCounts, NpsFew, TooFew
from feedback.results.charts import Gap, Measured, sparklines, trend, voices_over_time, wave_of
from feedback.results.charts.axis import NARROW, ROOMS, cut, ticks_of, width_of
from feedback.results.charts.trends import BOTTOM, LEFT, RIGHT, SPARK_BOTTOM, SPARK_TOP, TOP
from feedback.results.charts.voices import VoiceColumn
from feedback.results.charts.waves import holes_of, places
from feedback.results.voices import Split
from tests.builders.charts import a_score, waves_of

FEW = TooFew(2, 5)
values = st.one_of(st.floats(0, 100), st.none(), st.just(FEW))


def test_the_ends_of_the_scale_stand_at_the_ends_of_the_chart() -> None:
    chart = trend(waves_of(0, 100))
    first, last = chart.runs[0]
    assert (first.x, first.y) == (LEFT, BOTTOM)
    assert (last.x, last.y) == (RIGHT, TOP)
    assert chart.grid == ((0.0, BOTTOM), (50.0, (TOP + BOTTOM) / 2), (100.0, TOP))


def test_an_nps_of_zero_stands_half_way() -> None:
    wave = Measured("May", 0, -10, 10, 40)
    assert trend([wave], -100, 100).runs[0][0].y == (TOP + BOTTOM) / 2


def test_line_and_band_break_where_there_is_no_figure() -> None:
    chart = trend(waves_of(40, 50, FEW, 60, None, 70, 80))
    assert [[point.value for point in run] for run in chart.runs] == [[40, 50], [60], [70, 80]]
    assert [(hole.few, hole.count) for hole in chart.holes] == [(True, 1), (False, 1)]


def test_neighbouring_gaps_of_one_reason_are_one_place_for_words() -> None:
    chart = trend(waves_of(40, FEW, FEW, None, 60))
    assert [(hole.few, hole.count) for hole in chart.holes] == [(True, 2), (False, 1)]
    xs = places(5, LEFT, RIGHT)
    assert chart.holes[0].x == pytest.approx((xs[1] + xs[2]) / 2, abs=0.01)


def test_too_few_is_never_a_point_at_zero() -> None:
    chart = trend(waves_of(FEW, None))
    assert chart.runs == ()
    assert chart.last is None


def test_no_wave_at_all_is_an_empty_chart() -> None:
    chart = trend([])
    assert (chart.runs, chart.holes, chart.ticks, chart.last) == ((), (), (), None)


def test_one_wave_stands_in_the_middle_and_carries_its_value() -> None:
    chart = trend(waves_of(60))
    assert chart.last is not None
    assert chart.last.x == (LEFT + RIGHT) / 2
    assert chart.last_is_newest


def test_the_last_value_is_that_of_the_last_measured_wave() -> None:
    chart = trend(waves_of(40, 55, None))
    assert chart.last is not None
    assert chart.last.value == 55
    assert not chart.last_is_newest


@given(st.lists(values, max_size=14))
def test_points_keep_their_order_and_lie_between_their_limits(
    given_values: list[float | TooFew | None],
) -> None:
    chart = trend(waves_of(*given_values))
    points = [point for run in chart.runs for point in run]
    assert all(TOP <= point.y_hi <= point.y <= point.y_lo <= BOTTOM for point in points)
    assert all(left.x < right.x for left, right in pairwise(points))
    measured = sum(isinstance(value, float) for value in given_values)
    assert len(points) == measured
    assert measured + sum(hole.count for hole in chart.holes) == len(given_values)


@given(st.lists(st.text(max_size=30), max_size=40))
def test_words_under_an_axis_never_touch_on_any_width(labels: list[str]) -> None:
    ticks = ticks_of(labels, places(len(labels), LEFT, RIGHT))
    hidden_on = {room: set[str]() for room, _ in ROOMS}
    hidden_on["always"] = {"wide", "full"}
    hidden_on["wide"] = {"full"}
    for room, width in ROOMS:
        shown = [tick for tick in ticks if tick.room not in hidden_on[room]]
        spans = []
        for tick in shown:
            before = {"start": 0, "middle": 0.5, "end": 1}[tick.anchor] * width_of(tick.text)
            left = tick.x * width / 100 - before
            spans.append((left, left + width_of(tick.text)))
        assert all(left[1] < right[0] for left, right in pairwise(spans))
    if labels:
        assert ticks[-1].text == cut(labels[-1])
        assert ticks[-1].room == "always"


def test_a_wide_chart_names_more_waves_than_a_phone() -> None:
    labels = [f"Apr 20{at:02}" for at in range(12)]
    rooms = [tick.room for tick in ticks_of(labels, places(12, LEFT, RIGHT))]
    assert len(rooms) > rooms.count("always") >= 2


def test_words_of_a_gap_have_no_more_room_than_up_to_its_neighbours() -> None:
    (alone,) = holes_of([True, FEW, True], [10, 50, 90])
    (narrow,) = holes_of([True, FEW, True], [10, 50, 90], reach=10)
    beside = holes_of([FEW, None], [30, 70])
    assert alone.room == 0.8 * NARROW - 16
    assert narrow.room == 0.6 * NARROW - 16
    assert [hole.room for hole in beside] == [0.4 * NARROW - 16] * 2


def test_waves_are_made_of_every_kind_of_figure() -> None:
    few = NpsFew(NpsCounts(1, 1, 1), 7.0, TooFew(3, 10))
    limits = Interval(-5.0, 45.0)
    nps = Nps(40, NpsCounts(8, 16, 16), 20, 12, 19, 12, limits, limits, 0.95)
    assert wave_of("May", a_score(60, 10)) == Measured("May", 60, 50, 70, 12)
    assert wave_of("May", nps) == Measured("May", 20, -5, 45, 40)
    assert wave_of("May", few) == Gap("May", TooFew(3, 10))
    assert wave_of("May", None) == Gap("May")


def test_small_trends_of_a_table_share_one_scale_in_tens() -> None:
    lines = sparklines([waves_of(42, 55), waves_of(88), waves_of(None, FEW)])
    assert {(line.low, line.high) for line in lines} == {(40, 90)}
    assert [line.last.value if line.last else None for line in lines] == [55, 88, None]


def test_small_trends_hide_no_noise_behind_a_stretched_scale() -> None:
    assert (sparklines([waves_of(71, 72)])[0].low, sparklines([waves_of(71, 72)])[0].high) == (
        60,
        90,
    )
    for values, ends in (((99, 100), (80, 100)), ((2,), (0, 20)), ((None,), (0, 100))):
        (line,) = sparklines([waves_of(*values)])
        assert (line.low, line.high) == ends


def test_small_trends_of_different_length_end_at_the_same_wave() -> None:
    long, short = sparklines([waves_of(40, 50, 60), waves_of(70)])
    assert long.last is not None
    assert short.last is not None
    assert long.last.x == short.last.x
    assert all(
        SPARK_TOP <= point.y_hi <= point.y_lo <= SPARK_BOTTOM for run in long.runs for point in run
    )


def columns_of(*splits: Split | TooFew | None) -> tuple[VoiceColumn, ...]:
    """Lay out the comments of so many waves."""
    return voices_over_time([("May", split) for split in splits]).columns


def test_praise_stands_on_the_line_and_criticism_hangs_from_it() -> None:
    chart = voices_over_time([("May", Split(positive=6, negative=3))])
    (column,) = chart.columns
    assert column.up_y + column.up == pytest.approx(chart.line)
    assert column.up == pytest.approx(2 * column.down, abs=0.02)


def test_all_waves_of_comments_share_one_scale() -> None:
    small, large = columns_of(Split(positive=1, negative=2), Split(positive=10, negative=0))
    assert large.up == pytest.approx(10 * small.up, abs=0.1)
    assert large.down == 0


def test_waves_without_comments_to_show_are_holes() -> None:
    chart = voices_over_time([("Jan", TooFew(1, 3)), ("May", None), ("Sep", Split(positive=1))])
    assert [hole.few for hole in chart.holes] == [True, False]
    assert [column.label for column in chart.columns] == ["Sep"]


def test_comments_that_take_no_side_have_no_columns_height() -> None:
    (column,) = columns_of(Split(neutral=4, mixed=2))
    assert (column.up, column.down) == (0, 0)
    assert voices_over_time([]).columns == ()
