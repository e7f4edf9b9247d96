"""The reliability of items that weigh differently on the one thing they measure."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from feedback.analytics.figures import Interval, Method, NoFigure, TooFew, Why
from feedback.analytics.intervals import Floats
from feedback.analytics.quantiles import normal_quantile
from feedback.analytics.reliability import Coefficient, Reliability

LEAST_ITEMS = 3
# A share of error this small is no estimate but the edge of what the model allows.
HEYWOOD_BELOW = 0.005
CONVERGED = 1e-5
# Error variances are searched in this range of logarithms; beyond lies no answer, only overflow.
FARTHEST = 30.0


@dataclass(frozen=True, slots=True)
class Omega:
    """The one-factor model behind an omega: loading and error variance of each item."""

    loadings: tuple[float, ...]
    uniquenesses: tuple[float, ...]
    reliability: Reliability


def mcdonald_omega(cov: Floats, n: int, conf: float = 0.95) -> Omega | TooFew | NoFigure:
    """Give omega = (sum l)^2 / ((sum l)^2 + sum u), 0..1, of three items and more.

    l and u are loadings and error variances of a one-factor model fitted to the covariance
    matrix of n persons (divisor n-1) by maximum likelihood; three items fit exactly:
    l_1 = sqrt(s12*s13/s23). Interval: normal theory (expected information) on the logit of omega.
    McDonald 1999, Test Theory. TooFew below n = k+1 for k items. NoFigure says why the model
    does not hold: an item does not vary, no common factor, an error variance at or below 0
    (Heywood), or no convergence; show alpha then. ValueError below three items.

    >>> cov = np.array([[2.0, 1.0, 1.0], [1.0, 2.0, 1.0], [1.0, 1.0, 2.0]])
    >>> found = mcdonald_omega(cov, 100)
    >>> [round(one, 6) for one in found.loadings], round(found.reliability.value, 6)
    ([1.0, 1.0, 1.0], 0.75)
    """
    k = len(cov)
    if k < LEAST_ITEMS or cov.shape != (k, k):
        raise ValueError(f"a square matrix of {LEAST_ITEMS} items and more, not {cov.shape}")
    if n <= k:
        return TooFew(n, k + 1)
    sd = np.sqrt(np.maximum(np.diag(cov), 0.0))
    if not np.all(sd > 0):
        return NoFigure(n, Why.NO_SPREAD)
    corr = cov / np.outer(sd, sd)
    fitted = _exact(corr) if k == LEAST_ITEMS else _by_likelihood(corr)
    return NoFigure(n, fitted) if isinstance(fitted, Why) else _omega(*fitted, sd, n, conf)


def _omega(loads: Floats, errors: Floats, sd: Floats, n: int, conf: float) -> Omega | NoFigure:
    common, unique = abs(float(sd @ loads)), float(sd**2 @ errors)
    if common == 0:
        return NoFigure(n, Why.NO_COMMON_FACTOR)
    value = common**2 / (common**2 + unique)
    loads = loads if float(sd @ loads) > 0 else -loads
    # logit(omega) = 2*log(common) - log(unique)
    slope = np.concatenate((2 * sd / common, -(sd**2) / unique))
    variance = slope @ np.linalg.solve(_information(loads, errors, n), slope)
    half = normal_quantile(conf) * math.sqrt(max(0.0, float(variance)))
    logit = math.log(common**2 / unique)
    limits = Interval(_share(logit - half), _share(logit + half))
    return Omega(
        tuple((sd * loads).tolist()),
        tuple((sd**2 * errors).tolist()),
        Reliability(Coefficient.OMEGA, n, len(sd), value, limits, conf, Method.NORMAL_THEORY),
    )


def _exact(corr: Floats) -> tuple[Floats, Floats] | Why:
    a, b, c = corr[0, 1], corr[0, 2], corr[1, 2]
    if not a * b * c > 0:
        return Why.NO_COMMON_FACTOR
    first = math.sqrt(a * b / c)
    loads = np.array([first, a / first, b / first])
    errors = 1 - loads**2
    return (loads, errors) if np.all(errors > 0) else Why.HEYWOOD


def _by_likelihood(corr: Floats) -> tuple[Floats, Floats] | Why:
    """Minimise log|S| + tr(corr S^-1) with S = ll' + diag(u) over l and log u."""
    from scipy.optimize import minimize  # noqa: PLC0415 - no web process needs it at start

    k = len(corr)

    def misfit(x: Floats) -> tuple[float, Floats]:
        loads, errors = x[:k], np.exp(np.clip(x[k:], -FARTHEST, FARTHEST))
        inverse, size = _inverse(loads, errors)
        pull = inverse - inverse @ corr @ inverse
        value = size + float((corr * inverse).sum())
        return value, np.concatenate((2 * pull @ loads, np.diag(pull) * errors))

    values, vectors = np.linalg.eigh(corr)
    start = vectors[:, -1] * math.sqrt(values[-1]) * 0.9
    begin = np.concatenate((start, np.log(np.maximum(1 - start**2, 0.1))))
    found = minimize(misfit, begin, jac=True, method="BFGS", options={"gtol": 1e-9})
    errors = np.exp(found.x[k:])
    if not np.all(np.isfinite(found.x)) or np.any(errors < HEYWOOD_BELOW):
        return Why.HEYWOOD
    # BFGS reports "precision loss" where the step can get no smaller; the slope decides.
    if float(np.abs(found.jac).max()) > CONVERGED:
        return Why.NO_CONVERGENCE
    return found.x[:k], errors


def _inverse(loads: Floats, errors: Floats) -> tuple[Floats, float]:
    """Give the inverse of S = ll' + diag(u) and log|S|; they exist for every u above 0."""
    scaled = loads / errors
    more = 1 + float(loads @ scaled)
    inverse: Floats = np.diag(1 / errors) - np.outer(scaled, scaled) / more
    return inverse, float(np.log(errors).sum()) + math.log(more)


def _information(loads: Floats, errors: Floats, n: int) -> Floats:
    """Give (n-1)/2 * tr(S^-1 dS_a S^-1 dS_b) over the parameters l and u."""
    k = len(loads)
    moves = np.zeros((2 * k, k, k))
    for i in range(k):
        moves[i, i, :] += loads
        moves[i, :, i] += loads
        moves[k + i, i, i] = 1.0
    turned = _inverse(loads, errors)[0] @ moves
    found: Floats = (n - 1) / 2 * np.einsum("aij,bji->ab", turned, turned)
    return found


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
