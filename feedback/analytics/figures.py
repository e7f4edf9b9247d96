"""What analytics gives back: figures that carry n, interval and method, and "too few" as a type."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """How an interval was made; a code for the footnote under a figure, never shown raw."""

    WILSON = "wilson"
    QUASI_BINOMIAL_WILSON = "quasi_binomial_wilson"
    ADJUSTED_WALD = "adjusted_wald"
    CLUSTER_WILSON = "cluster_wilson"
    CLUSTER_NPS = "cluster_nps"


@dataclass(frozen=True, slots=True)
class TooFew:
    """There is no figure: `n` observations are there and `needed` would be enough.

    >>> TooFew(n=1, needed=5).missing
    4
    """

    n: int
    needed: int

    def __post_init__(self) -> None:
        if not 0 <= self.n < self.needed:
            raise ValueError(f"{self.n} of {self.needed} is not too few")

    @property
    def missing(self) -> int:
        """How many more observations would give a figure; at least 1."""
        return self.needed - self.n


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper limit in the unit of the figure that carries it."""

    lo: float
    hi: float

    @property
    def width(self) -> float:
        """Upper minus lower limit, never negative."""
        return self.hi - self.lo

    def contains(self, value: float) -> bool:
        """Whether `value` lies between the limits, the limits included."""
        return self.lo <= value <= self.hi


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `n` as a share 0..1 with its interval in the same unit."""

    n: int
    count: int
    share: float
    interval: Interval
    conf: float
    method: Method = Method.WILSON


@dataclass(frozen=True, slots=True)
class MeanSd:
    """Mean and standard deviation (divisor n-1) of `n` values in their own unit."""

    n: int
    mean: float
    sd: float | TooFew


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much persons of one account differ, as a factor on mu(1-mu) of a 0..1 score.

    `phi_raw` comes from the data alone and is too few where no account has two persons or all
    scores sit at one end of the scale; `phi` is what the intervals use; `df` counts the degrees
    of freedom behind `phi`, those of the prior included.
    """

    phi_raw: float | TooFew
    phi: float
    df: float


@dataclass(frozen=True, slots=True)
class AccountMean:
    """Mean score 0..100 of the `n` persons of one account with its interval."""

    n: int
    mean: float
    interval: Interval
    dispersion: Dispersion
    crit: float
    conf: float
    method: Method = Method.QUASI_BINOMIAL_WILSON


@dataclass(frozen=True, slots=True)
class RollupMean:
    """Mean score 0..100 over `accounts` accounts (`n` persons) with its interval."""

    n: int
    accounts: int
    mean: float
    se: float
    df: int
    interval: Interval
    conf: float
    method: Method = Method.CLUSTER_WILSON


@dataclass(frozen=True, slots=True)
class NpsCounts:
    """Answers 0-6 (detractors), 7-8 (passives) and 9-10 (promoters), counted."""

    detractors: int
    passives: int
    promoters: int

    def __post_init__(self) -> None:
        if min(self.detractors, self.passives, self.promoters) < 0:
            raise ValueError("a count cannot be negative")

    @property
    def n(self) -> int:
        """How many answered the recommendation question."""
        return self.detractors + self.passives + self.promoters


@dataclass(frozen=True, slots=True)
class Nps:
    """Recommendation score -100..100; `interval` is `raw` cut to that range."""

    n: int
    counts: NpsCounts
    nps: float
    se_wald: float
    adj_nps: float
    adj_se: float
    raw: Interval
    interval: Interval
    conf: float
    method: Method = Method.ADJUSTED_WALD


@dataclass(frozen=True, slots=True)
class NpsFew:
    """Too few answers for a score: what may be shown instead, the counts and the mean 0..10."""

    counts: NpsCounts
    mean: float
    score: TooFew

    @property
    def n(self) -> int:
        """How many answered the recommendation question."""
        return self.counts.n


@dataclass(frozen=True, slots=True)
class NpsChange:
    """Second minus first adjusted score in points, with interval and two-sided p."""

    n_first: int
    n_second: int
    diff_adj: float
    se: float
    interval: Interval
    p: float
    conf: float
    method: Method = Method.ADJUSTED_WALD
