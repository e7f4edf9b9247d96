"""How far persons of one account agree: with a statement, and with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.analytics.display import FAVOURABLE_FROM
from feedback.analytics.figures import Share, TooFew
from feedback.analytics.intervals import Sums, wilson_interval

AGREEMENT_FROM = 3
DISAGREE_BELOW = 0.50
# With this share of "cannot judge" an item asks something its persons do not see.
HARD_TO_JUDGE_ABOVE = 0.20
HARD_TO_JUDGE_FROM = 20


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of `n` persons on one item; `rwg` may be negative, `shown` is cut to 0..1."""

    n: int
    rwg: float

    @property
    def shown(self) -> float:
        """What a page shows: 0 where persons differ more than if they had answered blindly."""
        return max(0.0, self.rwg)

    @property
    def disagree(self) -> bool:
        """Whether a page says "contacts disagree"."""
        return self.rwg < DISAGREE_BELOW


def rwg(answers: Sums, points: int) -> float | TooFew:
    """Give 1 - s^2/((K^2-1)/12) for answers in points 1..K (or 0..K-1), at most 1.

    s^2 has the divisor n-1; (K^2-1)/12 is the variance of answers given blindly. James, Demaree
    & Wolf 1984, JAP 69:85. Negative where persons stand at both ends. Fewer than two persons give
    TooFew. ValueError below two points.

    >>> rwg(Sums(4, 14, 50), 5)
    0.8333333333333334
    """
    if points < 2:
        raise ValueError(f"a scale of {points} points")
    n, s1, s2 = answers
    if n < 2:
        return TooFew(n, 2)
    return 1 - 12 * float(n * s2 - s1 * s1) / (n * (n - 1) * (points * points - 1))


def account_agreement(counts: Sequence[int]) -> Agreement | TooFew:
    """Give the agreement of one account on one item, from three persons on.

    `counts` holds how often each point 1..K was chosen; "cannot judge" is not among them.

    >>> account_agreement([2, 0, 0, 0, 2]).disagree
    True
    """
    if min(counts) < 0:
        raise ValueError("a count cannot be negative")
    n = sum(counts)
    if n < AGREEMENT_FROM:
        return TooFew(n, AGREEMENT_FROM)
    s1 = sum(point * count for point, count in enumerate(counts))
    s2 = sum(point * point * count for point, count in enumerate(counts))
    found = rwg(Sums(n, s1, s2), len(counts))
    assert not isinstance(found, TooFew), "three persons are enough"
    return Agreement(n, found)


def favourable_share(favourable: int, n: int, conf: float = 0.95) -> Share | TooFew:
    """Give the share of persons who agree on average (`is_favourable`), from five persons on.

    >>> favourable_share(3, 4)
    TooFew(n=4, needed=5)
    """
    return (
        TooFew(n, FAVOURABLE_FROM) if n < FAVOURABLE_FROM else wilson_interval(favourable, n, conf)
    )


def is_hard_to_judge(cannot_judge: int, n: int) -> bool:
    """Whether an item should be reviewed: more than 20 % of 20 or more say "cannot judge".

    >>> is_hard_to_judge(5, 20), is_hard_to_judge(4, 20), is_hard_to_judge(9, 19)
    (True, False, False)
    """
    return n >= HARD_TO_JUDGE_FROM and cannot_judge > HARD_TO_JUDGE_ABOVE * n
