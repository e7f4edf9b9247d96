"""The questionnaire in which our own team guesses what its client will say: the client's mirror."""

import re

from feedback.surveys.dimensions import DIMENSIONS
from feedback.surveys.languages import Text
from feedback.surveys.questionnaire import Questionnaire

MIRROR = "team_self_assessment"
_KEY = re.compile(rf"{MIRROR}(_[0-9]+)?")


def is_mirror(key: str) -> bool:
    """Say whether the questionnaire of this key is answered by our team in its client's place.

    Copies and imports of it keep its key, with a number behind it.

    >>> is_mirror("team_self_assessment_2"), is_mirror("team_self_assessment_safety")
    (True, False)
    """
    return _KEY.fullmatch(key.lower()) is not None


def alike(one: Questionnaire, other: Questionnaire) -> frozenset[str]:
    """Return the dimensions that both ask by the same statements, word for word.

    Only of these does a difference between the answers say something about those who answered.
    """
    return frozenset(key for key in DIMENSIONS if _asked(one, key) == _asked(other, key) != {})


def _asked(questionnaire: Questionnaire, dimension: str) -> dict[str, Text]:
    own = (each for each in questionnaire.questions if each.dimension == dimension)
    return {each.key: each.text for each in own}
