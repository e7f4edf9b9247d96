"""Portfolios in which satisfaction goes together with some dimensions more than with others."""

import numpy as np
import numpy.typing as npt

NAMES = ("trust", "reliability", "responsiveness", "communication", "empathy")


def summed_by_account(
    values: npt.NDArray[np.int64], account_of: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Give a row per account: n, sums, products i <= j, of persons given as rows of integers."""
    i, j = np.triu_indices(values.shape[1])
    parts = np.c_[np.ones(len(values), np.int64), values, values[:, i] * values[:, j]]
    found = np.zeros((int(account_of.max()) + 1, parts.shape[1]), np.int64)
    np.add.at(found, account_of, parts)
    return found


def a_portfolio(
    accounts: int = 60,
    persons: int = 5,
    pulls: tuple[float, ...] = (0.6, 0.2, 0.1, 0.1, 0.1),
    seed: int = 1,
) -> npt.NDArray[np.int64]:
    """Give the rows of `accounts` accounts of `persons` each; `pulls` move satisfaction."""
    rng = np.random.default_rng(seed)
    account_of = np.repeat(np.arange(accounts), persons)
    shared = rng.normal(0, 0.6, (accounts, 1))[account_of] + rng.normal(
        0, 0.6, (len(account_of), 1)
    )
    own = shared + rng.normal(0, 1.0, (len(account_of), len(pulls)))
    dimensions = np.clip(np.rint(15 + 4 * own), 0, 24)
    csat = np.clip(np.rint(2.5 + own @ np.array(pulls) + rng.normal(0, 0.6, len(own))), 0, 4)
    return summed_by_account(np.c_[dimensions, csat].astype(np.int64), account_of)
