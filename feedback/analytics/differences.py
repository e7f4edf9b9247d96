"""Differences of two shares or two mean scores whose intervals need not be symmetric."""

from __future__ import annotations

import math
from dataclasses import dataclass

from feedback.analytics.figures import (
    AccountMean,
    Interval,
    Method,
    RollupMean,
    Share,
    TooFew,
)
from feedback.analytics.intervals import wilson_interval

Mean = AccountMean | RollupMean


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """First minus second share, -1..1, with its interval; for a change give the later one first."""

    n_first: int
    n_second: int
    diff: float
    interval: Interval
    conf: float
    method: Method = Method.NEWCOMBE


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """First minus second mean score in points, -100..100, with its interval."""

    n_first: int
    n_second: int
    diff: float
    interval: Interval
    conf: float
    method: Method = Method.MOVER

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes 0; only then is a difference worth a word."""
        return not self.interval.contains(0.0)


def mover(first: float, first_limits: Interval, second: float, second_limits: Interval) -> Interval:
    """Give the interval of first minus second from the intervals of both, taken as independent.

    d - sqrt((m1-l1)^2+(u2-m2)^2) and d + sqrt((u1-m1)^2+(m2-l2)^2): Newcombe's rule for any two
    estimates (Zou & Donner 2008, Stat Med 27:1693). Never leaves the range of the difference
    if the two intervals keep to theirs; wide where the two go together.

    >>> found = mover(60.0, Interval(50.0, 70.0), 40.0, Interval(30.0, 50.0))
    >>> round(found.lo, 1), round(found.hi, 1)
    (5.9, 34.1)
    """
    diff = first - second
    below = math.hypot(first - first_limits.lo, second_limits.hi - second)
    above = math.hypot(first_limits.hi - first, second - second_limits.lo)
    return Interval(diff - below, diff + above)


def newcombe_difference(
    count_first: int, n_first: int, count_second: int, n_second: int, conf: float = 0.95
) -> ShareDifference | TooFew:
    """Give the first minus the second share of two independent groups, with its interval.

    `mover` on the two Wilson intervals without continuity correction: Newcombe 1998, Stat Med
    17:873, method 10. An empty group gives TooFew; ValueError unless 0 <= count <= n.

    >>> found = newcombe_difference(56, 70, 48, 80)
    >>> round(found.diff, 2), round(found.interval.lo, 4), round(found.interval.hi, 4)
    (0.2, 0.0524, 0.3339)
    """
    first = wilson_interval(count_first, n_first, conf)
    second = wilson_interval(count_second, n_second, conf)
    if not isinstance(first, Share) or not isinstance(second, Share):
        return TooFew(0, 1)
    limits = mover(first.share, first.interval, second.share, second.interval)
    return ShareDifference(n_first, n_second, first.share - second.share, limits, conf)


def mean_difference(first: Mean, second: Mean) -> MeanDifference:
    """Give the first minus the second mean score, with the interval of `mover`.

    Serves own team against client, and two dimensions of one account: persons who answered both
    make the true interval narrower, so this one errs on the wide side. ValueError if the two
    were made at different confidence.
    """
    if first.conf != second.conf:
        raise ValueError(f"intervals of {first.conf} and {second.conf} cannot be combined")
    limits = mover(first.mean, first.interval, second.mean, second.interval)
    return MeanDifference(first.n, second.n, first.mean - second.mean, limits, first.conf)
