"""How much the shares of predictors would move with other accounts: draws of whole accounts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from feedback.analytics.importance import correlations, lmg
from feedback.analytics.intervals import Floats

# Accounts drawn at a time, over all draws of a chunk: bounds memory at some 50 MB.
AT_A_TIME = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """R2 and each predictor's share of it, per draw in which every variable varies.

    `draws` counts the others, too: in those nobody came first.
    """

    draws: int
    r2: Floats
    shares: Floats

    @property
    def first(self) -> Floats:
        """Share of all draws in which each predictor came first."""
        k = self.shares.shape[1]
        found: Floats = np.bincount(self.shares.argmax(axis=1), minlength=k) / self.draws
        return found


def drawn(accounts: npt.NDArray[np.int64], size: int, draws: int, seed: int) -> Draws:
    """Draw as many accounts as there are, with replacement, `draws` times, and share R2 out anew.

    A row per account: n, `size` sums, products i <= j row by row, outcome last. Persons of one
    account resemble each other, so accounts are drawn, not persons. The same seed gives the same
    draws, whatever the order of the rows.
    """
    count = len(accounts)
    rows = accounts[np.lexsort(accounts.T)].astype(np.float64)
    rng = np.random.default_rng(seed)
    chunk = max(1, AT_A_TIME // count)
    sums = np.empty((draws, rows.shape[1]))
    for start in range(0, draws, chunk):
        several = min(chunk, draws - start)
        picked = rng.integers(0, count, (several, count), dtype=np.int32)
        picked += np.arange(several, dtype=np.int32)[:, None] * np.int32(count)
        times = np.bincount(picked.ravel(), minlength=several * count).reshape(several, count)
        # Whole numbers far below 2^53: no order of adding can round them.
        sums[start : start + several] = times.astype(np.float64) @ rows
    corr, valid = correlations(sums, size)
    parts = lmg(corr[valid])
    r2 = parts.sum(axis=1)
    related = r2 > 0
    return Draws(draws, r2[related], parts[related] / r2[related, None])
