"""Published definitions, each checked once per process: they never change (STO-15)."""

from collections.abc import Mapping
from typing import Any

from feedback.surveys.definition import parse
from feedback.surveys.questionnaire import Questionnaire

_read: dict[str, Questionnaire] = {}


def questionnaire(digest: str, definition: Mapping[str, Any]) -> Questionnaire:
    """Return the questionnaire of a published definition; `digest` is the one published with it.

    Raises InvalidDefinition if the stored definition is broken.
    """
    if digest not in _read:
        _read[digest] = parse(definition)
    return _read[digest]
