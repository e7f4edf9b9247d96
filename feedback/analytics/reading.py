"""From one person's answers to the integers that are kept of them."""

from collections.abc import Mapping, Sequence

from feedback.analytics.contributions import MOST_CORE, MOST_POINT
from feedback.analytics.measures import NPS
from feedback.analytics.scores import ITEM_TOP, MOST_ITEMS, person_values
from feedback.surveys.dimensions import DIMENSIONS, VALUE
from feedback.surveys.questionnaire import Question, Questionnaire
from feedback.surveys.questions import get_type
from feedback.surveys.questions.interface import CANNOT_JUDGE


def core_of(asked: Questionnaire, path: Sequence[str]) -> list[Question]:
    """Return what decides whether a response is complete: only what this person was asked."""
    taken = [asked.get_question(key) for key in path]
    answerable = [question for question in taken if get_type(question.type).answers]
    return [question for question in answerable if question.core] or answerable


def measures(asked: Questionnaire, numbers: Mapping[str, int]) -> dict[str, int]:
    """Return measure → integer: dimensions, index, value, csat, ces, and nps as 0…10.

    A dimension with more items than an exact integer can hold (MOST_ITEMS) has no measure.
    """

    def items(dimension: str) -> list[int | None]:
        keys = [question.key for question in asked.questions if question.dimension == dimension]
        own = [numbers[key] - 1 if key in numbers else None for key in keys]
        return own if len(own) <= MOST_ITEMS else []

    def single(kind: str) -> int | None:
        for question in asked.questions:
            if question.type == kind and question.key in numbers:
                return numbers[question.key]
        return None

    csat, ces, nps = single("csat"), single("effort"), single("nps")
    found = person_values(
        {dimension: own for dimension in DIMENSIONS if (own := items(dimension))},
        value=items(VALUE),
        csat=None if csat is None else csat - 1,
        ces=None if ces is None else ces - 1,
    )
    return found if nps is None else found | {NPS: nps}


def points(
    asked: Questionnaire, values: Mapping[str, str], numbers: Mapping[str, int]
) -> dict[str, int | None]:
    """Return question → chosen point of every scale question answered, None for "cannot judge"."""
    found: dict[str, int | None] = {}
    for question in asked.questions:
        if question.key in numbers and is_scale(question):
            found[question.key] = numbers[question.key]
        elif values.get(question.key) == CANNOT_JUDGE and question.cannot_judge:
            found[question.key] = None
    return found


def is_scale(question: Question) -> bool:
    """Say whether the answers are points that can be counted: 1 to K, or 0 to 10."""
    numbers = [point.number for point in get_type(question.type).choices(question) if point.number]
    return bool(numbers) and max(numbers) <= MOST_POINT


def core_items(asked: Questionnaire) -> list[str]:
    """Return the items of the five dimensions in the order of the questionnaire."""
    return [question.key for question in asked.questions if question.dimension in DIMENSIONS]


def core_values(asked: Questionnaire, numbers: Mapping[str, int]) -> list[int]:
    """Return u = 0…4 of all core items, or nothing where one is missing or there are too many."""
    keys = core_items(asked)
    if not 1 < len(keys) <= MOST_CORE or any(key not in numbers for key in keys):
        return []
    own = [numbers[key] - 1 for key in keys]
    return own if max(own) <= ITEM_TOP else []
