"""Intervals for shares and for mean scores, made from counts and sums, never from raw answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from feedback.analytics.figures import AccountMean, Dispersion, Interval, Share, TooFew
from feedback.analytics.quantiles import normal_quantile, t_quantile

Floats = npt.NDArray[np.float64]

# Weight of the prior dispersion, in degrees of freedom.
PRIOR_NU0 = 4
# Sums that were scaled to floats may overshoot the end of the scale by rounding, not by more.
ROUNDING = 1e-9


class Sums(NamedTuple):
    """Persons, sum and sum of squares of one measure in one account, in the measure's integers."""

    n: int
    s1: float
    s2: float


@dataclass(frozen=True, slots=True, eq=False)
class AccountIntervals:
    """Mean scores 0..100 with limits of many accounts, as columns in the order they came in.

    Where `n` is 0 the other columns hold 0 and mean nothing: read them through `figure`.
    """

    n: npt.NDArray[np.int64]
    mean: Floats
    lo: Floats
    hi: Floats
    dispersion: Dispersion
    crit: float
    conf: float

    def figure(self, account: int) -> AccountMean | TooFew:
        """Give the figure at a position; TooFew if nobody of that account answered."""
        n = int(self.n[account])
        if n == 0:
            return TooFew(0, 1)
        limits = Interval(float(self.lo[account]), float(self.hi[account]))
        mean = float(self.mean[account])
        return AccountMean(n, mean, limits, self.dispersion, self.crit, self.conf)


def wilson_mean(p: float, n_eff: float, crit: float) -> Interval:
    """Give the Wilson score interval of a mean p in 0..1 that is worth n_eff > 0 draws.

    (p + q^2/2n -+ q*sqrt(p(1-p)/n + q^2/4n^2)) / (1 + q^2/n) with q = crit; the limits never
    leave 0..1 and always hold p. Franco et al. 2019, PMC6690503.
    ValueError if p or n_eff is out of range.

    >>> limits = wilson_mean(0.742, 20.0, 1.959963984540054)
    >>> round(limits.lo, 4), round(limits.hi, 4)
    (0.5231, 0.8829)
    """
    if not 0 <= p <= 1 or not n_eff > 0:
        raise ValueError(f"no mean of 0 to 1 worth more than 0 draws: {p}, {n_eff}")
    lo, hi = _wilson(np.array([p]), np.array([1 / n_eff]), crit)
    return Interval(float(lo[0]), float(hi[0]))


