"""One person's answers as exact integers, and the mean of such integers over persons.

Words: x is the chosen point 1..K, u its value 0..K-1 with the good end up. An item that was
left blank or answered "cannot judge" is None everywhere here: neither is imputed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from feedback.analytics.figures import MeanSd, TooFew

ITEM_TOP = 4
MOST_ITEMS = 3
# A multiple of 1..MOST_ITEMS: the mean of any number of answered items stays an integer.
ITEM_MULTIPLE = math.lcm(*range(1, MOST_ITEMS + 1))
INDEX_NEEDS = 4
INDEX_DIMENSIONS = 5
INDEX_MULTIPLE = math.lcm(INDEX_NEEDS, INDEX_DIMENSIONS)
LOW_EFFORT_ITEMS = 11
LOW_EFFORT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class MeasureScale:
    """Integer that means a score of 100, and the prior dispersion of the measure's intervals."""

    full: int
    phi0: float


DIMENSION = MeasureScale(full=ITEM_MULTIPLE * ITEM_TOP, phi0=0.20)
VALUE = MeasureScale(full=ITEM_MULTIPLE * ITEM_TOP, phi0=0.15)
INDEX = MeasureScale(full=INDEX_MULTIPLE * ITEM_MULTIPLE * ITEM_TOP, phi0=0.15)
ITEM = MeasureScale(full=ITEM_TOP, phi0=0.25)


