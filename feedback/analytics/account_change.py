"""Whether one account changed between two waves; few persons borrow how much persons vary."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from feedback.analytics.change import PairSums, clip_change
from feedback.analytics.components import squares_of
from feedback.analytics.discoveries import LIST_Q, benjamini_hochberg
from feedback.analytics.figures import (
    Change,
    Direction,
    Interval,
    Method,
    NoFigure,
    TooFew,
    Why,
    direction_of,
)
from feedback.analytics.intervals import Floats, Sums
from feedback.analytics.quantiles import t_p, t_quantile

# Pairs that the covariance is divided by besides its own: few pairs count as nearly unrelated,
# which widens the interval.
COVARIANCE_NU0 = 4


@dataclass(frozen=True, slots=True)
class ChangeSpread:
    """How persons of one account differ, in squared points, pooled over accounts and two waves.

    `covariance` is that of one person's two answers, `df` the degrees of freedom of `variance`.
    """

    variance: float
    covariance: float
    df: float


@dataclass(frozen=True, slots=True, eq=False)
class AccountChanges:
    """Second minus first score of many accounts, as columns in the order they came in.

    NaN where a wave has no answers; p is also NaN where nothing varies. Read single accounts
    through `figure`.
    """

    n_first: npt.NDArray[np.int64]
    n_second: npt.NDArray[np.int64]
    diff: Floats
    se: Floats
    p: Floats
    spread: ChangeSpread
    conf: float

    def figure(self, account: int) -> Change | TooFew | NoFigure:
        """Give the change at a position; TooFew if nobody answered in one of the waves."""
        n1, n2 = int(self.n_first[account]), int(self.n_second[account])
        return _figure(n1, n2, float(self.diff[account]), self.spread, self.se[account], self.conf)

    def directions(self, q: float = LIST_Q) -> tuple[Direction, ...]:
        """Give the words for a list of all these accounts: clear only if Benjamini-Hochberg <= q.

        UNCLEAR too where a wave has no answers.
        """
        there = np.flatnonzero(~np.isnan(self.p))
        words = [Direction.UNCLEAR] * len(self.p)
        found = benjamini_hochberg(self.p[there].tolist(), q).found
        for place, is_clear in zip(there.tolist(), found, strict=True):
            words[place] = direction_of(float(self.diff[place]), is_clear)
        return tuple(words)


def account_change_se(
    n_first: int, n_second: int, n_pairs: int, variance: float, covariance: float
) -> float:
    """Give the se of the difference of two means of which n_pairs persons are in both.

    sqrt(S2*(1/n1 + 1/n2) - 2*n_c*C/(n1*n2)) with S2 = `variance`, C = `covariance` of one
    person's two values; 0 if rounding takes it below. Derrick et al. 2017 with S2 and C from
    elsewhere. ValueError for more pairs than persons, or nobody.

    >>> round(account_change_se(16, 16, 8, 8.316667, 5.711848), 5)
    0.82619
    """
    if not 0 <= n_pairs <= min(n_first, n_second) or min(n_first, n_second) == 0:
        raise ValueError(f"{n_pairs} pairs among {n_first} and {n_second} persons")
    product = n_first * n_second
    return math.sqrt(
        max(0.0, variance * (n_first + n_second) / product - 2 * n_pairs * covariance / product)
    )


def change_spread(
    first: Sequence[Sums],
    second: Sequence[Sums],
    pairs: Sequence[PairSums],
    nu0: float,
    phi0: float,
    *,
    full: float = 100,
) -> ChangeSpread | TooFew:
    """Give what `account_change` needs, from all accounts of both waves.

    S2 = (nu0*phi0*M(100-M) + SSW)/(nu0+df) with SSW and df within accounts, both waves added
    up, and M the mean of all answers; C = SCP/(4+df_c), the cross products within accounts over
    df_c = pairs - accounts with pairs, at most S2. TooFew, in answers, if nobody answered, or
    without prior and without accounts of two.
    """
    one, two = squares_of(first), squares_of(second)
    answers = one.persons + two.persons
    df = nu0 + one.df_within + two.df_within
    if answers == 0 or df == 0:
        return TooFew(answers, answers + 1)
    unit = 100 / full
    mean = float(one.total + two.total) / answers * unit
    nearest = 50 / (answers + 1)  # as in shrinkage: equal answers never make certain
    inside = min(max(mean, nearest), 100 - nearest)
    within = float(one.within + two.within) * unit**2
    variance = (nu0 * phi0 * inside * (100 - inside) + within) / df
    paired = [pair for pair in pairs if pair.n > 0]
    cross = math.fsum(float(pair.n * pair.p - pair.s1 * pair.s2) / pair.n for pair in paired)
    freedom = sum(pair.n - 1 for pair in paired)
    covariance = cross * unit**2 / (COVARIANCE_NU0 + freedom)
    return ChangeSpread(variance, min(covariance, variance), df)


def account_change(
    first: Sums,
    second: Sums,
    n_pairs: int,
    spread: ChangeSpread,
    *,
    full: float = 100,
    conf: float = 0.95,
) -> Change | TooFew | NoFigure:
    """Give one account's second minus first mean score with interval and p from t on spread.df.

    d = 100*(s1'/n' - s1/n)/full, se of `account_change_se`; works from one person per wave.
    `Change.direction` says improved or declined if p < 1-conf, and `smallest_seen` what else
    would have been noticed. Nobody in a wave gives TooFew; NoFigure if nothing varies.

    >>> spread = ChangeSpread(variance=280.0, covariance=120.0, df=60)
    >>> found = account_change(Sums(3, 54, 980), Sums(3, 33, 381), 2, spread, full=24)
    >>> found.diff, round(found.se, 1), found.direction.value, round(found.smallest_seen)
    (-29.166666666666668, 11.5, 'declined', 23)
    """
    if min(first.n, second.n) == 0:
        return TooFew(0, 1)
    se = account_change_se(first.n, second.n, n_pairs, spread.variance, spread.covariance)
    diff = 100 / full * (second.s1 / second.n - first.s1 / first.n)
    return _figure(first.n, second.n, diff, spread, se, conf)


def account_changes(
    first: Sequence[Sums],
    second: Sequence[Sums],
    pairs: Sequence[PairSums],
    nu0: float,
    phi0: float,
    *,
    full: float = 100,
    conf: float = 0.95,
) -> AccountChanges | TooFew:
    """Give the change of every account, at once: the same accounts in the same order three times.

    An account without answers in a wave has sums of 0 there. `change_spread`, `account_change`.
    """
    spread = change_spread(first, second, pairs, nu0, phi0, full=full)
    if isinstance(spread, TooFew):
        return spread
    count = len(first)
    if len(second) != count or len(pairs) != count:
        raise ValueError(f"{count} first, {len(second)} second, {len(pairs)} pairs")
    n1, n2 = _column(first, 0), _column(second, 0)
    shared = _column(pairs, 0)
    if np.any(shared > np.minimum(n1, n2)):
        raise ValueError("more pairs than persons")
    there = (n1 > 0) & (n2 > 0)
    product = np.where(there, n1 * n2, np.nan)
    diff = 100 / full * (_column(second, 1) * n1 - _column(first, 1) * n2) / product
    v = (spread.variance * (n1 + n2) - 2 * spread.covariance * shared) / product
    se = np.sqrt(np.maximum(v, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(se > 0, 2 * stdtr(spread.df, -np.abs(diff / se)), np.nan)
    return AccountChanges(n1.astype(np.int64), n2.astype(np.int64), diff, se, p, spread, conf)


def _column(rows: Sequence[Sums] | Sequence[PairSums], at: int) -> Floats:
    return np.fromiter((float(row[at]) for row in rows), np.float64, len(rows))


def _figure(
    n_first: int, n_second: int, diff: float, spread: ChangeSpread, se: float, conf: float
) -> Change | TooFew | NoFigure:
    if min(n_first, n_second) == 0:
        return TooFew(0, 1)
    if not se > 0:
        return NoFigure(n_first + n_second, Why.NO_SPREAD)
    half = t_quantile(conf, spread.df) * float(se)
    limits = clip_change(Interval(diff - half, diff + half))
    p = t_p(diff / float(se), spread.df)
    return Change(n_first, n_second, diff, float(se), spread.df, limits, p, conf, Method.POOLED_T)
