"""How much of the revenue few accounts bring, in the real numbers instead of "80/20"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm

from feedback.analytics.figures import NoFigure, TooFew, Why

A_PERCENT = 80
B_PERCENT = 95

Amount = int | float | Decimal | Fraction


class RevenueClass(StrEnum):
    """A: the accounts that 80 % of the revenue need; B: those up to 95 %; C: all others."""

    A = "a"
    B = "b"
    C = "c"


@dataclass(frozen=True, slots=True)
class Pareto:
    """Concentration of revenue over `n` accounts; shares and Gini lie between 0 and 1."""

    n: int
    total: float
    needed_for_80: int
    top_fifth: int
    share_of_top_fifth: float
    gini: float
    classes: Mapping[int, RevenueClass]

    @property
    def share_needed_for_80(self) -> float:
        """Share of all accounts that together bring 80 % of the revenue."""
        return self.needed_for_80 / self.n


def pareto(revenues: Sequence[tuple[int, Amount]]) -> Pareto | TooFew | NoFigure:
    """Class accounts (id, yearly revenue) by what the biggest of them bring together.

    Sorted by revenue, ties by id. A are the fewest that reach 80 % of the total, B those that
    reach 95 % with them, C the rest. The top fifth are ceil(G/5) accounts; Gini =
    sum (2i-G-1)*x_i/(G*sum x) with x ascending, 0 if all are equal, (G-1)/G if one has all.
    Exact for whole and decimal amounts. No account gives TooFew; NoFigure if nobody brings
    revenue. ValueError for a negative amount or an id that comes twice.

    >>> found = pareto([(1, 80), (2, 15), (3, 5), (4, 0), (5, 0)])
    >>> found.needed_for_80, found.share_of_top_fifth, found.gini
    (1, 0.8, 0.7)
    >>> [found.classes[account].value for account in (1, 2, 3)]
    ['a', 'b', 'c']
    """
    ratios = [(key, x.as_integer_ratio()) for key, x in revenues]
    n, common = len(ratios), lcm(*(divisor for _, (_, divisor) in ratios))
    if n == 0:
        return TooFew(0, 1)
    # Whole numbers of the smallest coin: exact, and fast for many accounts.
    coins = [(key, x * (common // divisor)) for key, (x, divisor) in ratios]
    coins.sort(key=lambda pair: (-pair[1], pair[0]))
    if len({key for key, _ in coins}) != n or coins[-1][1] < 0:
        raise ValueError("every account once, with a revenue that is not negative")
    total = sum(x for _, x in coins)
    if total == 0:
        return NoFigure(n, Why.NO_SPREAD)
    classes = _classes(coins, total)
    fifth = -(-n // 5)
    ranks = sum((n - 1 - 2 * i) * x for i, (_, x) in enumerate(coins))
    return Pareto(
        n=n,
        total=total / common,
        needed_for_80=sum(one is RevenueClass.A for one in classes.values()),
        top_fifth=fifth,
        share_of_top_fifth=sum(x for _, x in coins[:fifth]) / total,
        gini=ranks / (n * total),
        classes=classes,
    )


def _classes(biggest_first: Sequence[tuple[int, int]], total: int) -> dict[int, RevenueClass]:
    classes: dict[int, RevenueClass] = {}
    before = 0
    for key, x in biggest_first:
        # An account's class depends on what the bigger ones have reached before it.
        if 100 * before < A_PERCENT * total:
            classes[key] = RevenueClass.A
        elif 100 * before < B_PERCENT * total:
            classes[key] = RevenueClass.B
        else:
            classes[key] = RevenueClass.C
        before += x
    return classes
