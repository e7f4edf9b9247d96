"""Which of many p values may be reported, so that few of those reported are false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# In a list of accounts about one in ten of the reported changes may be chance.
LIST_Q = 0.10


@dataclass(frozen=True, slots=True)
class Discoveries:
    """Adjusted p values in the order the p values came in, and which of them are at most `q`."""

    adjusted: tuple[float, ...]
    q: float

    @property
    def found(self) -> tuple[bool, ...]:
        """Which may be reported, in the order the p values came in."""
        return tuple(one <= self.q for one in self.adjusted)

    @property
    def count(self) -> int:
        """How many may be reported."""
        return sum(self.found)


def benjamini_hochberg(p: Sequence[float], q: float = LIST_Q) -> Discoveries:
    """Give the p values adjusted for being many: min over j >= i of p_(j)*m/j, at most 1.

    Reporting those with adjusted p <= q keeps the expected share of false ones at q. Benjamini
    & Hochberg 1995, JRSS-B 57:289. ValueError for a p outside 0..1.

    >>> found = benjamini_hochberg([0.02, 0.9, 0.01])
    >>> found.adjusted, found.found
    ((0.03, 0.9, 0.03), (True, False, True))
    """
    values = np.asarray(p, dtype=np.float64)
    if not np.all((values >= 0) & (values <= 1)):
        raise ValueError("a p value lies between 0 and 1")
    order = np.argsort(values, kind="stable")
    m = len(values)
    stepped = values[order] * (m / np.arange(1, m + 1))
    adjusted = np.empty(m)
    adjusted[order] = np.minimum.accumulate(stepped[::-1])[::-1]
    return Discoveries(tuple(np.minimum(adjusted, 1.0).tolist()), q)
