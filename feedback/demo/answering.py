"""How one invented person answers a relationship questionnaire: points, choices and words."""

import random
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from feedback.demo.comments import DIMENSIONS, pick

ITEMS: Final[Mapping[str, tuple[str, ...]]] = {
    "trust": ("t1", "t2", "t3"),
    "reliability": ("l1", "l2"),
    "responsiveness": ("r1", "r2"),
    "communication": ("k1", "k2"),
    "empathy": ("e1", "e2"),
}
CORE: Final = tuple(key for keys in ITEMS.values() for key in keys)
VALUE: Final = ("v1", "v2", "v3")
QUESTION_KEYS: Final = ("csat", "nps", "reason", *CORE, *VALUE, "ces", "flag", "improve")
"""In the order of the form, which is also the order in which a person who gives up stops."""
CAN_BE_NA: Final = frozenset((*CORE, *VALUE))

_ITEM_SD = 0.7
# Limits between the five points: with effects of mean 0 about 75 of 100, few ones, many fives.
_POINTS: Final = (-2.75, -1.82, -0.85, 0.52)
_NA_SHARE: Final = {"t1": 0.05, "k2": 0.07, "v3": 0.06}
_COMMENT_SHARE, _IMPROVE_SHARE, _CONTRADICTION_SHARE = 0.46, 0.24, 0.11
# Chance of each mood of the comment, by how good the answers are as a whole.
_MOODS: Final[Mapping[str, Mapping[str, float]]] = {
    "good": {"positive": 0.8, "mixed": 0.12, "neutral": 0.08},
    "middling": {"positive": 0.25, "mixed": 0.45, "neutral": 0.15, "negative": 0.15},
    "bad": {"negative": 0.8, "mixed": 0.16, "neutral": 0.04},
}


@dataclass(frozen=True, slots=True)
class Latent:
    """What a person thinks, on the scale of `_POINTS` (0 is the average of everybody).

    `level` is the whole relationship, `dimensions` what is better or worse than the whole.
    """

    level: float
    dimensions: Mapping[str, float] = field(default_factory=dict)
    language: str = "en"


def _point(value: float) -> int:
    return 1 + bisect_right(_POINTS, value)


def answers(
    rng: random.Random,
    latent: Latent,
    keys: Collection[str] = QUESTION_KEYS,
    avoid: Collection[str] = (),
) -> dict[str, str]:
    """Promise: question key → raw answer, a blank one missing; only keys asked for, in form order.

    Points "1" to "5" or "na", recommendation "0" to "10", flag "yes"/"no", two free texts, each
    text from the stock of comments and not one of `avoid` while others are left.
    """
    points = {key: _item(rng, latent, dim) for dim, keys_ in ITEMS.items() for key in keys_}
    points |= {key: _point(latent.level + rng.gauss(0, _ITEM_SD)) for key in VALUE}
    points["csat"] = _point(latent.level + rng.gauss(0, 0.5))
    points["ces"] = _item(rng, latent, "responsiveness")
    given = {key: str(point) for key, point in points.items()}
    for key in sorted(CAN_BE_NA):
        if rng.random() < _NA_SHARE.get(key, 0.025):
            given[key] = "na"
    recommend = round(8.1 + 1.75 * latent.level + rng.gauss(0, 0.7))
    given["nps"] = str(min(max(recommend, 0), 10))
    given["flag"] = _flag(rng, points)
    for key in sorted(given):
        if rng.random() < 0.012:
            del given[key]
    given |= _texts(rng, latent, points, avoid)
    return {key: given[key] for key in QUESTION_KEYS if key in given and key in keys}


def _item(rng: random.Random, latent: Latent, dimension: str) -> int:
    leaning = latent.dimensions.get(dimension, 0.0)
    return _point(latent.level + leaning + rng.gauss(0, _ITEM_SD))


def _flag(rng: random.Random, points: Mapping[str, int]) -> str:
    unhappy = min(points["csat"], points["r2"])
    return "yes" if rng.random() < {1: 0.8, 2: 0.5, 3: 0.1}.get(unhappy, 0.02) else "no"


def _texts(
    rng: random.Random, latent: Latent, points: Mapping[str, int], avoid: Collection[str]
) -> dict[str, str]:
    """Promise: a reason whose mood follows the points, save for a few contradictions; a wish."""
    means = {dim: sum(points[k] for k in keys) / len(keys) for dim, keys in ITEMS.items()}
    overall = (sum(means.values()) / len(means) + points["csat"]) / 2
    shape = "good" if overall >= 3.8 else "bad" if overall < 2.9 else "middling"
    texts: dict[str, str] = {}
    # Those who are angry write more often than those who are content.
    if rng.random() < _COMMENT_SHARE + (0.25 if shape == "bad" else 0.0):
        mood = rng.choices(list(_MOODS[shape]), list(_MOODS[shape].values()))[0]
        if shape != "middling" and rng.random() < _CONTRADICTION_SHARE:
            mood = "negative" if shape == "good" else "positive"
        extreme = max if mood == "positive" else min
        about = extreme(DIMENSIONS, key=lambda dim: means[dim])
        texts["reason"] = pick(rng, latent.language, mood, about, avoid)
    if rng.random() < _IMPROVE_SHARE:
        taken = {*avoid, *texts.values()}
        mood = "negative" if shape == "bad" and rng.random() < 0.5 else "neutral"
        weakest = min(DIMENSIONS, key=lambda dim: means[dim])
        texts["improve"] = pick(rng, latent.language, mood, weakest, taken)
    return texts
