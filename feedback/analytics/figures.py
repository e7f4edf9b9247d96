"""What analytics gives back: figures that carry n, interval and method, and "too few" as a type."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from feedback.analytics.quantiles import normal_quantile


class Method(StrEnum):
    """How an interval was made; a code for the footnote under a figure, never shown raw."""

    WILSON = "wilson"
    QUASI_BINOMIAL_WILSON = "quasi_binomial_wilson"
    ADJUSTED_WALD = "adjusted_wald"
    CLUSTER_WILSON = "cluster_wilson"
    CLUSTER_NPS = "cluster_nps"
    NEWCOMBE = "newcombe"
    MOVER = "mover"
    POOLED_T = "pooled_t"
    OVERLAP_T = "overlap_t"
    WELCH_T = "welch_t"
    CLUSTER_T = "cluster_t"
    KNOWN_VARIANCE = "known_variance"
    FELDT = "feldt"
    FISHER_Z = "fisher_z"
    NORMAL_THEORY = "normal_theory"
    CLUSTER_BOOTSTRAP = "cluster_bootstrap"


class Why(StrEnum):
    """Why there is no figure although enough answered; a code for the sentence that says so."""

    NO_SPREAD = "no_spread"  # all answers are the same
    NO_COMMON_FACTOR = "no_common_factor"  # the items do not measure one thing
    HEYWOOD = "heywood"  # an item without any error of its own
    NO_CONVERGENCE = "no_convergence"


@dataclass(frozen=True, slots=True)
class NoFigure:
    """There is no figure: `n` observations are there, but they do not allow one."""

    n: int
    why: Why


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


class Direction(StrEnum):
    """What may be said of a change; unclear never means "unchanged"."""

    IMPROVED = "improved"
    DECLINED = "declined"
    UNCLEAR = "unclear"


def direction_of(diff: float, is_clear: bool) -> Direction:
    """Put a change into a word, or `UNCLEAR` where the evidence does not suffice.

    >>> direction_of(-4.0, True).value, direction_of(-4.0, False).value
    ('declined', 'unclear')
    """
    if not is_clear or diff == 0:
        return Direction.UNCLEAR
    return Direction.IMPROVED if diff > 0 else Direction.DECLINED


@dataclass(frozen=True, slots=True)
class Change:
    """Second minus first score in points; `interval` is cut to -100..100, `p` is two-sided."""

    n_first: int
    n_second: int
    diff: float
    se: float
    df: float
    interval: Interval
    p: float
    conf: float
    method: Method

    @property
    def direction(self) -> Direction:
        """The word on a page about this one change; a list of many asks `discoveries` instead."""
        return direction_of(self.diff, self.p < 1 - self.conf)

    @property
    def smallest_seen(self) -> float:
        """The smallest change that would probably have been noticed: 1.96*se at 95 %."""
        return normal_quantile(self.conf) * self.se
