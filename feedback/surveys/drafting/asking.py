"""Reads the questions of an unfinished draft one by one, grids row by row, as far as they go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from feedback.surveys.definition.canonical import GRID
from feedback.surveys.drafting.elements import Definition, NotThere, questions_of
from feedback.surveys.languages import Text
from feedback.surveys.questionnaire import Option, Question
from feedback.surveys.questions import find_type


@dataclass(frozen=True)
class Asked:
    """A question that a rule can read; `element` is the key of the question or grid it is in."""

    question: Question
    element: str
    section: str


def asked(definition: Definition) -> Iterator[Asked]:
    """Give every question in order, rows of a grid one by one; without limits, rule and grid."""
    for section, element in questions_of(definition):
        for question in _read(element):
            if find_type(question.type):
                yield Asked(question, element["key"], section["key"])


def find_asked(definition: Definition, key: str) -> Question | None:
    """Return the question whose answers are stored under this key, or None."""
    return next((each.question for each in asked(definition) if each.question.key == key), None)


def asked_before(definition: Definition, key: str, *, is_section: bool = False) -> list[Asked]:
    """Return what a rule of the element may read: the answers given before it. NotThere."""
    before: list[Asked] = []
    for each in asked(definition):
        if key == (each.section if is_section else each.element):
            return before
        kind = find_type(each.question.type)
        if kind and kind.answers:
            before.append(each)
    # Nothing is asked in an empty section: what stands before it decides.
    keys = [section["key"] for section in definition["sections"]]
    if is_section and key in keys:
        return [each for each in before if keys.index(each.section) < keys.index(key)]
    raise NotThere(key)


def _read(element: Mapping[str, Any]) -> Iterator[Question]:
    if element["type"] != GRID:
        yield _question(element["key"], element["type"], element, element)
        return
    for row in element.get("rows", ()):
        key = f"{element['key']}-{row['key']}"
        yield _question(key, element.get("scale", ""), row, element)


def _question(key: str, name: str, said: Mapping[str, Any], element: Mapping[str, Any]) -> Question:
    return Question(
        key=key,
        type=name,
        text=Text(said.get("text", {})),
        dimension=said.get("dimension"),
        options=tuple(
            Option(each["key"], Text(each.get("text", {}))) for each in element.get("options", ())
        ),
        cannot_judge=bool(element.get("cannot_judge")),
    )
