"""R2 of several predictors and who has which share of it, as bare numbers from exact sums."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from feedback.analytics.crossproducts import Crossproducts
from feedback.analytics.importance import johnson_weights, lmg, variance_inflation
from feedback.analytics.quantiles import f_tail

OUTCOME = "outcome"
PERSONS_FROM = 100


class Refusal(StrEnum):
    """Why there is no driver analysis; a code for the sentence shown in its place."""

    FEW_PERSONS = "few_persons"
    FEW_ACCOUNTS = "few_accounts"
    INCOMPLETE = "incomplete"
    NO_SPREAD = "no_spread"
    COLLINEAR = "collinear"
    NO_RELATION = "no_relation"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason with what was found and what would be needed, in the unit of the reason.

    Persons; accounts; share of complete cases 0..1; standard deviation (0 found, more needed);
    largest VIF; p of the overall F test. `who` names the predictors at fault, or "outcome".
    """

    code: Refusal
    found: float
    needed: float
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DriverFigures:
    """The bare numbers, in the order of the predictors: `lmg` adds up to `r2`; no judgement."""

    n: int
    r2: float
    f: float
    p: float
    lmg: tuple[float, ...]
    johnson: tuple[float, ...]
    vif: tuple[float, ...]
    correlations: tuple[float, ...]


def key_drivers(cases: Crossproducts, names: Sequence[str]) -> DriverFigures | Reason:
    """Give R2, its F test, LMG, Johnson's weights and VIF of the predictors `names`.

    `cases` are exact sums over complete cases, the outcome last. F = (R2/k)/((1-R2)/(n-k-1)).
    The bare numbers, whatever n; `find_drivers` decides whether they may be shown. A Reason only
    where they do not exist: n <= k+1, or a variable that does not vary.

    >>> from feedback.analytics.crossproducts import crossproducts_of
    >>> rows = [(1, 1, 2), (1, 2, 3), (2, 1, 4), (2, 2, 5), (3, 1, 5), (3, 2, 8)]
    >>> found = key_drivers(crossproducts_of(rows, 3), ["a", "b"])
    >>> round(found.r2, 4), [round(one, 4) for one in found.lmg]
    (0.938, [0.7442, 0.1938])
    """
    k = len(names)
    if cases.size != k + 1:
        raise ValueError(f"{k} predictors and an outcome, not {cases.size} variables")
    if cases.n < k + 2:
        return Reason(Refusal.FEW_PERSONS, cases.n, PERSONS_FROM)
    centred = cases.centred()
    varies = np.diag(centred) > 0
    if not varies.all():
        still = tuple(n for n, one in zip((*names, OUTCOME), varies, strict=True) if not one)
        return Reason(Refusal.NO_SPREAD, 0.0, 0.0, still)
    sd = np.sqrt(np.diag(centred))
    corr = centred / np.outer(sd, sd)
    shares = lmg(corr[None])[0]
    r2 = min(1.0, float(shares.sum()))
    f = r2 / k / ((1 - r2) / (cases.n - k - 1)) if r2 < 1 else math.inf
    return DriverFigures(
        n=cases.n,
        r2=r2,
        f=f,
        p=f_tail(f, k, cases.n - k - 1) if r2 < 1 else 0.0,
        lmg=tuple(shares.tolist()),
        johnson=tuple(johnson_weights(corr).tolist()),
        vif=tuple(variance_inflation(corr).tolist()),
        correlations=tuple(corr[:-1, -1].tolist()),
    )
