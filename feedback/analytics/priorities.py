"""Where to work first: how much goes together with a dimension, against how well it is rated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from feedback.analytics.differences import Mean
from feedback.analytics.drivers import Driver, Drivers
from feedback.analytics.figures import Interval


class Side(StrEnum):
    """Where a figure stands to its line; between if its interval crosses the line."""

    BELOW = "below"
    ABOVE = "above"
    BETWEEN = "between"


class Priority(StrEnum):
    """What the place of a dimension suggests; unclear where a line is crossed."""

    IMPROVE = "improve"
    KEEP = "keep"
    WATCH = "watch"
    LEAVE = "leave"
    UNCLEAR = "unclear"


# (importance, rating) → what it suggests.
PRIORITIES: Mapping[tuple[Side, Side], Priority] = {
    (Side.ABOVE, Side.BELOW): Priority.IMPROVE,
    (Side.ABOVE, Side.ABOVE): Priority.KEEP,
    (Side.BELOW, Side.BELOW): Priority.WATCH,
    (Side.BELOW, Side.ABOVE): Priority.LEAVE,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One dimension: x is its share as a driver (0..1), y its mean score (0..100)."""

    driver: Driver
    mean: Mean
    importance: Side
    rating: Side

    @property
    def priority(self) -> Priority:
        """Improve: important and low; keep: important and high; watch, leave: not important."""
        return PRIORITIES.get((self.importance, self.rating), Priority.UNCLEAR)


@dataclass(frozen=True, slots=True)
class PriorityMap:
    """The places in the order of the drivers, and the two lines that divide them."""

    share_line: float
    mean_line: float
    places: tuple[Place, ...]


def importance_performance(drivers: Drivers, means: Mapping[str, Mean]) -> PriorityMap:
    """Place every driver by importance and rating (Martilla & James 1977, J Marketing 41(1):77).

    Lines: the share each would have if all k were equal, 1/k, and the mean over the dimensions'
    means. Takes `Drivers`, so there is none where the driver analysis was refused. KeyError for a
    driver without mean.
    """
    rated = [(driver, means[driver.name]) for driver in drivers.drivers]
    share_line = 1 / len(rated)
    mean_line = fsum(mean.mean for _, mean in rated) / len(rated)
    places = tuple(
        Place(driver, mean, side(driver.interval, share_line), side(mean.interval, mean_line))
        for driver, mean in rated
    )
    return PriorityMap(share_line, mean_line, places)


def side(limits: Interval, line: float) -> Side:
    """Say on which side of a line an interval lies.

    >>> side(Interval(60.0, 70.0), 75.0).value, side(Interval(70.0, 80.0), 75.0).value
    ('below', 'between')
    """
    if limits.contains(line):
        return Side.BETWEEN
    return Side.BELOW if limits.hi < line else Side.ABOVE
