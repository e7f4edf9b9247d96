"""The result of moving scores towards each other, as columns over accounts and per account."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, stdtr

from feedback.analytics.components import icc1
from feedback.analytics.figures import NoFigure, TooFew
from feedback.analytics.intervals import Floats

# Below this the variance between accounts is too uncertain to move anybody by it.
SHRUNK_FROM = 20


@dataclass(frozen=True, slots=True)
class Shrunken:
    """One account: its plain mean, the score to sort by, and its se."""

    mean: float
    theta: float
    se: float
    reliability: float | TooFew


@dataclass(frozen=True, slots=True, eq=False)
class Shrinkage:
    """Columns in the order the accounts came in; NaN where an account has no answers.

    `v` is the variance of the plain mean, `target` the mean an account is moved towards,
    `target_se` that mean's se, `weight` B the share of the way it stays away from it, `theta` the
    moved score, `tau2` the variance between accounts. Unless `shrunk`, theta is the mean, B is 1,
    and `df` degrees of freedom stand behind v.
    """

    accounts: int
    mean: Floats
    v: Floats
    target: Floats
    target_se: Floats
    weight: Floats
    theta: Floats
    se: Floats
    tau2: float
    df: float
    shrunk: bool

    def p_below(self, score: float) -> Floats:
        """Give the probability that each account's true score lies below `score`.

        Phi((score - theta)/se); from t on `df` degrees of freedom unless shrunk.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            z = (score - self.theta) / self.se
        # Where nothing is uncertain the score itself decides, and a tie decides nothing.
        z = np.where((self.se == 0) & (self.theta == score), 0.0, z)
        by_t = not self.shrunk and math.isfinite(self.df)
        return np.asarray(stdtr(self.df, z) if by_t else ndtr(z), dtype=np.float64)

    def figure(self, account: int) -> Shrunken | TooFew:
        """Give the account at a position; TooFew if nobody of it answered."""
        if math.isnan(self.mean[account]):
            return TooFew(0, 1)
        reliability = self.reliability
        own = reliability if isinstance(reliability, TooFew) else float(reliability[account])
        mean, theta, se = self.mean[account], self.theta[account], self.se[account]
        return Shrunken(float(mean), float(theta), float(se), own)

    @property
    def reliability(self) -> Floats | TooFew:
        """Reliability 0..1 of each account's plain mean, B; TooFew accounts unless shrunk."""
        return self.weight if self.shrunk else TooFew(self.accounts, SHRUNK_FROM)

    def for_lists(self) -> Self:
        """Give this where 20 accounts answered, else the plain means with t behind p_below."""
        if self.accounts >= SHRUNK_FROM:
            return self
        ones = np.where(np.isnan(self.mean), np.nan, 1.0)
        return replace(self, theta=self.mean, se=np.sqrt(self.v), weight=ones, shrunk=False)


@dataclass(frozen=True, slots=True, eq=False)
class ScoreShrinkage(Shrinkage):
    """Shrinkage of scores: `n` persons per account, `msw` the variance of persons within."""

    n: npt.NDArray[np.int64]
    msw: float

    @property
    def icc1(self) -> float | NoFigure | TooFew:
        """Share of one person's variance that is the account's; TooFew accounts unless shrunk."""
        if not self.shrunk:
            return TooFew(self.accounts, SHRUNK_FROM)
        return icc1(self.tau2, self.msw, int(self.n.sum()))
