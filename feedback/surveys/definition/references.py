"""Checks what rules refer to: that it exists, comes before them, and can be answered like that."""

import re
from collections import deque
from collections.abc import Iterator
from fractions import Fraction

from feedback.surveys.branching import ATTRIBUTES, measure
from feedback.surveys.definition.limits import is_day
from feedback.surveys.definition.places import Places, Ruled
from feedback.surveys.definition.possibility import outcomes
from feedback.surveys.definition.problems import Problem
from feedback.surveys.definition.rules import leaves
from feedback.surveys.dimensions import MEASURED
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.questionnaire import (
    AllOf,
    AnswerBetween,
    AnswerGiven,
    AnswerIn,
    ContactIn,
    Leaf,
    Question,
    ScoreBetween,
)
from feedback.surveys.questions import QuestionType, find_type

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,5}[1-9])?")


def check(places: Places) -> list[Problem]:
    """Return what is wrong with the rules, in reading order.

    Whether a rule can ever hold is only asked once all references are right.
    """
    found = [
        problem
        for ruled in places.rules
        for path, leaf in leaves(ruled.rule, ruled.path)
        for problem in _about(places, ruled, path, leaf)
    ]
    return found or list(_never_shown(places))


def _about(places: Places, ruled: Ruled, path: str, leaf: Leaf) -> Iterator[Problem]:
    if isinstance(leaf, ContactIn):
        yield from _about_contact(path, leaf)
    elif isinstance(leaf, ScoreBetween):
        yield from _about_score(places, ruled, path, leaf)
    else:
        yield from _about_question(places, ruled, path, leaf)


def _about_contact(path: str, leaf: ContactIn) -> Iterator[Problem]:
    if leaf.attribute not in ATTRIBUTES:
        yield Problem(f"{path}.contact", "unknown_reference", {"reference": leaf.attribute})
    for value in leaf.values:
        if not value or (leaf.attribute == "language" and value not in LANGUAGES):
            yield Problem(path, "wrong_value", {"attribute": leaf.attribute, "value": value})


def _about_score(places: Places, ruled: Ruled, path: str, leaf: ScoreBetween) -> Iterator[Problem]:
    asked = places.questionnaire.questions
    items = [at for at, each in enumerate(asked) if each.dimension == leaf.dimension]
    before = [at for at in items if at < ruled.first]
    if leaf.dimension not in MEASURED or not items:
        yield Problem(f"{path}.score", "unknown_reference", {"reference": leaf.dimension})
    elif not before:
        yield Problem(f"{path}.score", "refers_forward", {"dimension": leaf.dimension})
    elif not all(places.is_order_fixed(at, ruled) for at in before):
        yield Problem(f"{path}.score", "order_not_fixed", {"dimension": leaf.dimension})
    for end in (leaf.least, leaf.most):
        at = None if end is None else measure(end)
        if end is not None and (at is None or is_day(end) or not 0 <= at <= Fraction(100)):
            params = {"dimension": leaf.dimension, "value": end}
            yield Problem(f"{path}.between", "wrong_value", params)


def _about_question(
    places: Places, ruled: Ruled, path: str, leaf: AnswerIn | AnswerBetween | AnswerGiven
) -> Iterator[Problem]:
    at = places.position.get(leaf.question)
    if at is None:
        yield Problem(f"{path}.question", "unknown_reference", {"reference": leaf.question})
        return
    if at >= ruled.first:
        keys = _cycle(places, ruled, at)
        params = {"keys": ", ".join(keys)} if keys else {"question": leaf.question}
        yield Problem(f"{path}.question", "cycle" if keys else "refers_forward", params)
    elif not places.is_order_fixed(at, ruled):
        yield Problem(f"{path}.question", "order_not_fixed", {"question": leaf.question})
    yield from _about_value(path, leaf, places.question(at))


def _about_value(
    path: str, leaf: AnswerIn | AnswerBetween | AnswerGiven, question: Question
) -> Iterator[Problem]:
    question_type = find_type(question.type)
    if question_type is None:
        return
    if isinstance(leaf, AnswerGiven):
        if not question_type.answers:
            yield Problem(path, "wrong_value", {"question": question.key, "value": ""})
        return
    keys = {point.key for point in question_type.choices(question)}
    values = leaf.values if isinstance(leaf, AnswerIn) else (leaf.least, leaf.most)
    for value in (each for each in values if each is not None):
        params = {"question": question.key, "value": value}
        if isinstance(leaf, AnswerBetween):
            if not _can_lie_between(question_type, question, value):
                yield Problem(f"{path}.between", "wrong_value", params)
        elif keys and question_type.name != "ranking":
            if value not in keys:
                yield Problem(path, "unknown_reference", {"reference": f"{question.key}={value}"})
        elif not _can_equal(question_type, value):
            yield Problem(path, "wrong_value", params)


def _can_equal(question_type: QuestionType, value: str) -> bool:
    if question_type.name == "number":
        return _NUMBER.fullmatch(value) is not None
    return question_type.name == "date" and is_day(value)


def _can_lie_between(question_type: QuestionType, question: Question, end: str) -> bool:
    if question_type.name == "date":
        return is_day(end)
    points = question_type.choices(question)
    numbered = question_type.name == "number" or any(each.number is not None for each in points)
    return numbered and measure(end) is not None and not is_day(end)


def _cycle(places: Places, ruled: Ruled, start: int) -> list[str]:
    """Return the keys on the shortest way from `start` back to what the rule shows, if any."""
    if ruled.first <= start <= ruled.last:
        return []
    came_from: dict[int, int | None] = {start: None}
    queue = deque([start])
    while queue:
        at = queue.popleft()
        if ruled.first <= at <= ruled.last:
            way: list[str] = []
            step: int | None = at
            while step is not None:
                way.append(places.question(step).key)
                step = came_from[step]
            return way
        for _, leaf in leaves(places.governing(at)):
            following = places.position.get(getattr(leaf, "question", ""))
            if following is not None and following not in came_from:
                came_from[following] = at
                queue.append(following)
    return []


def _never_shown(places: Places) -> Iterator[Problem]:
    hidden: set[int] = set()
    for ruled in places.rules:
        section = places.questionnaire.sections[ruled.section].show_if
        if ruled.section in hidden:
            continue
        whole = AllOf((section, ruled.rule)) if section else ruled.rule
        if True not in outcomes(whole, places):
            yield Problem(ruled.path, "never_shown")
            if ruled.rule is section:
                hidden.add(ruled.section)
