"""What persons add to the roll-ups, as integers: sums of these are the same in every order.

A scope says which answers a roll-up row holds: a campaign's id is that wave; RECENT is each
person's latest answers of the last 365 days; a year's number with a minus sign is each person's
latest answers sent in that year (UTC). In RECENT and years only named campaigns by mail to clients
count: of others nobody knows who spoke, or nobody may, or it was our own team that guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations_with_replacement, pairwise
from operator import add, neg, sub

from feedback.analytics.measures import OUTCOME, PEOPLE, PREDICTORS, sides
from feedback.analytics.scores import Completeness

RECENT = 0
MOST_POINT = 10
MOST_CORE = 11
# Rows that every answer of a wave would touch are spread, so that writers seldom wait.
SHARDS = 16

MEASURE, HISTOGRAM, DRIVERS, ITEMS, PAIRS = (
    "agg_measure", "agg_hist", "agg_drv", "agg_item", "agg_pair",
)  # fmt: skip

POINTS = tuple(f"c{point}" for point in range(MOST_POINT + 1))
DRIVER_SUMS = tuple(f"s{at}" for at in range(6))
DRIVER_PRODUCTS = tuple(f"p{i}_{j}" for i, j in combinations_with_replacement(range(6), 2))
ITEM_SUMS = tuple(f"s{at}" for at in range(MOST_CORE))
ITEM_PRODUCTS = tuple(f"p{i}_{j}" for i, j in combinations_with_replacement(range(MOST_CORE), 2))
# Table → (its key, its sums); `n` comes first and is 0 only where a row says nothing any more.
KEYS: Mapping[str, tuple[str, ...]] = {
    MEASURE: ("scope", "measure", "organisation_id"),
    HISTOGRAM: ("scope", "organisation_id", "question"),
    DRIVERS: ("scope", "organisation_id"),
    ITEMS: ("scope", "version_id", "language", "shard"),
    PAIRS: ("organisation_id", "first", "second", "measure"),
}
SUMS: Mapping[str, tuple[str, ...]] = {
    MEASURE: ("n", "s1", "s2", "low", "high"),
    HISTOGRAM: ("n", *POINTS, "na"),
    DRIVERS: ("n", *DRIVER_SUMS, *DRIVER_PRODUCTS),
    ITEMS: ("n", *ITEM_SUMS, *ITEM_PRODUCTS),
    PAIRS: ("n", "s1", "s2", "q1", "q2", "p"),
}

Key = tuple[str, tuple[int | str, ...]]
Contribution = Mapping[Key, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Scored:
    """One sent response with its person's integers.

    `points` has the chosen point of every scale question, None for "cannot judge"; `core` the
    values u of the dimensions' items in the order of the questionnaire, if all were judged.
    `wave` orders the campaigns of a survey.
    """

    response_id: int
    organisation_id: int
    campaign_id: int
    wave: tuple[datetime, int]
    survey_id: int
    version_id: int
    language: str
    submitted_at: datetime
    completeness: str
    joins: bool  # of a named campaign by mail, and no guess of our own team
    recent: bool
    values: Mapping[str, int]
    points: Mapping[str, int | None]
    core: Sequence[int] = ()

    @property
    def counts(self) -> bool:
        """Whether it is scored at all: a break-off never is."""
        return self.completeness != Completeness.BREAK_OFF


def of_response(one: Scored) -> dict[Key, tuple[int, ...]]:
    """Give what one response adds by itself: to its wave's measures, histograms, drivers, items."""
    found: dict[Key, tuple[int, ...]] = {}
    if not one.counts:
        return found
    scope, organisation = one.campaign_id, one.organisation_id
    _add_values(found, scope, organisation, one.values)
    for question, point in one.points.items():
        counts = [0] * (MOST_POINT + 1)
        if point is not None:
            counts[point] = 1
        found[HISTOGRAM, (scope, organisation, question)] = (1, *counts, int(point is None))
    if one.core:
        shard = organisation % SHARDS
        found[ITEMS, (scope, one.version_id, one.language, shard)] = crossed(one.core, MOST_CORE)
    return found


def of_person(responses: Iterable[Scored]) -> dict[Key, tuple[int, ...]]:
    """Give what a person's responses add together: latest answers, and pairs of waves.

    Of each survey the latest response in the scope counts, and of each measure the latest of
    those: a pulse does not put the answers of the last relationship survey aside.
    """
    joined = [each for each in responses if each.joins and each.counts]
    found: dict[Key, tuple[int, ...]] = {}
    for scope, own in _by_scope(joined).items():
        _add_latest(found, scope, own)
    _add_pairs(found, joined)
    return found


