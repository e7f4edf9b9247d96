"""What goes together with satisfaction, and when the answers do not allow to say so.

Never a cause: predictors and outcome come from the same persons on the same day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from feedback.analytics.crossproducts import from_vector
from feedback.analytics.driver_draws import Draws, drawn
from feedback.analytics.driver_figures import (
    PERSONS_FROM,
    DriverFigures,
    Reason,
    Refusal,
    key_drivers,
)
from feedback.analytics.figures import Interval, Method

FIRM_FROM = 200
ACCOUNTS_FROM = 20
COMPLETE_FROM = 0.80
NO_RELATION_P = 0.05
MOST_VIF = 10.0
FIRM_VIF = 5.0
# So often must the same driver come first before it is called the most important.
FIRST_FROM = 0.90
LEAST_DRAWS = 100


@dataclass(frozen=True, slots=True)
class DriversRefused:
    """There is no driver analysis of these `n` complete cases of `accounts` accounts."""

    n: int
    accounts: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Driver:
    """One predictor: its `share` of what all explain together, 0..1, with interval.

    `first` is the share of draws in which it came first, `correlation` the simple one with the
    outcome: where it is negative the page says so.
    """

    name: str
    share: float
    interval: Interval
    first: float
    correlation: float
    vif: float


@dataclass(frozen=True, slots=True)
class Drivers:
    """The predictors by share, biggest first; `top` names those that may be the most important.

    `complete` is the share of persons with all answers, `r2` what all predictors explain
    together. `johnson_first` is who comes first by Johnson's weights, a check beside LMG.
    """

    n: int
    accounts: int
    complete: float
    r2: float
    r2_interval: Interval
    f: float
    p: float
    drivers: tuple[Driver, ...]
    top: tuple[str, ...]
    johnson_first: str
    is_provisional: bool
    draws: int
    conf: float
    method: Method = Method.CLUSTER_BOOTSTRAP

    @property
    def has_most_important(self) -> bool:
        """Whether one driver came first in 90 % of draws; otherwise those in `top` are tied."""
        return len(self.top) == 1


def refusals(
    found: DriverFigures | Reason, names: Sequence[str], n: int, accounts: int, complete: float
) -> tuple[Reason, ...]:
    """Give every reason not to show what `key_drivers` found; none if it may be shown.

    Below 100 persons, 20 accounts or 80 % complete cases; a variable that does not vary; a VIF
    above 10; an overall F test with p >= .05.
    """
    reasons = [
        (n < PERSONS_FROM, Reason(Refusal.FEW_PERSONS, n, PERSONS_FROM)),
        (accounts < ACCOUNTS_FROM, Reason(Refusal.FEW_ACCOUNTS, accounts, ACCOUNTS_FROM)),
        (complete < COMPLETE_FROM, Reason(Refusal.INCOMPLETE, complete, COMPLETE_FROM)),
    ]
    if isinstance(found, Reason):
        reasons += [(found.code is Refusal.NO_SPREAD, found)]
    else:
        worst = max(found.vif)
        who = tuple(name for name, vif in zip(names, found.vif, strict=True) if vif > MOST_VIF)
        reasons += [
            (worst > MOST_VIF, Reason(Refusal.COLLINEAR, worst, MOST_VIF, who)),
            (found.p >= NO_RELATION_P, Reason(Refusal.NO_RELATION, found.p, NO_RELATION_P)),
        ]
    return tuple(reason for refused, reason in reasons if refused)


def find_drivers(
    accounts: Sequence[Sequence[int]] | npt.NDArray[np.int64],
    names: Sequence[str],
    answered: int,
    *,
    draws: int = 1000,
    seed: int = 2011,
    conf: float = 0.95,
) -> Drivers | DriversRefused:
    """Give what goes together with the outcome, with intervals, or why it cannot be said.

    `accounts` has a row per account: n complete cases, the k+1 sums, and the products i <= j row
    by row, of the predictors `names` and, last, the outcome. `answered` persons could have been
    complete. Intervals are percentiles over draws of whole accounts (`drawn`). Rows without cases
    do not count. ValueError for more cases than persons, or fewer than 100 draws.
    """
    size = len(names) + 1
    rows = np.asarray(accounts, np.int64).reshape(len(accounts), 1 + size + size * (size + 1) // 2)
    rows = rows[rows[:, 0] > 0]
    total = from_vector([int(one) for one in rows.sum(axis=0)], size)
    if total.n > answered or draws < LEAST_DRAWS:
        raise ValueError(f"{total.n} complete cases of {answered}, {draws} draws")
    complete = total.n / answered if answered else 0.0
    figures = key_drivers(total, names)
    reasons = refusals(figures, names, total.n, len(rows), complete)
    if reasons or isinstance(figures, Reason):
        return DriversRefused(total.n, len(rows), reasons)
    return _drivers(figures, names, (len(rows), complete), drawn(rows, size, draws, seed), conf)


def _drivers(
    figures: DriverFigures,
    names: Sequence[str],
    base: tuple[int, float],
    found: Draws,
    conf: float,
) -> Drivers:
    tails = [(1 - conf) / 2, (1 + conf) / 2]
    lo, hi = np.quantile(found.shares, tails, axis=0).tolist()
    r2_lo, r2_hi = np.quantile(found.r2, tails).tolist()
    first = found.first.tolist()
    drivers = [
        Driver(name, part / figures.r2, Interval(lo[at], hi[at]), first[at], simple, vif)
        for at, (name, part, simple, vif) in enumerate(
            zip(names, figures.lmg, figures.correlations, figures.vif, strict=True)
        )
    ]
    return Drivers(
        n=figures.n,
        accounts=base[0],
        complete=base[1],
        r2=figures.r2,
        r2_interval=Interval(r2_lo, r2_hi),
        f=figures.f,
        p=figures.p,
        drivers=tuple(sorted(drivers, key=lambda driver: -driver.share)),
        top=top_group(dict(zip(names, first, strict=True))),
        johnson_first=names[int(np.argmax(figures.johnson))],
        is_provisional=figures.n < FIRM_FROM or max(figures.vif) > FIRM_VIF,
        draws=found.draws,
        conf=conf,
    )


def top_group(first: dict[str, float]) -> tuple[str, ...]:
    """Give the fewest drivers one of which came first in 90 % of draws, most often first.

    >>> top_group({"a": 0.05, "b": 0.93, "c": 0.02}), top_group({"a": 0.6, "b": 0.35, "c": 0.05})
    (('b',), ('a', 'b'))
    """
    group: list[str] = []
    reached = 0.0
    for name, share in sorted(first.items(), key=lambda pair: -pair[1]):
        if reached >= FIRST_FROM:
            break
        group.append(name)
        reached += share
    return tuple(group)
