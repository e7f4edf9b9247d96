"""One organisation's index seen otherwise: without hasty answers, and by who decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.analytics.figures import Dispersion, TooFew
from feedback.analytics.intervals import Sums
from feedback.analytics.measures import SCALES
from feedback.analytics.role_weights import WeightedMean, role_weighted_mean

# How many times a person counts in the second view, by their part in decisions.
TIMES = {"decision_maker": 3, "influencer": 2, "user": 1}


@dataclass(frozen=True, slots=True)
class PersonIndex:
    """One person's index as an integer, their decision weight, and whether it was given hastily."""

    weight: str
    is_hasty: bool
    value: int


def without_hasty(persons: Sequence[PersonIndex]) -> tuple[int, Sums]:
    """Count the hasty answers, and add up the others.

    >>> without_hasty([PersonIndex("user", True, 480), PersonIndex("user", False, 240)])
    (1, Sums(n=1, s1=240, s2=57600))
    """
    rest = [each.value for each in persons if not each.is_hasty]
    squares = sum(value * value for value in rest)
    return len(persons) - len(rest), Sums(len(rest), sum(rest), squares)


def by_role(persons: Sequence[PersonIndex], spread: Dispersion | None) -> WeightedMean | None:
    """Give the index with each person counting by their part in decisions.

    None where all have the same part, or nothing tells how persons differ.
    """
    parts = {each.weight for each in persons}
    if len(parts) < 2 or spread is None:
        return None
    values = [
        (Sums(1, each.value, each.value**2), float(TIMES.get(each.weight, 1))) for each in persons
    ]
    found = role_weighted_mean(values, spread, full=SCALES["index"].full)
    return None if isinstance(found, TooFew) else found