def wilson_interval(count: int, n: int, conf: float = 0.95) -> Share | TooFew:
    """Give count/n in 0..1 with its Wilson score interval without continuity correction.

    Newcombe 1998, Stat Med 17:857, method 3. n = 0 gives TooFew; ValueError unless
    0 <= count <= n.

    >>> share = wilson_interval(81, 263)
    >>> round(share.interval.lo, 4), round(share.interval.hi, 4)
    (0.2553, 0.3662)
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is not a share")
    if n == 0:
        return TooFew(0, 1)
    limits = wilson_mean(count / n, n, normal_quantile(conf))
    return Share(n, count, count / n, limits, conf)


def top2box(counts: Sequence[int], top: int = 2, conf: float = 0.95) -> Share | TooFew:
    """Give the share of answers on the `top` best points with its Wilson interval.

    `counts` holds how often each point 1..K was chosen, worst first; "cannot judge" is not
    among them. No answers give TooFew.

    >>> share = top2box([1, 0, 2, 5, 2])
    >>> share.n, share.share
    (10, 0.7)
    """
    if not 0 < top <= len(counts) or min(counts) < 0:
        raise ValueError(f"no top {top} of the counts {list(counts)}")
    return wilson_interval(sum(counts[-top:]), sum(counts), conf)


def dispersion(
    accounts: Sequence[Sums], nu0: float, phi0: float, *, full: float = 100
) -> Dispersion:
    """Estimate phi in Var(score) = phi * mu(1-mu) for persons of one account, over all accounts.

    With scores scaled to 0..1: SSW = sum(s2 - s1^2/n), df = sum(n-1), s2w = SSW/df,
    phi_raw = SSW / sum (n-1)*[p(1-p) + s2w/n] and
    phi = (nu0*phi0 + df*phi_raw) / (nu0 + df). `full` is the integer of a score of 100. Where
    the data say nothing (one person per account, all scores at an end) phi = phi0 and only nu0
    counts as degrees of freedom.

    >>> dispersion([Sums(1, 24, 576), Sums(1, 12, 144)], 4, 0.2, full=24).phi
    0.2
    """
    return _dispersion(_columns(accounts, full), nu0, phi0)


def mean_interval(
    accounts: Sequence[Sums],
    account: int,
    nu0: float,
    phi0: float,
    *,
    full: float = 100,
    conf: float = 0.95,
    crit: float | None = None,
) -> AccountMean | TooFew:
    """Give one account's mean 0..100 with the quasi-binomial Wilson interval.

    `account` is its position among all accounts of the portfolio, which share their dispersion.
    Formula and limits: `account_intervals`.

    >>> portfolio = [Sums(3, 57, 1089), Sums(2, 30, 468), Sums(1, 24, 576)]
    >>> figure = mean_interval(portfolio, 2, 4, 0.2, full=24)
    >>> figure.n, figure.mean, round(figure.interval.lo), figure.interval.hi
    (1, 100.0, 55, 100.0)
    """
    if not 0 <= account < len(accounts):
        raise IndexError(f"account {account} of {len(accounts)}")
    if accounts[account].n == 0:
        return TooFew(0, 1)
    found = account_intervals(accounts, nu0, phi0, full=full, conf=conf, crit=crit)
    return found if isinstance(found, TooFew) else found.figure(account)


def account_intervals(
    accounts: Sequence[Sums],
    nu0: float,
    phi0: float,
    *,
    full: float = 100,
    conf: float = 0.95,
    crit: float | None = None,
) -> AccountIntervals | TooFew:
    """Give the quasi-binomial Wilson interval of every account's mean score, at once.

    Wilson's formula (`wilson_mean`) with p = s1/(n*full), n_e = n/phi (`dispersion`) and
    q = t quantile on nu0+df degrees of freedom, or `crit` (then `conf` is what crit covers
    under the normal). Limits lie in 0..100, also at n = 1 and when all answers are equal.
    TooFew, counted in persons, if the prior is off (nu0 = 0), no crit is given and the data say
    nothing about dispersion. ValueError if a mean lies outside 0..full.

    >>> found = account_intervals([Sums(2, 36, 656), Sums(0, 0, 0)], 4, 0.2, full=24)
    >>> found.figure(0).mean, found.figure(1)
    (75.0, TooFew(n=0, needed=1))
    """
    columns = _columns(accounts, full)
    spread = _dispersion(columns, nu0, phi0)
    if crit is not None:
        quantile, conf = crit, 2 * float(ndtr(crit)) - 1
    elif spread.df > 0:
        quantile = t_quantile(conf, spread.df)
    else:
        persons = int(columns.n.sum())
        return TooFew(persons, persons + 1)
    worth = np.where(columns.n > 0, spread.phi / np.maximum(columns.n, 1), 0.0)
    lo, hi = _wilson(columns.p, worth, quantile)
    return AccountIntervals(columns.n, 100 * columns.p, 100 * lo, 100 * hi, spread, quantile, conf)


class _Columns(NamedTuple):
    n: npt.NDArray[np.int64]
    p: Floats
    ssw: Floats


def _columns(accounts: Sequence[Sums], full: float) -> _Columns:
    """Give n, mean and within sum of squares of every account, scaled to 0..1."""
    n = np.fromiter((a.n for a in accounts), np.int64, len(accounts))
    # Integer sums stay integers through n*s2 - s1^2, where float sums would cancel digits away.
    s1, s2 = _exact([a.s1 for a in accounts]), _exact([a.s2 for a in accounts])
    present = np.maximum(n, 1)
    p = s1 / (present * full)
    if np.any((p < -ROUNDING) | (p > 1 + ROUNDING)) or np.any(n < 0):
        raise ValueError(f"sums outside the scale 0..{full}")
    ssw = (present * s2 - s1 * s1) / (present * float(full) ** 2)
    return _Columns(n, np.clip(p, 0.0, 1.0), np.maximum(ssw, 0.0))


def _exact(numbers: Sequence[float]) -> npt.NDArray[Any]:
    array = np.asarray(numbers)
    return array if array.dtype == np.int64 else array.astype(np.float64)


def _dispersion(columns: _Columns, nu0: float, phi0: float) -> Dispersion:
    several = columns.n >= 2
    n, p = columns.n[several], columns.p[several]
    df = int((n - 1).sum())
    if df == 0:
        return Dispersion(TooFew(0, 1), phi0, nu0)
    # fsum is exactly rounded: the order in which accounts come cannot change a digit.
    ssw = math.fsum(columns.ssw[several].tolist())
    expected = math.fsum(((n - 1) * (p * (1 - p) + ssw / df / n)).tolist())
    if expected == 0:
        return Dispersion(TooFew(0, 1), phi0, nu0)
    phi_raw = ssw / expected
    return Dispersion(phi_raw, (nu0 * phi0 + df * phi_raw) / (nu0 + df), nu0 + df)


def _wilson(p: Floats, worth: Floats, crit: float) -> tuple[Floats, Floats]:
    """Wilson limits with `worth` = 1/n_e, which may be 0: then the limits are p itself."""
    pull = crit * crit * worth
    centre = (p + pull / 2) / (1 + pull)
    half = np.sqrt(pull * (p * (1 - p) + pull / 4)) / (1 + pull)
    # At the ends of the scale the limit is the end; rounding must not say otherwise.
    lo = np.where(p <= 0, 0.0, np.clip(centre - half, 0.0, p))
    hi = np.where(p >= 1, 1.0, np.clip(centre + half, p, 1.0))
    return lo, hi
