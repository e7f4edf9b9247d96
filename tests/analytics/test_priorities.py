"""Importance against rating."""

import pytest

from feedback.analytics.drivers import Driver, Drivers
from feedback.analytics.figures import AccountMean, Dispersion, Interval
from feedback.analytics.priorities import Priority, Side, importance_performance, side


def a_mean(mean, lo, hi):
    return AccountMean(40, mean, Interval(lo, hi), Dispersion(0.1, 0.1, 30), 2.0, 0.95)


def a_driver(name, share, lo, hi):
    return Driver(name, share, Interval(lo, hi), 0.2, 0.5, 2.0)


def drivers_of(*drivers):
    limits = Interval(0.3, 0.5)
    return Drivers(300, 60, 1.0, 0.4, limits, 40.0, 0.0, drivers, ("a",), "a", False, 1000, 0.95)


def test_each_dimension_has_its_place():
    """Lines: 1/5 and (60+90+60+90+75)/5 = 75."""
    drivers = drivers_of(
        a_driver("a", 0.35, 0.25, 0.45),
        a_driver("b", 0.30, 0.22, 0.40),
        a_driver("c", 0.10, 0.05, 0.15),
        a_driver("d", 0.08, 0.02, 0.14),
        a_driver("e", 0.17, 0.10, 0.24),
    )
    low, high, middle = a_mean(60.0, 55.0, 65.0), a_mean(90.0, 85.0, 93.0), a_mean(75.0, 70.0, 80.0)
    means = {"a": low, "b": high, "c": low, "d": high, "e": middle}
    found = importance_performance(drivers, means)
    assert (found.share_line, found.mean_line) == (0.2, 75.0)
    assert [place.priority for place in found.places] == [
        Priority.IMPROVE,
        Priority.KEEP,
        Priority.WATCH,
        Priority.LEAVE,
        Priority.UNCLEAR,
    ]
    assert (found.places[4].importance, found.places[4].rating) == (Side.BETWEEN, Side.BETWEEN)


def test_one_crossed_line_is_enough_to_be_unclear():
    drivers = drivers_of(a_driver("a", 0.7, 0.6, 0.8), a_driver("b", 0.3, 0.2, 0.4))
    means = {"a": a_mean(70.0, 60.0, 80.0), "b": a_mean(74.0, 73.0, 75.0)}
    found = importance_performance(drivers, means)
    first, second = found.places
    assert (first.importance, first.rating, first.priority) == (
        Side.ABOVE,
        Side.BETWEEN,
        Priority.UNCLEAR,
    )
    assert (second.importance, second.rating, second.priority) == (
        Side.BELOW,
        Side.ABOVE,
        Priority.LEAVE,
    )


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Interval(1.0, 2.0), Side.BELOW),
        (Interval(1.0, 3.0), Side.BETWEEN),
        (Interval(3.0, 4.0), Side.BETWEEN),
        (Interval(4.0, 5.0), Side.ABOVE),
    ],
)
def test_an_interval_that_touches_the_line_is_between(limits, expected):
    assert side(limits, 3.0) is expected


def test_a_driver_without_mean_is_an_error():
    with pytest.raises(KeyError, match="a"):
        importance_performance(drivers_of(a_driver("a", 1.0, 1.0, 1.0)), {})
