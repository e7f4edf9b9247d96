"""Exact sums of several values per person and of their products, and what follows from them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np

from feedback.analytics.intervals import Floats

Number = int | Fraction


@dataclass(frozen=True, slots=True)
class Crossproducts:
    """`n` persons with k values each: the k sums, and the sums of products i <= j, row by row.

    Integers stay exact in every sum, so the order in which persons and groups came leaves no trace.
    """

    n: int
    sums: tuple[Number, ...]
    products: tuple[Number, ...]

    def __post_init__(self) -> None:
        k = len(self.sums)
        if self.n < 0 or len(self.products) != k * (k + 1) // 2:
            raise ValueError(f"{len(self.products)} products of {k} values of {self.n} persons")

    @property
    def size(self) -> int:
        """How many values each person has."""
        return len(self.sums)

    @property
    def means(self) -> tuple[float, ...]:
        """Mean of each value; ValueError without persons."""
        if self.n == 0:
            raise ValueError("no mean of nobody")
        return tuple(float(Fraction(one) / self.n) for one in self.sums)

    def only(self, places: Sequence[int]) -> Crossproducts:
        """Give the same persons with only the values at these places, in this order."""
        at = {pair: i for i, pair in enumerate(_pairs(self.size))}
        kept = [tuple(sorted((places[i], places[j]))) for i, j in _pairs(len(places))]
        return Crossproducts(
            self.n,
            tuple(self.sums[place] for place in places),
            tuple(self.products[at[i, j]] for i, j in kept),
        )

    def centred(self) -> Floats:
        """Give the k x k matrix n*sum(xy) - sum(x)*sum(y), exact until the last rounding."""
        found = np.empty((self.size, self.size))
        for (i, j), product in zip(_pairs(self.size), self.products, strict=True):
            found[i, j] = found[j, i] = float(self.n * product - self.sums[i] * self.sums[j])
        if np.any(np.diag(found) < 0):
            raise ValueError("a sum of squares is too small for its sum")
        return found

    def covariance(self) -> Floats:
        """Give the k x k covariance matrix (divisor n-1); ValueError below two persons."""
        if self.n < 2:
            raise ValueError(f"no covariance of {self.n} persons")
        return self.centred() / (self.n * (self.n - 1))


def from_vector(vector: Sequence[int], size: int) -> Crossproducts:
    """Read n, then sums of `size` values, then their products i <= j row by row.

    >>> from_vector((1, 2, 3, 4, 6, 9), 2)
    Crossproducts(n=1, sums=(2, 3), products=(4, 6, 9))
    """
    n, *rest = vector
    return Crossproducts(n, tuple(rest[:size]), tuple(rest[size:]))


def crossproducts_of(rows: Iterable[Sequence[float]], size: int) -> Crossproducts:
    """Add up persons given as rows of `size` values; other numbers than integers stay exact too.

    >>> crossproducts_of([(1, 2), (3, 5)], 2).covariance().tolist()
    [[2.0, 3.0], [3.0, 4.5]]
    """
    n = 0
    sums: list[Number] = [0] * size
    products: list[Number] = [0] * (size * (size + 1) // 2)
    for row in rows:
        exact = [one if isinstance(one, int) else Fraction(one) for one in row]
        if len(exact) != size:
            raise ValueError(f"a row of {len(exact)} among rows of {size}")
        n += 1
        sums = [a + b for a, b in zip(sums, exact, strict=True)]
        products = [
            a + exact[i] * exact[j] for a, (i, j) in zip(products, _pairs(size), strict=True)
        ]
    return Crossproducts(n, tuple(sums), tuple(products))


def merged(groups: Iterable[Crossproducts]) -> Crossproducts:
    """Add groups of persons up: the same as if all had been added as one. ValueError for none."""
    several = list(groups)
    if len({group.size for group in several}) != 1:
        raise ValueError("groups with the same number of values can be merged")
    return Crossproducts(
        sum(group.n for group in several),
        tuple(sum(column) for column in zip(*(group.sums for group in several), strict=True)),
        tuple(sum(column) for column in zip(*(group.products for group in several), strict=True)),
    )


def correlation(first: float, second: float, product: float) -> float:
    """Give product/sqrt(first*second), cut to -1..1: of two variances and a covariance above 0."""
    return max(-1.0, min(1.0, product / math.sqrt(first * second)))


def _pairs(size: int) -> list[tuple[int, int]]:
    return list(combinations_with_replacement(range(size), 2))
