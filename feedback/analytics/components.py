"""How much of the spread of scores lies between accounts and how much between their persons."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from feedback.analytics.figures import NoFigure, TooFew, Why
from feedback.analytics.intervals import Sums


@dataclass(frozen=True, slots=True)
class Squares:
    """Exact sums of squares of many accounts, in the measure's own integers.

    `persons` is N, `own` the sum of n^2, `total` the sum of all values.
    """

    accounts: int
    persons: int
    own: int
    total: Fraction
    within: Fraction
    between: Fraction

    @property
    def df_within(self) -> int:
        """Persons less accounts."""
        return self.persons - self.accounts

    @property
    def worth(self) -> float:
        """N - sum(n^2)/N: persons that compare accounts; 0 if there is one account."""
        return self.persons - self.own / self.persons if self.accounts else 0.0


@dataclass(frozen=True, slots=True)
class Components:
    """One-way analysis of variance over accounts, in squared points (`f` has no unit)."""

    n: int
    accounts: int
    mean: float
    msb: float
    msw: float
    f: float
    df_between: int
    df_within: int
    tau2: float

    @property
    def icc1(self) -> float | NoFigure:
        """Share of one person's variance that is the account's: tau2/(tau2+msw), 0..1."""
        return icc1(self.tau2, self.msw, self.n)


def squares_of(accounts: Iterable[Sums]) -> Squares:
    """Add up sums of squares exactly, whatever their size; accounts without answers are left out.

    within = sum(s2) - sum(s1^2/n), between = sum(s1^2/n) - (sum s1)^2/N. Longley's point holds:
    float sums lose all digits where values are large and close together.
    """
    by_size: dict[int, Fraction | int] = defaultdict(int)
    count = persons = own = 0
    total: Fraction | int = 0
    squares: Fraction | int = 0
    for n, s1, s2 in accounts:
        if n == 0:
            continue
        exact = _exact(s1)
        count, persons, own = count + 1, persons + n, own + n * n
        total, squares = total + exact, squares + _exact(s2)
        by_size[n] += exact * exact
    means = sum((Fraction(squared) / n for n, squared in by_size.items()), Fraction(0))
    common = Fraction(total) ** 2 / persons if persons else Fraction(0)
    # Squares that came as floats may fall short of their mean's by rounding, not by more.
    within = max(Fraction(0), Fraction(squares) - means)
    return Squares(count, persons, own, Fraction(total), within, means - common)


def anova_components(accounts: Sequence[Sums], *, full: float = 100) -> Components | TooFew:
    """Give mean squares between and within accounts, and the variance tau2 between accounts.

    MSB = SSB/(G-1), MSW = SSW/(N-G), F = MSB/MSW (infinite if MSW = 0) and
    tau2 = max(0, (MSB-MSW)/n0) with n0 = (N - sum(n^2)/N)/(G-1). `full` is the integer of 100
    points. TooFew, counted in accounts below two, else in persons where no account has two.

    >>> found = anova_components([Sums(2, 30, 500), Sums(2, 70, 2500)])
    >>> found.msb, found.msw, found.f, found.tau2
    (400.0, 50.0, 8.0, 175.0)
    """
    found = squares_of(accounts)
    if found.accounts < 2:
        return TooFew(found.accounts, 2)
    if found.df_within == 0:
        return TooFew(found.persons, found.persons + 1)
    unit = Fraction(100) / _exact(full)
    msb = found.between / (found.accounts - 1) * unit**2
    msw = found.within / found.df_within * unit**2
    return Components(
        n=found.persons,
        accounts=found.accounts,
        mean=float(found.total / found.persons * unit),
        msb=float(msb),
        msw=float(msw),
        f=float(msb / msw) if msw else math.inf,
        df_between=found.accounts - 1,
        df_within=found.df_within,
        tau2=max(0.0, float((found.accounts - 1) * (msb - msw)) / found.worth),
    )


def icc1(tau2: float, msw: float, n: int) -> float | NoFigure:
    """Give tau2/(tau2+msw), 0..1: how alike two persons of one account are.

    NoFigure, with the n handed in, where nobody differs from anybody.
    """
    return tau2 / (tau2 + msw) if tau2 + msw > 0 else NoFigure(n, Why.NO_SPREAD)


def persons_needed(icc: float, reliability: float = 0.70) -> int | NoFigure:
    """Give how many persons of an account make its score reliable: r(1-ICC1)/((1-r)*ICC1).

    Rounded up, at least 1 (Spearman-Brown). NoFigure if accounts do not differ: then no number
    of persons suffices. ValueError unless 0 <= icc <= 1 and 0 < reliability < 1.

    >>> persons_needed(0.2), persons_needed(0.2, 0.8)
    (10, 16)
    """
    if not 0 <= icc <= 1 or not 0 < reliability < 1:
        raise ValueError(f"no reliability {reliability} with an ICC of {icc}")
    if icc == 0:
        return NoFigure(0, Why.NO_SPREAD)
    persons = reliability * (1 - icc) / ((1 - reliability) * icc)
    # A whole number that rounding has pushed up by a hair is that number.
    return max(1, math.ceil(persons - 1e-9))


def _exact(value: float) -> Fraction | int:
    return value if isinstance(value, int) else Fraction(value)
