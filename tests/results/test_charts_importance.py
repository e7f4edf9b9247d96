"""Importance, perception gaps and the words at points: nothing covers anything."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import Interval, TooFew
from feedback.analytics.gap import perception_gap
from feedback.results.charts import Importance, ImportanceChart, gap_rows, importance_performance
from feedback.results.charts.axis import TEXT, width_of
from feedback.results.charts.importance import BOTTOM, LEFT, RIGHT, TOP
from feedback.results.charts.labels import BEFORE, WIDTHS, Label, Spot, place_labels
from feedback.results.charts.perception import GapChart, GapFigure
from tests.builders.charts import a_score, an_importance

NAMES = {
    "trust": "Trust",
    "reliability": "Reliability",
    "responsiveness": "Responsiveness",
    "communication": "Two-way communication",
    "empathy": "Empathy",
}


def chart_of(*figures: Importance, mean: float | None = None) -> ImportanceChart:
    """Lay out an importance chart that there is."""
    chart = importance_performance(figures, NAMES, mean)
    assert chart is not None
    return chart


def five(*places: tuple[float, float], reach: float = 2) -> list[Importance]:
    """Make all five dimensions at these shares and means, with short intervals."""
    return [
        an_importance(key, share, mean, 0.02, reach)
        for key, (share, mean) in zip(NAMES, places, strict=True)
    ]


CLEAR = five((0.35, 85), (0.3, 50), (0.1, 55), (0.13, 80), (0.2, 70))


def test_places_say_what_to_do_and_none_where_an_interval_crosses_a_line() -> None:
    chart = chart_of(*CLEAR)
    assert [point.priority for point in chart.points] == [
        "keep",
        "improve",
        "watch",
        "leave",
        "unclear",
    ]
    assert (chart.line_share, chart.line_mean) == (1 / 5, 68)


def test_the_overall_mean_can_be_given() -> None:
    assert chart_of(*CLEAR, mean=60.0).line_mean == 60


def test_scales_hold_all_intervals_and_both_lines_and_end_at_fives() -> None:
    chart = chart_of(*CLEAR)
    assert (chart.share_low, chart.share_high) == (0.05, 0.4)
    assert (chart.mean_low, chart.mean_high) == (45, 90)
    assert chart_of(*CLEAR, mean=30).mean_low == 30
    for point in chart.points:
        assert LEFT <= point.x_lo <= point.x <= point.x_hi <= RIGHT
        assert TOP <= point.y_hi <= point.y <= point.y_lo <= BOTTOM


def test_extremes_stay_inside() -> None:
    chart = chart_of(an_importance("trust", 1.0, 100), an_importance("empathy", 0.0, 0))
    high, low = chart.points
    assert (high.x, high.y, low.x, low.y) == (RIGHT, TOP, LEFT, BOTTOM)


def test_nearly_equal_means_are_not_stretched_over_the_whole_height() -> None:
    chart = chart_of(
        an_importance("trust", 0.6, 71, reach=1), an_importance("empathy", 0.4, 72, reach=1)
    )
    assert chart.mean_high - chart.mean_low >= 10


def test_fewer_than_two_dimensions_are_no_comparison() -> None:
    assert importance_performance([], NAMES) is None
    assert importance_performance([an_importance("trust", 1.0, 70)], NAMES) is None


Box = tuple[float, float, float, float]


def box(spot: Spot, label: Label, width: int) -> Box:
    """Give left, right, top and bottom of the words at a point on a chart of so many pixels."""
    wide = width_of(label.text)
    left = spot.x * width / 100 + label.dx - BEFORE[label.anchor] * wide
    return left, left + wide, spot.y + label.dy - TEXT, spot.y + label.dy + 3


def covers(one: Box, other: Box) -> bool:
    """Say whether two boxes meet."""
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


@given(st.lists(st.tuples(st.floats(0.05, 0.35), st.floats(40, 90)), min_size=5, max_size=5))
def test_words_of_five_points_never_cover_each_other(places: list[tuple[float, float]]) -> None:
    chart = chart_of(*five(*places))
    spots = [Spot(point.label.text, point.x, point.y) for point in chart.points]
    for width in WIDTHS:
        boxes = [
            box(spot, point.label, width) for spot, point in zip(spots, chart.points, strict=True)
        ]
        assert not any(covers(one, other) for one, other in combinations(boxes, 2))


def test_words_of_five_points_at_one_place_do_not_cover_each_other() -> None:
    chart = chart_of(*five(*[(0.2, 70.0)] * 5))
    spot = Spot("", chart.points[0].x, chart.points[0].y)
    boxes = [box(spot, point.label, WIDTHS[0]) for point in chart.points]
    assert not any(covers(one, other) for one, other in combinations(boxes, 2))


def test_words_stand_beside_a_point_that_has_free_space() -> None:
    (label,) = place_labels([Spot("Trust", 50, 100)], (0, 100), (0, 200))
    assert (label.anchor, label.dx > 0) == ("start", True)


def test_words_at_the_edge_lean_inwards() -> None:
    (label,) = place_labels([Spot("Two-way communication", 98, 100)], (0, 100), (0, 200))
    assert label.anchor == "end"


def test_very_many_points_are_labelled_all_the_same() -> None:
    spots = [Spot(f"Point {at}", at * 7 % 100, at * 13 % 200) for at in range(30)]
    assert [label.text for label in place_labels(spots, (0, 100), (0, 200))] == [
        spot.text for spot in spots
    ]


def gaps(own: float, client: float, reach: float = 5) -> GapChart:
    """Lay out one dimension that own team and client judge so."""
    team, other = a_score(own, reach), a_score(client, reach)
    return gap_rows([("trust", other, team, perception_gap(team, other))])


@pytest.mark.parametrize(
    ("own", "client", "word"),
    [(85, 60, "blind_spot"), (60, 85, "hidden_strength"), (72, 70, "unclear")],
)
def test_a_gap_is_told_as_own_minus_client_with_its_word(
    own: float, client: float, word: str
) -> None:
    (row,) = gaps(own, client).rows
    assert isinstance(row.gap, GapFigure)
    assert (row.gap.gap, row.gap.word) == (own - client, word)
    assert row.gap.interval.contains(row.gap.gap)


def test_words_at_dots_near_the_ends_lean_inwards() -> None:
    (row,) = gaps(100, 0).rows
    assert (row.team_anchor, row.client_anchor) == ("end", "start")
    assert gaps(50, 50).rows[0].team_anchor == "middle"


def test_a_side_with_too_few_answers_has_neither_dot_nor_gap() -> None:
    few = TooFew(1, 2)
    (row,) = gap_rows([("trust", few, a_score(70), perception_gap(a_score(70), few))]).rows
    assert (row.client, row.gap) == (few, few)
    assert not isinstance(row.team, TooFew)


def test_intervals_are_kept_as_given() -> None:
    (first, _) = chart_of(an_importance("trust", 0.6, 70), an_importance("empathy", 0.4, 60)).points
    assert first.figure.interval == Interval(65, 75)
