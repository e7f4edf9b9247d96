"""What is measured of a person, and what the integers of each measure mean."""

from collections.abc import Mapping

from feedback.analytics.scores import DIMENSION, INDEX, ITEM, VALUE, MeasureScale
from feedback.surveys.dimensions import DIMENSIONS

NPS = "nps"
PEOPLE = "people"  # counts persons, whatever they answered
SCALES: Mapping[str, MeasureScale] = {
    "index": INDEX,
    **dict.fromkeys(DIMENSIONS, DIMENSION),
    "value": VALUE,
    "csat": ITEM,
    "ces": ITEM,
}
# What satisfaction is held against when one asks what goes together with it.
PREDICTORS = tuple(DIMENSIONS)
OUTCOME = "csat"


def sides(measure: str, value: int) -> tuple[int, int]:
    """Say whether a value is low and whether it is high, each 0 or 1.

    Of the recommendation these are detractors (0–6) and promoters (9–10), of a score at most 25
    and at least 75 of 100 (favourable).

    >>> sides("nps", 9), sides("index", 360), sides("csat", 1)
    ((0, 1), (0, 1), (1, 0))
    """
    if measure == NPS:
        return int(value <= 6), int(value >= 9)
    full = SCALES[measure].full
    return int(4 * value <= full), int(4 * value >= 3 * full)
