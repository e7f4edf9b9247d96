"""The question types: a module here that has a QUESTION_TYPE is one; nothing else to register."""

import pkgutil
from collections.abc import Iterable, Mapping
from importlib import import_module

from feedback.surveys.questions.interface import (
    CANNOT_JUDGE,
    Answered,
    Cell,
    Inputs,
    InvalidAnswer,
    Point,
    QuestionType,
)

__all__ = [
    "CANNOT_JUDGE",
    "TYPES",
    "Answered",
    "Cell",
    "Inputs",
    "InvalidAnswer",
    "Point",
    "QuestionType",
    "UnknownType",
    "discover",
    "find_type",
    "get_type",
]


class UnknownType(LookupError):
    """There is no question type of that name."""


def discover(folders: Iterable[str]) -> Mapping[str, QuestionType]:
    """Return the question types of the modules in `folders` (of this package), by name."""
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(folders)]
    types: list[QuestionType] = [
        module.QUESTION_TYPE for module in modules if hasattr(module, "QUESTION_TYPE")
    ]
    return {each.name: each for each in types}


TYPES: Mapping[str, QuestionType] = discover(__path__)


def find_type(name: str) -> QuestionType | None:
    """Return the question type called `name`, or None."""
    return TYPES.get(name)


def get_type(name: str) -> QuestionType:
    """Return the question type called `name`; UnknownType if there is none."""
    try:
        return TYPES[name]
    except KeyError:
        raise UnknownType(name) from None