def _by_scope(joined: Sequence[Scored]) -> dict[int, list[Scored]]:
    found: dict[int, list[Scored]] = defaultdict(list)
    for each in joined:
        found[-each.submitted_at.year].append(each)
        if each.recent:
            found[RECENT].append(each)
    return found


def _add_latest(
    found: dict[Key, tuple[int, ...]],
    scope: int,
    responses: Sequence[Scored],
) -> None:
    newest_last = sorted(responses, key=lambda each: (each.submitted_at, each.response_id))
    of_survey = {each.survey_id: each for each in newest_last}
    kept = sorted(of_survey.values(), key=lambda each: (each.submitted_at, each.response_id))
    latest = {measure: (each, value) for each in kept for measure, value in each.values.items()}
    by_organisation: dict[int, dict[str, int]] = {each.organisation_id: {} for each in kept}
    for measure, (each, value) in latest.items():
        by_organisation[each.organisation_id][measure] = value
    for organisation, values in by_organisation.items():
        _add_values(found, scope, organisation, values)


def _add_values(
    found: dict[Key, tuple[int, ...]],
    scope: int,
    organisation: int,
    values: Mapping[str, int],
) -> None:
    found[MEASURE, (scope, PEOPLE, organisation)] = (1, 0, 0, 0, 0)
    for measure, value in values.items():
        key = MEASURE, (scope, measure, organisation)
        found[key] = (1, value, value * value, *sides(measure, value))
    case = [values.get(name) for name in (*PREDICTORS, OUTCOME)]
    if None not in case:
        numbers = [each for each in case if each is not None]
        found[DRIVERS, (scope, organisation)] = crossed(numbers, len(numbers))


def _add_pairs(found: dict[Key, tuple[int, ...]], joined: Sequence[Scored]) -> None:
    """Pair each response with the person's next one to the same survey, in order of the waves."""
    chains: dict[int, list[Scored]] = defaultdict(list)
    for each in joined:
        chains[each.survey_id].append(each)
    for chain in chains.values():
        for one, next_one in pairwise(sorted(chain, key=lambda each: each.wave)):
            if one.organisation_id != next_one.organisation_id:
                continue  # who moved on speaks of another relationship
            for measure, a in one.values.items():
                b = next_one.values.get(measure)
                if b is not None:
                    waves = one.campaign_id, next_one.campaign_id
                    key = PAIRS, (one.organisation_id, *waves, measure)
                    found[key] = added(found.get(key, ()), (1, a, b, a * a, b * b, a * b))


def crossed(values: Sequence[int], size: int) -> tuple[int, ...]:
    """Give 1, the values, and their products i <= j, both filled up with zeros to `size`.

    >>> crossed([2, 3], 2)
    (1, 2, 3, 4, 6, 9)
    """
    filled = [*values, *[0] * (size - len(values))]
    products = (a * b for a, b in combinations_with_replacement(filled, 2))
    return (1, *filled, *products)


def added(one: Sequence[int], other: Sequence[int], sign: int = 1) -> tuple[int, ...]:
    """Add (or, with sign −1, subtract) two vectors; an empty one stands for zeros.

    >>> added((1, 2), (3, 4)), added((), (3, 4), -1)
    ((4, 6), (-3, -4))
    """
    if not one:
        return tuple(other) if sign == 1 else tuple(map(neg, other))
    return tuple(map(add if sign == 1 else sub, one, other))


def total(contributions: Iterable[Contribution]) -> dict[Key, tuple[int, ...]]:
    """Add contributions up; what adds up to nothing is left out."""
    found: dict[Key, tuple[int, ...]] = {}
    for contribution in contributions:
        for key, vector in contribution.items():
            found[key] = added(found.get(key, ()), vector)
    return {key: vector for key, vector in found.items() if any(vector)}


def difference(before: Contribution, after: Contribution) -> dict[Key, tuple[int, ...]]:
    """Give what has to be added to the roll-ups where `before` becomes `after`.

    >>> difference({("t", (1,)): (1, 5)}, {("t", (1,)): (1, 3)})
    {('t', (1,)): (0, -2)}
    """
    found = dict(after)
    for key, vector in before.items():
        found[key] = added(found.get(key, ()), vector, -1)
    return {key: vector for key, vector in found.items() if any(vector)}
