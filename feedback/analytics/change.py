"""Whether a group of many persons changed, where some answered in both waves and some in one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from feedback.analytics.figures import Change, Interval, Method, NoFigure, TooFew, Why
from feedback.analytics.intervals import Sums
from feedback.analytics.quantiles import t_p, t_quantile

# Below this a group's own variances are too uncertain; accounts borrow theirs (account_changes).
OWN_VARIANCE_FROM = 10
# Rounding leaves this much of a variance that is truly 0.
NOTHING = 1e-12


class PairSums(NamedTuple):
    """Persons who answered in both waves: sums, squares and products of first and second value."""

    n: int
    s1: float
    s2: float
    q1: float
    q2: float
    p: float


@dataclass(frozen=True, slots=True)
class OverlapT:
    """First minus second mean with the t test of partially overlapping samples."""

    n_first: int
    n_second: int
    pairs: int
    diff: float
    se: float
    t: float
    df: float
    p: float
    interval: Interval
    conf: float
    method: Method


def pair_sums(first: Sequence[float], second: Sequence[float]) -> PairSums:
    """Add up the values of persons who answered twice, in the same order in both lists.

    >>> pair_sums([1, 2], [3, 5])
    PairSums(n=2, s1=3, s2=8, q1=5, q2=34, p=13)
    """
    both = list(zip(first, second, strict=True))
    return PairSums(
        len(both),
        sum(first),
        sum(second),
        sum(a * a for a in first),
        sum(b * b for b in second),
        sum(a * b for a, b in both),
    )


def overlap_t(
    first: Sums,
    second: Sums,
    pairs: PairSums,
    *,
    full: float = 100,
    var_equal: bool = False,
    conf: float = 0.95,
) -> OverlapT | TooFew | NoFigure:
    """Give the first minus the second mean (100*s1/(n*full)) with its t test and interval.

    `first` and `second` hold everybody of a wave, `pairs` those of both. With n1, n2 and n_c
    pairs of correlation r (0 below two pairs or without spread), and u = n1 + n2 - 2*n_c:
    se^2 = S1^2/n1 + S2^2/n2 - 2*r*S1*S2*n_c/(n1*n2), df = n_c - 1 + u*(g - n_c + 1)/(u + 2*n_c)
    with g = Welch's df; equal variances pool S and take g = n1 + n2 - 2. It is the paired t test
    if all answered twice and Welch's (Student's) if none did. Derrick, Russ, Toher & White 2017,
    J Mod Appl Stat Meth 16(1):137. Fewer than two persons in a wave give TooFew; NoFigure if
    nothing varies. ValueError for more pairs than persons.

    >>> first, second = [14, 15, 18, 20], [15, 10, 15, 17]
    >>> everyone = [Sums(4, sum(x), sum(v * v for v in x)) for x in (first, second)]
    >>> found = overlap_t(*everyone, pair_sums(first, second))
    >>> found.diff, found.df, round(found.t, 3)
    (2.5, 3.0, 1.987)
    """
    least = min(first.n, second.n)
    if not 0 <= pairs.n <= least:
        raise ValueError(f"{pairs.n} pairs among {first.n} and {second.n} persons")
    if least < 2:
        return TooFew(least, 2)
    variance, df = _variance_and_df(first, second, pairs, var_equal)
    if variance == 0:
        return NoFigure(first.n + second.n - pairs.n, Why.NO_SPREAD)
    diff = 100 / full * (float(first.s1) / first.n - float(second.s1) / second.n)
    se = 100 / full * math.sqrt(variance)
    half = t_quantile(conf, df) * se
    limits = Interval(diff - half, diff + half)
    t, method = diff / se, Method.OVERLAP_T if pairs.n else Method.WELCH_T
    return OverlapT(first.n, second.n, pairs.n, diff, se, t, df, t_p(t, df), limits, conf, method)


def group_change(
    first: Sums, second: Sums, pairs: PairSums, *, full: float = 100, conf: float = 0.95
) -> Change | TooFew | NoFigure:
    """Give the second minus the first mean score of a group with its own variances.

    `overlap_t` with unequal variances. Needs ten persons per wave: below that TooFew, and
    `account_changes` is the way.
    """
    least = min(first.n, second.n)
    if least < OWN_VARIANCE_FROM:
        return TooFew(least, OWN_VARIANCE_FROM)
    # Pairs count by their correlation alone, which is the same either way round.
    found = overlap_t(second, first, pairs, full=full, conf=conf)
    if not isinstance(found, OverlapT):
        return found
    limits = clip_change(found.interval)
    return Change(
        first.n, second.n, found.diff, found.se, found.df, limits, found.p, conf, found.method
    )


def clip_change(limits: Interval) -> Interval:
    """Cut an interval to what a score of 0..100 can change by, -100..100."""
    return Interval(max(-100.0, limits.lo), min(100.0, limits.hi))


def _variance_and_df(
    first: Sums, second: Sums, pairs: PairSums, var_equal: bool
) -> tuple[float, float]:
    n1, n2 = first.n, second.n
    v1, v2 = _variance(first), _variance(second)
    welch = _welch_df(v1, n1, v2, n2)
    if var_equal:
        v1 = v2 = ((n1 - 1) * v1 + (n2 - 1) * v2) / (n1 + n2 - 2)
        welch = n1 + n2 - 2
    apart = v1 / n1 + v2 / n2
    variance = apart - 2 * _correlation(pairs) * math.sqrt(v1 * v2) * pairs.n / (n1 * n2)
    df = pairs.n - 1 + (n1 + n2 - 2 * pairs.n) * (welch - pairs.n + 1) / (n1 + n2)
    return (variance if variance > NOTHING * apart else 0.0), df


def _variance(sums: Sums) -> float:
    n, s1, s2 = sums
    return max(0.0, float(n * s2 - s1 * s1) / (n * (n - 1)))


def _welch_df(v1: float, n1: int, v2: float, n2: int) -> float:
    if v1 == v2 == 0:
        return n1 + n2 - 2
    parts = (v1 / n1) ** 2 / (n1 - 1) + (v2 / n2) ** 2 / (n2 - 1)
    return (v1 / n1 + v2 / n2) ** 2 / parts


def _correlation(pairs: PairSums) -> float:
    n, s1, s2, q1, q2, p = pairs
    spread1, spread2 = float(n * q1 - s1 * s1), float(n * q2 - s2 * s2)
    if n < 2 or spread1 <= 0 or spread2 <= 0:
        return 0.0
    return float(n * p - s1 * s2) / math.sqrt(spread1 * spread2)
