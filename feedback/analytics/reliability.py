"""How far the items of a dimension measure one thing without error, from their covariances."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from feedback.analytics.crossproducts import Crossproducts, correlation, merged
from feedback.analytics.figures import Interval, Method, NoFigure, TooFew, Why
from feedback.analytics.intervals import Floats
from feedback.analytics.quantiles import f_quantile, normal_quantile

USABLE_FROM = 0.70
LIMITED_FROM = 0.60


class Coefficient(StrEnum):
    """Which coefficient a reliability is."""

    ALPHA = "alpha"
    SPEARMAN_BROWN = "spearman_brown"
    OMEGA = "omega"
    STRATIFIED_ALPHA = "stratified_alpha"


class Band(StrEnum):
    """The word for a reliability."""

    WEAK = "weak"
    LIMITED = "limited"
    USABLE = "usable"


@dataclass(frozen=True, slots=True)
class Reliability:
    """Reliability of the sum of `items` items over `n` persons, at most 1, with its interval."""

    coefficient: Coefficient
    n: int
    items: int
    value: float
    interval: Interval
    conf: float
    method: Method

    @property
    def band(self) -> Band:
        """Weak below .60, limited below .70, else usable."""
        if self.value < LIMITED_FROM:
            return Band.WEAK
        return Band.LIMITED if self.value < USABLE_FROM else Band.USABLE

    @property
    def may_rank(self) -> bool:
        """Whether rankings may use the dimension: not where its reliability is weak."""
        return self.band is not Band.WEAK


def cronbach_alpha(cov: Floats, n: int, conf: float = 0.95) -> Reliability | TooFew | NoFigure:
    """Give alpha = k/(k-1) * (1 - trace/total) of a k x k covariance matrix of n persons.

    Interval: 1 - (1-alpha)*F with the quantiles of F on n-1 and (n-1)(k-1) degrees of freedom
    (Feldt 1965, Psychometrika 30:357). May be negative where items contradict each other. Fewer
    than two persons give TooFew; NoFigure if the sum of the items does not vary. ValueError
    below two items.

    >>> found = cronbach_alpha(np.array([[4.0, 3.0], [3.0, 4.0]]), 50)
    >>> round(found.value, 3), round(found.interval.lo, 3), round(found.interval.hi, 3)
    (0.857, 0.748, 0.919)
    """
    items = _items(cov, 2)
    if n < 2:
        return TooFew(n, 2)
    if not cov.sum() > 0:
        return NoFigure(n, Why.NO_SPREAD)
    alpha = _alpha(cov)
    df1, df2, outside = n - 1, (n - 1) * (items - 1), (1 - conf) / 2
    limits = Interval(
        1 - (1 - alpha) * f_quantile(1 - outside, df1, df2),
        1 - (1 - alpha) * f_quantile(outside, df1, df2),
    )
    return Reliability(Coefficient.ALPHA, n, items, alpha, limits, conf, Method.FELDT)


def alpha_from_merged_crossproducts(
    groups: Iterable[Crossproducts], conf: float = 0.95
) -> Reliability | TooFew | NoFigure:
    """Give alpha over all persons of several groups from their exact sums.

    `cronbach_alpha` of the covariance of the merged sums; the split into groups leaves no trace.
    """
    together = merged(groups)
    if together.n < 2:
        return TooFew(together.n, 2)
    return cronbach_alpha(together.covariance(), together.n, conf)


def spearman_brown(r: float) -> float:
    """Give the reliability 2r/(1+r) of the sum of two items that correlate by r, at most 1.

    Eisinga, te Grotenhuis & Pelzer 2013, Int J Public Health 58:637. ValueError unless
    -1 < r <= 1.

    >>> round(spearman_brown(0.5), 4)
    0.6667
    """
    if not -1 < r <= 1:
        raise ValueError(f"no reliability of a correlation of {r}")
    return 2 * r / (1 + r)


def two_item_reliability(
    cov: Floats, n: int, conf: float = 0.95
) -> Reliability | TooFew | NoFigure:
    """Give `spearman_brown` of the correlation of two items, and of its Fisher z limits.

    Limits of r: tanh(artanh(r) -+ z/sqrt(n-3)) (Fisher 1921); 2r/(1+r) grows with r. Fewer than
    four persons give TooFew; NoFigure if an item or the sum does not vary.
    """
    if _items(cov, 2) != 2:
        raise ValueError("two items, not more")
    if n < 4:
        return TooFew(n, 4)
    if not (cov[0, 0] > 0 and cov[1, 1] > 0):
        return NoFigure(n, Why.NO_SPREAD)
    r = correlation(cov[0, 0], cov[1, 1], cov[0, 1])
    if r == -1:
        return NoFigure(n, Why.NO_SPREAD)
    half = normal_quantile(conf) / math.sqrt(n - 3)
    z = math.atanh(r) if r < 1 else math.inf
    limits = Interval(spearman_brown(math.tanh(z - half)), spearman_brown(math.tanh(z + half)))
    value = spearman_brown(r)
    return Reliability(Coefficient.SPEARMAN_BROWN, n, 2, value, limits, conf, Method.FISHER_Z)


def stratified_alpha(
    cov: Floats,
    strata: Sequence[Sequence[int]],
    n: int,
    *,
    weights: Sequence[float] | None = None,
    conf: float = 0.95,
) -> Reliability | TooFew | NoFigure:
    """Give the reliability of a sum over strata of items: 1 - sum(V_j(1-alpha_j))/V.

    `strata` name the places of each stratum's items in `cov`, V_j and V are the variances of
    the sums, alpha_j each stratum's own alpha (Rajaratnam, Cronbach & Gleser 1965, Psychometrika
    30:39). Items weigh 1/m_j by default, so that V is that of the sum of the strata's means, as
    in the index. Interval: normal theory on log(1-alpha), after van Zyl, Neudecker & Nel 2000,
    Psychometrika 65:271. Fewer than two persons give TooFew; NoFigure if nothing varies.
    ValueError for a stratum of one item, or an item in two strata.

    >>> block = np.array([[2.0, 1.0], [1.0, 2.0]])
    >>> cov = np.block([[block, np.ones((2, 2))], [np.ones((2, 2)), block]])
    >>> round(stratified_alpha(cov, [[0, 1], [2, 3]], 60).value, 2)
    0.8
    """
    places = [place for stratum in strata for place in stratum]
    if not strata or len(set(places)) != len(places) or min(map(len, strata)) < 2:
        raise ValueError("strata of two items and more, none of them twice")
    if n < 2:
        return TooFew(n, 2)
    own = [1 / len(stratum) for stratum in strata for _ in stratum]
    given = own if weights is None else [weights[place] for place in places]
    weighted = cov[np.ix_(places, places)] * np.outer(given, given)
    if not weighted.sum() > 0:
        return NoFigure(n, Why.NO_SPREAD)
    error = _error(strata)
    ratio = float((error * weighted).sum() / weighted.sum())
    limits = _log_limits(ratio, error, weighted, n, conf)
    return Reliability(
        Coefficient.STRATIFIED_ALPHA, n, len(places), 1 - ratio, limits, conf, Method.NORMAL_THEORY
    )


def _error(strata: Sequence[Sequence[int]]) -> Floats:
    """Give the A with sum V_j(1-alpha_j) = <A, cov>: linear, which normal theory needs."""
    sizes = [len(stratum) for stratum in strata]
    error, start = np.zeros((sum(sizes), sum(sizes))), 0
    for m in sizes:
        own = slice(start, start + m)
        error[own, own] = (m * np.eye(m) - 1) / (m - 1)
        start += m
    return error


def _log_limits(ratio: float, error: Floats, cov: Floats, n: int, conf: float) -> Interval:
    """Give limits of 1 - <error, cov>/<1, cov> with Cov(<A,S>, <B,S>) = 2 tr(A cov B cov)/(n-1)."""
    if ratio <= 0:
        return Interval(1 - ratio, 1 - ratio)
    one = error / (error * cov).sum() - np.ones_like(cov) / cov.sum()
    product = one @ cov
    se = math.sqrt(max(0.0, 2 * float(np.trace(product @ product)) / (n - 1)))
    reach = math.exp(normal_quantile(conf) * se)
    return Interval(1 - ratio * reach, 1 - ratio / reach)


def _alpha(cov: Floats) -> float:
    k = len(cov)
    return float(k / (k - 1) * (1 - np.trace(cov) / cov.sum()))


def _items(cov: Floats, least: int) -> int:
    if cov.ndim != 2 or cov.shape[0] != cov.shape[1] or len(cov) < least:
        raise ValueError(f"a square matrix of {least} items and more, not {cov.shape}")
    return len(cov)
