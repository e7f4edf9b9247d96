"""A second, labelled view of an account in which some contact roles count more than others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.analytics.figures import Dispersion, Interval, Method, TooFew
from feedback.analytics.intervals import Sums, wilson_mean
from feedback.analytics.quantiles import t_quantile


@dataclass(frozen=True, slots=True)
class WeightedMean:
    """Weighted mean 0..100 of `n` persons who are worth `n_eff` equally weighted ones."""

    n: int
    n_eff: float
    mean: float
    interval: Interval
    conf: float
    method: Method = Method.QUASI_BINOMIAL_WILSON


def role_weighted_mean(
    roles: Sequence[tuple[Sums, float]],
    spread: Dispersion,
    *,
    full: float = 100,
    conf: float = 0.95,
) -> WeightedMean | TooFew:
    """Give sum(w*x)/sum(w) over persons, each with the weight of their role, with its interval.

    n_eff = (sum w)^2/sum w^2 over persons (Kish 1965); then `account_intervals`' formula with
    n_e = n_eff/phi and t on the degrees of freedom of `spread`, the portfolio's. Nobody with a
    weight above 0 gives TooFew. ValueError for a negative weight or sums outside 0..full.

    >>> spread = Dispersion(phi_raw=0.12, phi=0.125, df=40)
    >>> found = role_weighted_mean([(Sums(1, 12, 144), 2), (Sums(2, 42, 882), 1)], spread, full=24)
    >>> found.n, round(found.n_eff, 2), found.mean
    (3, 2.67, 68.75)
    """
    if any(w < 0 for _, w in roles):
        raise ValueError("a weight cannot be negative")
    if any(not 0 <= own.s1 <= own.n * full for own, _ in roles):
        raise ValueError(f"sums outside the scale 0..{full}")
    counted = [(own, w) for own, w in roles if own.n > 0 and w > 0]
    if not counted:
        return TooFew(0, 1)
    largest = max(w for _, w in counted)
    counted = [(own, w / largest) for own, w in counted]
    total = sum(w * own.n for own, w in counted)
    p = min(1.0, sum(w * own.s1 for own, w in counted) / (total * full))
    n_eff = total**2 / sum(w * w * own.n for own, w in counted)
    limits = wilson_mean(p, n_eff / spread.phi, t_quantile(conf, spread.df))
    n = sum(own.n for own, _ in counted)
    return WeightedMean(n, n_eff, 100 * p, Interval(100 * limits.lo, 100 * limits.hi), conf)
