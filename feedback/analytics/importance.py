"""Who gets which share of what predictors explain together; computed for many samples at once."""

from __future__ import annotations

from functools import lru_cache
from math import factorial

import numpy as np
import numpy.typing as npt

from feedback.analytics.intervals import Floats

# Beyond this a predictor is, but for rounding, a sum of others: it explains nothing of its own.
COLLINEAR = 1e-10
MOST_PREDICTORS = 10


def lmg(corr: Floats) -> Floats:
    """Give each predictor's part of R2, averaged over all orders of entering, for many samples.

    (B, k+1, k+1) correlations with the outcome last → (B, k). LMG = sum over subsets S without
    j of |S|!(k-|S|-1)!/k! * (R2(S and j) - R2(S)), the Shapley value of R2 (Groemping 2006, JSS
    17(1)). Every part is at least 0 and they add up to R2. ValueError above ten predictors.

    >>> independent = np.array([[[1.0, 0.0, 0.6], [0.0, 1.0, 0.3], [0.6, 0.3, 1.0]]])
    >>> lmg(independent).round(12).tolist()
    [[0.36, 0.09]]
    """
    found: Floats = r2_of_subsets(corr) @ _shapley(corr.shape[-1] - 1)
    return np.maximum(found, 0.0)


def r2_of_subsets(corr: Floats) -> Floats:
    """Give R2 of every subset of predictors: (B, k+1, k+1) → (B, 2^k), bit j for predictor j."""
    k = corr.shape[-1] - 1
    if k > MOST_PREDICTORS:
        raise ValueError(f"{k} predictors have too many subsets, {MOST_PREDICTORS} at most")
    found = np.zeros((len(corr), 2**k))
    _enter(corr, 0, 0, found)
    return np.clip(found, 0.0, 1.0)


def _enter(rest: Floats, subset: int, first: int, found: Floats) -> None:
    """Take predictors into a subset, one after the other, and note what is then explained.

    `rest` holds what remains of the variables from `first` on, once the subset is known: each
    subset costs one step of Gaussian elimination on what a smaller one has left.
    """
    found[:, subset] = 1 - rest[:, -1, -1]
    for at in range(rest.shape[-1] - 1):
        pivot, column = rest[:, at, at], rest[:, at + 1 :, at]
        worth = np.where(pivot > COLLINEAR, 1 / np.maximum(pivot, COLLINEAR), 0.0)
        taken = column[:, :, None] * (column * worth[:, None])[:, None, :]
        left = rest[:, at + 1 :, at + 1 :] - taken
        _enter(left, subset | 1 << (first + at), first + at + 1, found)


@lru_cache(maxsize=MOST_PREDICTORS)
def _shapley(k: int) -> Floats:
    """Give the (2^k, k) matrix that turns R2 of subsets into LMG."""
    weights = np.empty((2**k, k))
    for subset in range(2**k):
        size = subset.bit_count()
        for j in range(k):
            if subset >> j & 1:
                weights[subset, j] = factorial(size - 1) * factorial(k - size) / factorial(k)
            else:
                weights[subset, j] = -factorial(size) * factorial(k - size - 1) / factorial(k)
    return weights


def johnson_weights(corr: Floats) -> Floats:
    """Give Johnson's relative weights of one (k+1, k+1) matrix: k shares that add up to R2.

    With R = Q diag(l) Q', A = Q diag(sqrt(l)) Q' and b = A^-1 r: weights = A^2 b^2, squared
    entry by entry (Johnson 2000, MBR 35:1). Only a check beside LMG; Thomas et al. 2014, MBR
    49:329, advise against reading more into it.

    >>> corr = np.array([[1.0, 0.0, 0.6], [0.0, 1.0, 0.3], [0.6, 0.3, 1.0]])
    >>> johnson_weights(corr).round(12).tolist()
    [0.36, 0.09]
    """
    values, vectors = np.linalg.eigh(corr[:-1, :-1])
    roots = np.sqrt(np.maximum(values, 0.0))
    half = (vectors * roots) @ vectors.T
    inverse = (
        vectors * np.where(roots > COLLINEAR, 1 / np.maximum(roots, COLLINEAR), 0.0)
    ) @ vectors.T
    found: Floats = half**2 @ (inverse @ corr[:-1, -1]) ** 2
    return found


def variance_inflation(corr: Floats) -> Floats:
    """Give 1/(1-R2_j) of each predictor on the others, 1 and up; infinite if it is their sum.

    Takes one (k+1, k+1) matrix with the outcome last.

    >>> variance_inflation(np.array([[1.0, 0.6, 0.1], [0.6, 1.0, 0.1], [0.1, 0.1, 1.0]])).tolist()
    [1.5625, 1.5625]
    """
    k = len(corr) - 1
    found = np.empty(k)
    for j in range(k):
        others = [i for i in range(k) if i != j]
        explained = r2_of_subsets(corr[np.ix_([*others, j], [*others, j])][None])[0, -1]
        found[j] = 1 / (1 - explained) if 1 - explained > COLLINEAR else np.inf
    return found


def correlations(sums: Floats, size: int) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Give the correlation matrices of many samples, and which samples have them.

    Takes (B, 1+size+size(size+1)/2): n, sums, products i <= j row by row. A sample in which a
    variable does not vary has no matrix; its entries mean nothing.
    """
    n, s, products = sums[:, :1], sums[:, 1 : size + 1], sums[:, size + 1 :]
    rows, columns = np.triu_indices(size)
    upper = n * products - s[:, rows] * s[:, columns]
    matrix = np.empty((len(sums), size, size))
    matrix[:, rows, columns] = matrix[:, columns, rows] = upper
    spread = np.diagonal(matrix, axis1=1, axis2=2)
    valid = np.all(spread > 0, axis=1)
    sd = np.sqrt(np.where(spread > 0, spread, 1.0))
    return matrix / (sd[:, :, None] * sd[:, None, :]), valid
