"""Where a person's own score and the words of the same person's comment say opposite things."""

from dataclasses import dataclass

from feedback.analytics.scores import INDEX, ITEM

# Both scores on 0…100. A person is content from HIGH on and discontent up to LOW; words are
# plain from POLAR on. So score and words, (polarity + 1) * 50, lie at least 45 points apart.
HIGH, LOW = 75, 25
POLAR = 0.4
NPS_FULL = 10
# Whose score counts, first one given: integer that means 100.
MEASURES = {"csat": ITEM.full, "nps": NPS_FULL, "index": INDEX.full}


@dataclass(frozen=True, slots=True)
class OwnScore:
    """What somebody gave: the measure, the exact integer, and the score 0…100 it means."""

    measure: str
    value: int
    points: float


def own_score(**values: int | None) -> OwnScore | None:
    """A person's own score: satisfaction if given, else the recommendation, else the index.

    Takes the integers of analytics/scores.py by measure; None if none of them was given.

    >>> own_score(csat=None, nps=9, index=240)
    OwnScore(measure='nps', value=9, points=90.0)
    """
    for measure, full in MEASURES.items():
        value = values.get(measure)
        if value is not None:
            return OwnScore(measure, value, 100 * value / full)
    return None


def contradiction(score: OwnScore | None, label: str, polarity: float) -> str | None:
    """Say "high" (a high score, negative words), "low" (the reverse), or None.

    Only a sure "positive" or "negative" label can contradict: mixed, neutral and unsure ones
    never do. The score must be at least HIGH and the polarity at most -POLAR, or the score at
    most LOW and the polarity at least POLAR.

    >>> contradiction(own_score(nps=9), "negative", -0.6), contradiction(None, "negative", -1)
    ('high', None)
    """
    if score is None:
        return None
    if label == "negative" and polarity <= -POLAR and score.points >= HIGH:
        return "high"
    if label == "positive" and polarity >= POLAR and score.points <= LOW:
        return "low"
    return None
