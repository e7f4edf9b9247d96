"""Dots and bars: marks inside the chart and in the right order, whatever the figures."""

import doctest
import importlib
import json
import pkgutil
from dataclasses import asdict, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analytics.figures import TooFew
from feedback.analytics.gap import perception_gap
from feedback.analytics.intervals import Sums, mean_interval
from feedback.results import charts
from feedback.results.charts import (
    BAR_REACH,
    CENTRE,
    END,
    START,
    Dot,
    agreement_bars,
    dot_of,
    gap_rows,
    importance_performance,
    interval_dots,
    nps_columns,
    option_bars,
    paired_bars,
    place,
    share_bar,
    sparklines,
    trend,
    voices_over_time,
)
from feedback.results.voices import Split
from tests.builders.charts import a_score, an_importance, waves_of

counts = st.integers(0, 10_000)


@st.composite
def sums(draw: st.DrawFn) -> Sums:
    """Draw sums that some persons' values 0..24 can have."""
    values = draw(st.lists(st.integers(0, 24), min_size=1, max_size=30))
    return Sums(len(values), sum(values), sum(value * value for value in values))


def test_a_score_of_fifty_stands_in_the_middle() -> None:
    assert place(50) == 50.0


def test_scale_ends_are_named_and_stand_at_the_ends_of_the_axis() -> None:
    chart = interval_dots({"trust": TooFew(0, 1)})
    assert chart.ticks[0] == (0.0, START)
    assert chart.ticks[-1] == (100.0, END)


@given(st.lists(sums(), min_size=1, max_size=6))
def test_a_dot_lies_inside_its_interval_and_both_inside_the_axis(accounts: list[Sums]) -> None:
    figure = mean_interval(accounts, 0, 4, 0.2, full=24)
    assert not isinstance(figure, TooFew)
    dot = dot_of(figure, figure)
    assert isinstance(dot, Dot)
    assert START <= dot.x_lo <= dot.x <= dot.x_hi <= END
    assert dot.segment == dot.x


def test_too_few_has_a_row_and_no_dot() -> None:
    chart = interval_dots({"trust": TooFew(0, 1), "empathy": TooFew(0, 1)})
    assert [row.key for row in chart.rows] == ["trust", "empathy"]
    assert chart.rows[0].dot == TooFew(0, 1)


def test_too_few_to_compare_with_leaves_the_hollow_dot_out() -> None:
    (row,) = interval_dots({"trust": a_score(40)}, {"trust": TooFew(1, 5)}).rows
    assert isinstance(row.dot, Dot)
    assert row.dot.segment is None


@given(st.lists(st.tuples(st.sampled_from("abcde"), counts, counts, counts), max_size=6))
def test_bars_start_at_the_centre_and_leave_room_for_their_counts(
    rows: list[tuple[str, int, int, int]],
) -> None:
    chart = paired_bars(rows)
    for row in chart.rows:
        assert CENTRE - BAR_REACH <= row.left <= CENTRE
        assert abs(row.left + row.left_width - CENTRE) < 0.011
        assert 0 <= row.right_width <= BAR_REACH


def test_both_sides_of_the_bars_share_one_scale() -> None:
    row = paired_bars([("trust", 10, 3, 20)]).rows[0]
    assert (row.left_width, row.right_width, row.n) == (BAR_REACH / 2, BAR_REACH, 33)


def test_bars_without_comments_have_no_length() -> None:
    chart = paired_bars([("trust", 0, 0, 0)])
    assert (chart.rows[0].left_width, chart.rows[0].right_width) == (0.0, 0.0)
    assert not chart.spoken


@given(st.dictionaries(st.sampled_from("abcd"), counts))
def test_parts_of_a_whole_fill_the_bar_without_gap_or_overlap(by_key: dict[str, int]) -> None:
    parts = share_bar(by_key)
    assert [part.key for part in parts] == [key for key, count in by_key.items() if count]
    at = 0.0
    for part in parts:
        assert abs(part.x - at) < 0.011
        assert part.x <= part.middle <= part.x + part.width
        at = part.x + part.width
    assert not parts or abs(at - 100) < 0.011


def gap_of(own: float, client: float) -> object:
    """Lay out one dimension that own team and client judge so."""
    scores = a_score(own), a_score(client)
    return gap_rows([("trust", scores[1], scores[0], perception_gap(*scores))])


@pytest.mark.parametrize(
    "chart",
    [
        interval_dots({"trust": a_score(40), "empathy": TooFew(0, 1)}),
        paired_bars([("trust", 1, 2, 3)]),
        trend(waves_of(40, TooFew(2, 5), None, 60)),
        sparklines([waves_of(40, 60)])[0],
        voices_over_time([("Jan", Split(1, 0, 0, 2)), ("May", TooFew(1, 3)), ("Sep", None)]),
        agreement_bars([("q", (1, 2, 3, 4, 5), 1), ("r", TooFew(1, 3), 0)]),
        nps_columns(range(11)),
        option_bars([("a", 3), ("b", 0)]),
        importance_performance(
            [an_importance("a", 0.6, 70), an_importance("b", 0.4, 50)], {"a": "A", "b": "B"}
        ),
        gap_of(80, 60),
    ],
    ids=lambda chart: type(chart).__name__,
)
def test_every_chart_can_be_handed_on_as_plain_data(chart: object) -> None:
    """Whoever draws elsewhere, in a PDF say, takes the same positions."""
    assert is_dataclass(chart)
    assert not isinstance(chart, type)
    assert json.loads(json.dumps(asdict(chart)))


@pytest.mark.parametrize("name", [each.name for each in pkgutil.iter_modules(charts.__path__)])
def test_examples_in_docstrings_hold(name: str) -> None:
    module = importlib.import_module(f"{charts.__name__}.{name}")
    assert doctest.testmod(module).failed == 0