class Completeness(StrEnum):
    """How much of the core was answered; a break-off is not scored."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    BREAK_OFF = "break_off"


def item_value(x: int, points: int = ITEM_TOP + 1, *, reverse: bool = False) -> int:
    """Turn the chosen point x = 1..points into u = x-1, or points-x if reversed.

    ValueError if x is not a point of the scale.

    >>> item_value(5), item_value(5, reverse=True)
    (4, 0)
    """
    if not 1 <= x <= points:
        raise ValueError(f"{x} is not on a scale of 1 to {points}")
    return points - x if reverse else x - 1


def half_of(items: int) -> int:
    """Half rule: how many of `items` must be answered, ceil(items/2) and at least 1.

    >>> half_of(2), half_of(3)
    (1, 2)
    """
    return max(1, math.ceil(items / 2))


def dimension_value(items: Sequence[int | None], *, top: int = ITEM_TOP) -> int | TooFew:
    """Give a person's integer on a dimension, D = (6/a) * sum(u) over the a answered items.

    Range 0..6*top (0..24 with five points); the score is 100*D/(6*top). Too few answered items
    by the half rule give TooFew, counted in items. Serves the value index (V1-V3) as well.
    ValueError if there are more than three items or a u is outside 0..top.

    >>> dimension_value([4, 3, None]), dimension_value([4, None, None])
    (21, TooFew(n=1, needed=2))
    """
    if len(items) > MOST_ITEMS:
        raise ValueError(f"a dimension has at most {MOST_ITEMS} items, not {len(items)}")
    answered = [u for u in items if u is not None]
    if any(not 0 <= u <= top for u in answered):
        raise ValueError(f"an item value lies between 0 and {top}: {answered}")
    if len(answered) < half_of(len(items)):
        return TooFew(len(answered), half_of(len(items)))
    return ITEM_MULTIPLE // len(answered) * sum(answered)


def index_value(dimensions: Sequence[int]) -> int | TooFew:
    """Give a person's relationship index, X = (20/k) * sum(D) over the k valid dimensions.

    Range 0..480, score 100*X/480; equal weights on purpose (Dawes 1979, Am Psychol 34:571).
    Fewer than four valid dimensions give TooFew, counted in dimensions. ValueError if there
    are more than five.

    >>> index_value([24, 24, 12, 12]), index_value([24, 24, 24])
    (360, TooFew(n=3, needed=4))
    """
    if len(dimensions) > INDEX_DIMENSIONS:
        raise ValueError(f"the index has {INDEX_DIMENSIONS} dimensions, not {len(dimensions)}")
    if len(dimensions) < INDEX_NEEDS:
        return TooFew(len(dimensions), INDEX_NEEDS)
    return INDEX_MULTIPLE // len(dimensions) * sum(dimensions)


def person_values(
    dimensions: Mapping[str, Sequence[int | None]],
    *,
    value: Sequence[int | None] = (),
    csat: int | None = None,
    ces: int | None = None,
) -> dict[str, int]:
    """Give all integers of one person by measure: the dimensions' keys, index, value, csat, ces.

    Takes u = 0..4 per item. A measure the person gave too few answers for has no key.

    >>> person_values({"trust": [4, 4, 2], "empathy": [None, None]}, csat=3)
    {'trust': 20, 'csat': 3}
    """
    valid = {key: dimension_value(items) for key, items in dimensions.items()}
    found = {key: d for key, d in valid.items() if not isinstance(d, TooFew)}
    composites = {
        "index": index_value(list(found.values())),
        "value": dimension_value(value),
    }
    found |= {key: v for key, v in composites.items() if not isinstance(v, TooFew)}
    for key, u in (("csat", csat), ("ces", ces)):
        if u is not None:
            found[key] = single_value(u)
    return found


def single_value(u: int) -> int:
    """Give the integer of a one-question measure (CSAT, CES): u = 0..4 itself.

    ValueError outside 0..4. The score is 100*u/4.
    """
    if not 0 <= u <= ITEM_TOP:
        raise ValueError(f"an item value lies between 0 and {ITEM_TOP}, not {u}")
    return u


def score_of(value: int, scale: MeasureScale) -> float:
    """Give the score 0..100 of a person's integer, 100*value/full.

    >>> score_of(18, DIMENSION)
    75.0
    """
    return 100 * value / scale.full


def is_favourable(value: int, scale: MeasureScale) -> bool:
    """Whether the person agrees on average: score >= 75, decided on integers.

    >>> is_favourable(360, INDEX), is_favourable(359, INDEX)
    (True, False)
    """
    return 4 * value >= 3 * scale.full


def dimension_score(
    x: Sequence[int | None],
    points: int,
    *,
    reverse: Sequence[bool] | None = None,
    min_answered: int | None = None,
) -> float | TooFew:
    """Give the percent of the maximum possible (POMP) of one person on any number of items.

    100 * sum(u) / (a*(points-1)) over the a answered items, 0..100; `reverse` marks items worded
    the other way. Fewer than `min_answered` (default: the half rule) give TooFew.

    >>> dimension_score([2, None, 6, 1, None], 6, reverse=[False] * 3 + [True] * 2, min_answered=3)
    73.33333333333333
    """
    turned = reverse if reverse is not None else [False] * len(x)
    answered = [
        item_value(point, points, reverse=turn)
        for point, turn in zip(x, turned, strict=True)
        if point is not None
    ]
    needed = half_of(len(x)) if min_answered is None else max(1, min_answered)
    if len(answered) < needed:
        return TooFew(len(answered), needed)
    return 100 * sum(answered) / (len(answered) * (points - 1))


def completeness(answered: int, asked: int) -> Completeness:
    """Class a response by its core questions; "cannot judge" counts as answered.

    Complete from 80 %, partial from 50 %, below that a break-off (the usual cut-offs in the
    AAPOR Standard Definitions 2016). Nothing asked is complete. ValueError unless
    0 <= answered <= asked.

    >>> [completeness(a, 10).value for a in (8, 7, 5, 4)]
    ['complete', 'partial', 'partial', 'break_off']
    """
    if not 0 <= answered <= asked:
        raise ValueError(f"{answered} of {asked} questions cannot be answered")
    if 5 * answered >= 4 * asked:
        return Completeness.COMPLETE
    return Completeness.PARTIAL if 2 * answered >= asked else Completeness.BREAK_OFF


def is_low_effort(core: Sequence[int | None], seconds: float | None) -> bool:
    """Flag a person who gave the same answer to all core items (11 or more) within 30 seconds.

    The answers stay in; the flag lets a page show the score without them. A blank or
    "cannot judge" among them, or an unknown duration, is not flagged.

    >>> is_low_effort([3] * 11, 29.0), is_low_effort([3] * 11, 30.0)
    (True, False)
    """
    if seconds is None or seconds >= LOW_EFFORT_SECONDS or len(core) < LOW_EFFORT_ITEMS:
        return False
    return None not in core and len(set(core)) == 1


def mean_sd_from_sums(n: int, s1: int, s2: int, *, scale: float = 1) -> MeanSd | TooFew:
    """Give mean s1/n and sd = sqrt((n*s2 - s1^2) / (n(n-1))) from integer sums, times `scale`.

    Exact until the last division, so it holds where float sums lose every digit (NIST StRD
    NumAcc3, NumAcc4). No value gives TooFew; one value has a mean and no sd. ValueError if no
    values can have these sums.

    >>> mean_sd_from_sums(3, 30, 308)
    MeanSd(n=3, mean=10.0, sd=2.0)
    """
    if n <= 0:
        return TooFew(0, 1)
    spread = n * s2 - s1 * s1
    if spread < 0:
        raise ValueError("the sum of squares is too small for this sum")
    mean = s1 / n * scale
    if n == 1:
        return MeanSd(n, mean, TooFew(1, 2))
    return MeanSd(n, mean, math.sqrt(spread / (n * (n - 1))) * scale)
