"""Whether many accounts together changed, and whether an account has a direction over waves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from feedback.analytics.change import clip_change
from feedback.analytics.display import NPS_NUMBER_FROM
from feedback.analytics.figures import (
    Change,
    Direction,
    Interval,
    Method,
    NoFigure,
    NpsChange,
    NpsCounts,
    TooFew,
    Why,
    direction_of,
)
from feedback.analytics.intervals import Sums
from feedback.analytics.nps import nps_change_interval, total_counts
from feedback.analytics.quantiles import normal_p, normal_quantile, t_p, t_quantile

TREND_FROM = 10
WAVES_FROM = 3

Weights = tuple[Sequence[float], Sequence[float]]


@dataclass(frozen=True, slots=True)
class ClusterChange:
    """Second minus first weighted mean over the accounts of either wave, in points."""

    n_first: int
    n_second: int
    accounts: int
    change: float
    se: float
    df: int


@dataclass(frozen=True, slots=True)
class Slope:
    """Points per unit of time over `waves` waves; `p` is two-sided and normal."""

    waves: int
    slope: float
    se: float
    z: float
    p: float
    interval: Interval
    conf: float
    method: Method = Method.KNOWN_VARIANCE

    @property
    def direction(self) -> Direction:
        """The word on a page about this one account."""
        return direction_of(self.slope, self.p < 1 - self.conf)


def cluster_change(
    first: Sequence[Sums],
    second: Sequence[Sums],
    weights: Weights | None = None,
    *,
    full: float = 100,
) -> ClusterChange | TooFew:
    """Give M2 - M1 with a se that knows which accounts and persons are in both waves.

    M = sum(w*m)/W per wave with m = 100*s1/(n*full); z_g = w2(m2-M2)/W2 - w1(m1-M1)/W1 over
    the union of accounts (absent: 0), se = sqrt(G/(G-1) * sum z^2), df = G-1: the linearised
    variance with accounts as clusters. The same accounts in the same order twice, sums of 0 where
    absent. `weights` (one sequence per wave) default to 1 each; give the n or revenue. TooFew,
    counted in accounts: ten in either wave, and two in each, are needed.

    >>> before = [Sums(1, 10, 100)] * 9 + [Sums(1, 20, 400)]
    >>> after = [Sums(1, 16, 256)] * 10
    >>> found = cluster_change(before, after, full=20)
    >>> found.change, round(found.se, 2), found.df
    (25.0, 5.0, 9)
    """
    first_weights, second_weights = weights or (None, None)
    one, two = _Wave.of(first, first_weights, full), _Wave.of(second, second_weights, full)
    counted = [w1 > 0 or w2 > 0 for w1, w2 in zip(one.weights, two.weights, strict=True)]
    union = sum(counted)
    if union < TREND_FROM:
        return TooFew(union, TREND_FROM)
    least = min(one.accounts, two.accounts)
    if least < 2:
        return TooFew(least, 2)
    moves = [after - before for after, before in zip(two.pulls, one.pulls, strict=True)]
    se = math.sqrt(union / (union - 1) * math.fsum(move * move for move in moves))
    return ClusterChange(one.persons, two.persons, union, two.mean - one.mean, se, union - 1)


def rollup_change(
    first: Sequence[Sums],
    second: Sequence[Sums],
    weights: Weights | None = None,
    *,
    full: float = 100,
    conf: float = 0.95,
) -> Change | TooFew | NoFigure:
    """Give the change of the score of many accounts, t on G-1 degrees of freedom.

    `cluster_change`. NoFigure if every account gave the same.
    """
    found = cluster_change(first, second, weights, full=full)
    if isinstance(found, TooFew):
        return found
    if found.se == 0:
        return NoFigure(found.n_first + found.n_second, Why.NO_SPREAD)
    half = t_quantile(conf, found.df) * found.se
    return Change(
        n_first=found.n_first,
        n_second=found.n_second,
        diff=found.change,
        se=found.se,
        df=found.df,
        interval=clip_change(Interval(found.change - half, found.change + half)),
        p=t_p(found.change / found.se, found.df),
        conf=conf,
        method=Method.CLUSTER_T,
    )


def rollup_nps_change(
    first: Sequence[NpsCounts], second: Sequence[NpsCounts], conf: float = 0.95
) -> NpsChange | TooFew:
    """Give the change of the NPS of many accounts, its interval the wider of two.

    Either `nps_change_interval` of the totals or, around the same difference, t on G-1 times the
    se of `cluster_change` on promoters - detractors with w = n. TooFew below ten accounts, and
    below ten answers in a wave.
    """
    totals = [total_counts(wave) for wave in (first, second)]
    least = min(total.n for total in totals)
    if least < NPS_NUMBER_FROM:
        return TooFew(least, NPS_NUMBER_FROM)
    nets = [[Sums(a.n, a.promoters - a.detractors, 0) for a in wave] for wave in (first, second)]
    clustered = cluster_change(
        nets[0], nets[1], ([a.n for a in first], [a.n for a in second]), full=1
    )
    plain = nps_change_interval(totals[0], totals[1], conf)
    if isinstance(clustered, TooFew) or isinstance(plain, TooFew):
        return clustered if isinstance(clustered, TooFew) else TooFew(0, 1)
    half = t_quantile(conf, clustered.df) * clustered.se
    if half <= normal_quantile(conf) * plain.se:
        return plain
    limits = Interval(plain.diff_adj - half, plain.diff_adj + half)
    p = t_p(plain.diff_adj / clustered.se, clustered.df)
    return replace(plain, se=clustered.se, interval=limits, p=p, method=Method.CLUSTER_NPS)


def wls_slope_known_v(
    times: Sequence[float], means: Sequence[float], v: Sequence[float], conf: float = 0.95
) -> Slope | TooFew:
    """Give the weighted least squares slope of means with known variances v > 0 over time.

    slope = sum w(t-tbar)m / sum w(t-tbar)^2 with w = 1/v, se = 1/sqrt(sum w(t-tbar)^2), z =
    slope/se: fixed-effect meta-regression. Takes the waves as independent, so persons who
    answered in several make the true se smaller: this one errs on the wide side. Fewer than three
    waves give TooFew. ValueError unless v > 0 and at least two times differ.

    >>> found = wls_slope_known_v([0, 1, 2], [70.0, 66.0, 62.0], [16.0, 16.0, 16.0])
    >>> found.slope, round(found.se, 2), found.direction.value
    (-4.0, 2.83, 'unclear')
    """
    waves = len(times)
    if waves < WAVES_FROM:
        return TooFew(waves, WAVES_FROM)
    if any(not one > 0 for one in v) or len(set(times)) < 2:
        raise ValueError("a slope needs variances above 0 and times that differ")
    w = [1 / one for one in v]
    middle = math.fsum(a * t for a, t in zip(w, times, strict=True)) / math.fsum(w)
    away = [t - middle for t in times]
    worth = math.fsum(a * t * t for a, t in zip(w, away, strict=True))
    slope = math.fsum(a * t * m for a, t, m in zip(w, away, means, strict=True)) / worth
    se = 1 / math.sqrt(worth)
    half = normal_quantile(conf) * se
    limits = Interval(slope - half, slope + half)
    return Slope(waves, slope, se, slope / se, normal_p(slope / se), limits, conf)


class _Wave(NamedTuple):
    """One wave: its mean, and by how much each account's own mean pulls it, w(m-M)/W."""

    persons: int
    accounts: int
    mean: float
    weights: list[float]
    pulls: list[float]

    @classmethod
    def of(cls, accounts: Sequence[Sums], weights: Sequence[float] | None, full: float) -> _Wave:
        given = [1.0] * len(accounts) if weights is None else weights
        if any(w < 0 for w in given):
            raise ValueError("a weight cannot be negative")
        w = [float(one) if a.n > 0 else 0.0 for a, one in zip(accounts, given, strict=True)]
        means = [100 * float(a.s1) / (a.n * full) if a.n > 0 else 0.0 for a in accounts]
        total = math.fsum(w) or 1.0
        mean = math.fsum(one * m for one, m in zip(w, means, strict=True)) / total
        pulls = [one * (m - mean) / total for one, m in zip(w, means, strict=True)]
        persons = sum(a.n for a, one in zip(accounts, w, strict=True) if one > 0)
        return cls(persons, sum(one > 0 for one in w), mean, w, pulls)
