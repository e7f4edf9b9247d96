"""Sums of persons' values as the statistics take them."""

from collections.abc import Sequence

from feedback.analytics.change import PairSums, pair_sums
from feedback.analytics.intervals import Sums

NO_PAIRS = PairSums(0, 0, 0, 0, 0, 0)


def sums_of(values: Sequence[int]) -> Sums:
    """Add up one account's values."""
    return Sums(len(values), sum(values), sum(value * value for value in values))


def pairs_of(pairs: Sequence[tuple[int, int]]) -> PairSums:
    """Add up persons given as (first, second)."""
    return pair_sums([first for first, _ in pairs], [second for _, second in pairs])
