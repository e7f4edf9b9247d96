"""What a questionnaire may do but should not: noted for whoever builds it, forbidding nothing."""

from collections.abc import Iterator

from feedback.surveys.definition.places import Places, Ruled, places
from feedback.surveys.definition.possibility import outcomes
from feedback.surveys.definition.problems import Problem
from feedback.surveys.definition.rules import leaves
from feedback.surveys.layout import estimated_seconds
from feedback.surveys.questionnaire import Questionnaire
from feedback.surveys.questions import get_type

MOST_SECONDS = 180


def warnings(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Return what should be looked at again, by place and code as Problem lists them."""
    found = places(questionnaire)
    seconds = estimated_seconds(questionnaire)
    long = Problem("$", "takes_long", {"seconds": seconds, "limit": MOST_SECONDS})
    return (
        *([long] if seconds > MOST_SECONDS else []),
        *(problem for ruled in found.rules for problem in _about(found, ruled)),
    )


def _about(found: Places, ruled: Ruled) -> Iterator[Problem]:
    if False not in outcomes(ruled.rule, found):
        yield Problem(ruled.path, "always_shown")
    asked = found.questionnaire.questions[ruled.first : ruled.last + 1]
    if not any(question.required for question in asked):
        return
    for path, leaf in leaves(ruled.rule, ruled.path):
        at = found.position.get(getattr(leaf, "question", ""))
        if at is None:
            continue
        read = found.question(at)
        if not read.required and not get_type(read.type).choices(read):
            yield Problem(path, "required_behind_optional", {"question": read.key})
