"""Scores of many accounts together, where persons of one account do not count as independent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback.analytics.figures import (
    Interval,
    Method,
    Nps,
    NpsCounts,
    NpsFew,
    RollupMean,
    TooFew,
)
from feedback.analytics.intervals import Sums, wilson_mean
from feedback.analytics.nps import clip_nps, shown_nps, total_counts
from feedback.analytics.quantiles import t_quantile


@dataclass(frozen=True, slots=True)
class ClusterMean:
    """Weighted mean over `accounts` accounts (`n` persons) in the unit of the values."""

    n: int
    accounts: int
    mean: float
    se: float
    df: int


def cluster_mean(
    accounts: Sequence[Sums], weights: Sequence[float] | None = None, *, full: float = 100
) -> ClusterMean | TooFew:
    """Give M = sum(w*m)/sum(w) over the accounts' means m = 100*s1/(n*full), with its se.

    se = sqrt(G/(G-1) * sum e^2)/sum(w) with e = w(m-M), df = G-1: the linearised variance of
    a ratio with accounts as clusters. `weights` default to 1 each (every relationship counts the
    same); give the n for "every person" or revenue. Accounts without answers or with weight 0
    do not count. Fewer than two accounts give TooFew, counted in accounts. ValueError for a
    negative weight.

    >>> cluster_mean([Sums(2, 36, 656), Sums(1, 12, 144)], full=24)
    ClusterMean(n=3, accounts=2, mean=62.5, se=12.5, df=1)
    """
    given = [1.0] * len(accounts) if weights is None else weights
    if any(w < 0 for w in given):
        raise ValueError("a weight cannot be negative")
    counted = [(a, w) for a, w in zip(accounts, given, strict=True) if a.n > 0 and w > 0]
    if len(counted) < 2:
        return TooFew(len(counted), 2)
    means = [100 * a.s1 / (a.n * full) for a, _ in counted]
    mean, se = _mean_and_se(means, [w for _, w in counted])
    return ClusterMean(sum(a.n for a, _ in counted), len(counted), mean, se, len(counted) - 1)


def rollup_mean(
    accounts: Sequence[Sums],
    weights: Sequence[float] | None = None,
    *,
    full: float = 100,
    conf: float = 0.95,
) -> RollupMean | TooFew:
    """Give the score 0..100 of many accounts with its Wilson interval.

    `wilson_mean` with p = M/100, n_e = p(1-p)/(se/100)^2 (G if se = 0) and q = t quantile on
    G-1 degrees of freedom; M, se and weights as in `cluster_mean`. Fewer than two accounts give
    TooFew, counted in accounts: show the account's own figure then. ValueError if a mean lies
    outside 0..full.

    >>> found = rollup_mean([Sums(2, 36, 656), Sums(1, 12, 144), Sums(4, 60, 1000)], full=24)
    >>> found.accounts, found.n, round(found.mean, 1), found.df
    (3, 7, 62.5, 2)
    """
    if any(not 0 <= a.s1 <= a.n * full for a in accounts):
        raise ValueError(f"sums outside the scale 0..{full}")
    found = cluster_mean(accounts, weights, full=full)
    if isinstance(found, TooFew):
        return found
    limits = cluster_interval(found, conf)
    return RollupMean(found.n, found.accounts, found.mean, found.se, found.df, limits, conf)


def cluster_interval(found: ClusterMean, conf: float = 0.95) -> Interval:
    """Give the Wilson interval 0..100 of a cluster mean; ValueError if the mean is outside 0..100.

    Formula: `rollup_mean`.
    """
    p = found.mean / 100
    n_eff = p * (1 - p) / (found.se / 100) ** 2 if found.se > 0 else found.accounts
    limits = wilson_mean(p, n_eff, t_quantile(conf, found.df))
    return Interval(100 * limits.lo, 100 * limits.hi)


def rollup_nps(
    accounts: Sequence[NpsCounts], points: int, conf: float = 0.95
) -> Nps | NpsFew | TooFew:
    """Give the NPS of all persons of many accounts, its interval the wider of two.

    Either adjusted Wald (`nps_interval`) or, around the same adjusted score, the t quantile on
    G-1 degrees of freedom times the cluster se of (promoters-detractors) with w = n
    (`cluster_mean`); answers of one account resemble each other, and Wald alone would be too
    narrow. `points` is the sum of all answers. Below ten answers NpsFew, without any TooFew.

    >>> alike = [NpsCounts(0, 0, 4), NpsCounts(4, 0, 0), NpsCounts(0, 0, 4), NpsCounts(4, 0, 0)]
    >>> rollup_nps(alike, points=80).method.value
    'cluster_nps'
    """
    answering = [a for a in accounts if a.n > 0]
    shown = shown_nps(total_counts(answering), points, conf)
    if not isinstance(shown, Nps) or len(answering) < 2:
        return shown
    nets = [100 * (a.promoters - a.detractors) / a.n for a in answering]
    _, se = _mean_and_se(nets, [a.n for a in answering])
    half = t_quantile(conf, len(answering) - 1) * se
    if half <= shown.adj_nps - shown.raw.lo:
        return shown
    raw = Interval(shown.adj_nps - half, shown.adj_nps + half)
    return replace(shown, raw=raw, interval=clip_nps(raw), method=Method.CLUSTER_NPS)


def _mean_and_se(means: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    if min(means) == max(means):
        # Rounding in a weighted sum must not turn perfect agreement into a spread.
        return means[0], 0.0
    total = math.fsum(weights)
    mean = math.fsum(w * m for w, m in zip(weights, means, strict=True)) / total
    squares = math.fsum((w * (m - mean)) ** 2 for w, m in zip(weights, means, strict=True))
    return mean, math.sqrt(len(means) / (len(means) - 1) * squares) / total
