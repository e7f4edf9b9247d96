"""An exact test of a change of few persons: which sums would other signs have given?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from feedback.analytics.figures import TooFew

# With five pairs the smallest possible p is 2/32, so .05 is out of reach.
SHOWN_FROM = 6
# Beyond, the t test says the same, and the page need not offer this one.
SHOWN_TO = 20
MOST_PAIRS = 40


@dataclass(frozen=True, slots=True)
class SignFlip:
    """Sum of `n` differences and its exact two-sided p."""

    n: int
    total: float
    p: float


def sign_flip_exact(differences: Sequence[float]) -> SignFlip | TooFew:
    """Give the share of all 2^n ways to set signs whose sum is at least as far from 0 as ours.

    Assumes only that up and down are equally likely for each person where nothing changed.
    Fisher 1935, The Design of Experiments, ch. 3. Exact for integers; of other numbers sums that
    differ by rounding count as equal. No difference gives TooFew; ValueError above 40.

    >>> sign_flip_exact([1, 1, 1, 1, 1, 1]).p
    0.03125
    """
    n = len(differences)
    if n == 0:
        return TooFew(0, 1)
    if n > MOST_PAIRS:
        raise ValueError(f"no exact test of {n} pairs, {MOST_PAIRS} at most")
    total = math.fsum(differences)
    sizes = [abs(d) for d in differences]
    whole = all(float(size).is_integer() for size in sizes)
    reach = abs(total) - (0.0 if whole else 1e-9 * math.fsum(sizes))
    # Two halves meet in the middle: 2*2^(n/2) sums stand for 2^n of them.
    one, other = _signed_sums(sizes[: n // 2]), _signed_sums(sizes[n // 2 :])
    at_least = len(other) * len(one) - int(np.searchsorted(other, reach - one, "left").sum())
    # The sums lie symmetric around 0, so those below -reach are as many.
    p = min(1.0, 2 * at_least / 2**n) if reach > 0 else 1.0
    return SignFlip(n, total, p)


def shown_sign_flip(differences: Sequence[float]) -> SignFlip | TooFew:
    """Give the test where a page may offer it: TooFew below six pairs.

    >>> shown_sign_flip([4, 4])
    TooFew(n=2, needed=6)
    """
    if len(differences) < SHOWN_FROM:
        return TooFew(len(differences), SHOWN_FROM)
    return sign_flip_exact(differences)


def _signed_sums(sizes: Sequence[float]) -> npt.NDArray[np.float64]:
    sums = np.zeros(1)
    for size in sizes:
        sums = np.concatenate((sums - size, sums + size))
    return np.sort(sums)
