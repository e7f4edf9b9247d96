"""Scores of many accounts drawn towards what such accounts have in common, for lists and risks.

A mean of two persons far from the others is mostly chance. Where enough accounts answered, each
is moved towards the mean of its segment by as much as chance explains (empirical Bayes); pages
sort by the moved score and show the plain mean.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from feedback.analytics.components import Squares, squares_of
from feedback.analytics.figures import TooFew
from feedback.analytics.intervals import Floats, Sums
from feedback.analytics.shrunken import ScoreShrinkage, Shrinkage

# A segment with fewer answering accounts has no mean worth moving towards; the portfolio has.
SEGMENT_FROM = 10

Places = npt.NDArray[np.int64]


def eb_shrinkage_known_v(
    means: Sequence[float],
    v: Sequence[float],
    *,
    df: float = math.inf,
    segments: Sequence[Hashable] | None = None,
) -> Shrinkage | TooFew:
    """Move means of known variance v > 0 towards each other, however few they are.

    tau2 = max(0, (Q-(G-S)) / sum(W1-W2/W1)) with w = 1/v, Q = sum w(m-mbar_w)^2, W1 = sum w,
    W2 = sum w^2, all within S segments (DerSimonian & Laird 1986); w* = 1/(v+tau2),
    target = sum(w* m)/sum w*, B = tau2/(tau2+v), theta = target + B(m-target),
    se^2 = B*v + (1-B)^2/sum w* (Morris 1983, JASA 78:47). Segments with fewer than ten accounts
    count as one, whose target is everybody's mean. No account gives TooFew. Lists use
    `shrunken_changes`.

    Rubin's eight schools (1981), which do not differ by more than chance:

    >>> v = [sd * sd for sd in (15, 10, 16, 11, 9, 11, 10, 18)]
    >>> found = eb_shrinkage_known_v([28, 8, -3, 7, -1, 1, 18, 12], v)
    >>> found.tau2, float(round(found.theta[0], 4)), float(round(found.se[0], 4))
    (0.0, 7.6856, 4.0719)
    """
    m, var = np.asarray(means, np.float64), np.asarray(v, np.float64)
    if not np.all(var > 0) or m.shape != var.shape:
        raise ValueError("every mean needs a variance above 0")
    if not len(m):
        return TooFew(0, 1)
    groups = _groups(segments, len(m))
    explained = spread = 0.0
    for group in groups:
        w, own = 1 / var[group.places], m[group.places]
        w1, w2 = _sum(w), _sum(w * w)
        explained += _sum(w * (own - _sum(w * own) / w1) ** 2) - (len(own) - 1)
        spread += w1 - w2 / w1
    tau2 = max(0.0, explained / spread) if spread > 0 else 0.0
    return _shrink(m, var, tau2, df, groups)


def eb_shrinkage_from_sums(
    accounts: Sequence[Sums],
    nu0: float = 0,
    phi0: float = 0,
    *,
    full: float = 100,
    segments: Sequence[Hashable] | None = None,
) -> ScoreShrinkage | TooFew:
    """Move the mean scores of accounts towards each other, however few they are.

    `eb_shrinkage_known_v` with v = MSW/n and MSW = (nu0*phi0*M(100-M) + SSW)/(nu0+df), SSW and
    df pooled within accounts, M the mean of all persons (kept half a person off the ends of the
    scale in the prior, so that equal answers never make certain). tau2 is then the estimate of
    one-way ANOVA. TooFew if nobody answered, or, in persons, without prior and without accounts
    of two. Lists use `shrunken_scores`.

    >>> found = eb_shrinkage_from_sums([Sums(2, 30, 500), Sums(2, 70, 2500)])
    >>> found.msw, found.tau2, found.weight.tolist(), found.theta.tolist()
    (50.0, 175.0, [0.875, 0.875], [16.25, 33.75])
    """
    places = np.array([at for at, account in enumerate(accounts) if account.n > 0], np.int64)
    own = [account for account in accounts if account.n > 0]
    whole = squares_of(own)
    df = nu0 + whole.df_within
    if not own or df == 0:
        return TooFew(whole.persons, whole.persons + 1)
    unit = 100 / full
    msw = (nu0 * phi0 * _spread(whole, unit) + float(whole.within) * unit**2) / df
    groups = _groups(None if segments is None else [segments[at] for at in places], len(own))
    tau2 = _between([squares_of([own[at] for at in group.places]) for group in groups], msw, unit)
    n = np.fromiter((account.n for account in own), np.int64, len(own))
    s1 = np.fromiter((float(account.s1) for account in own), np.float64, len(own))
    found = _shrink(s1 / n * unit, msw / n, tau2, df, groups)
    return _in_place(found, n, msw, places, len(accounts))


def shrunken_scores(
    accounts: Sequence[Sums],
    nu0: float,
    phi0: float,
    *,
    full: float = 100,
    segments: Sequence[Hashable] | None = None,
) -> ScoreShrinkage | TooFew:
    """Give what lists and alerts use: moved scores from 20 answering accounts, else the means.

    `eb_shrinkage_from_sums`; below 20 accounts theta is the plain mean, B is 1 and `p_below`
    comes from t on nu0+df degrees of freedom.
    """
    found = eb_shrinkage_from_sums(accounts, nu0, phi0, full=full, segments=segments)
    return found if isinstance(found, TooFew) else found.for_lists()


def shrunken_changes(
    changes: Sequence[float],
    v: Sequence[float],
    df: float,
    *,
    segments: Sequence[Hashable] | None = None,
) -> Shrinkage | TooFew:
    """Give the changes of many accounts moved towards each other, from 20 accounts on.

    `eb_shrinkage_known_v` on changes with their variances (`account_changes`); below 20 the
    plain changes with t on `df` degrees of freedom.
    """
    found = eb_shrinkage_known_v(changes, v, df=df, segments=segments)
    return found if isinstance(found, TooFew) else found.for_lists()


class _Group(NamedTuple):
    """Accounts of one segment; those of all small segments together have no target of their own."""

    places: Places
    has_target: bool


def _groups(segments: Sequence[Hashable] | None, accounts: int) -> list[_Group]:
    if segments is None:
        return [_Group(np.arange(accounts), False)]
    if len(segments) != accounts:
        raise ValueError(f"{len(segments)} segments of {accounts} accounts")
    big = [segment for segment, size in Counter(segments).items() if size >= SEGMENT_FROM]
    number = {segment: at for at, segment in enumerate(big)}
    labels = np.fromiter((number.get(one, len(big)) for one in segments), np.int64, accounts)
    found = [_Group(np.flatnonzero(labels == at), at < len(big)) for at in range(len(big) + 1)]
    return [group for group in found if len(group.places)]


def _spread(whole: Squares, unit: float) -> float:
    """Give M(100-M); an M within half a person of the end of the scale is moved that far off."""
    nearest = 50 / (whole.persons + 1)
    mean = float(whole.total) / whole.persons * unit
    inside = min(max(mean, nearest), 100 - nearest)
    return inside * (100 - inside)


def _between(groups: Sequence[Squares], msw: float, unit: float) -> float:
    worth = math.fsum(group.worth for group in groups)
    if worth <= 0:
        return 0.0
    between = float(sum(group.between for group in groups)) * unit**2
    chance = msw * sum(group.accounts - 1 for group in groups)
    return max(0.0, (between - chance) / worth)


def _shrink(m: Floats, v: Floats, tau2: float, df: float, groups: Sequence[_Group]) -> Shrinkage:
    total = v + tau2
    # Nobody differs from anybody: all means are the target, whatever weighs them.
    w = 1 / np.where(total > 0, total, 1.0)
    weight = np.where(total > 0, tau2 * w, 0.0)
    target, target_se = np.empty(len(m)), np.empty(len(m))
    for places, has_target in groups:
        own = places if has_target else slice(None)
        together = _sum(w[own])
        target[places] = _sum(w[own] * m[own]) / together
        target_se[places] = 0.0 if not total.any() else math.sqrt(1 / together)
    se = np.sqrt(weight * v + ((1 - weight) * target_se) ** 2)
    theta = target + weight * (m - target)
    return Shrinkage(len(m), m, v, target, target_se, weight, theta, se, tau2, df, shrunk=True)


def _in_place(
    found: Shrinkage, n: Places, msw: float, places: Places, accounts: int
) -> ScoreShrinkage:
    """Put the columns of the answering accounts back among all accounts."""

    def spread(column: Floats) -> Floats:
        whole = np.full(accounts, np.nan)
        whole[places] = column
        return whole

    persons = np.zeros(accounts, np.int64)
    persons[places] = n
    return ScoreShrinkage(
        accounts=found.accounts,
        mean=spread(found.mean),
        v=spread(found.v),
        target=spread(found.target),
        target_se=spread(found.target_se),
        weight=spread(found.weight),
        theta=spread(found.theta),
        se=spread(found.se),
        tau2=found.tau2,
        df=found.df,
        shrunk=found.shrunk,
        n=persons,
        msw=msw,
    )


def _sum(values: Floats) -> float:
    # Exactly rounded, so that the order in which accounts come cannot change a digit.
    return math.fsum(values.tolist())
