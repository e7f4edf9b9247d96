"""Reads how far an answer may go, in the unit that its question type counts in."""

import re
from collections.abc import Sequence
from datetime import date

from feedback.surveys.branching import measure
from feedback.surveys.definition.reading import Node
from feedback.surveys.languages import Text
from feedback.surveys.questionnaire import Limits, Option, Question
from feedback.surveys.questions import QuestionType

MOST_DECIMALS = 6
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?")


def read_limits(
    node: Node, question_type: QuestionType | None, options: Sequence[Option]
) -> Limits | None:
    """Return the limits at this place, None if absent; notes what they cannot be for this type."""
    if node.value is None:
        return None
    members = node.members((), ("least", "most", "decimals"))
    least, most = (
        None if members[name].value is None else members[name].plain() for name in ("least", "most")
    )
    decimals = members["decimals"].whole()
    if question_type and "limits" in question_type.takes:
        for name, value in (("least", least), ("most", most)):
            if value and not _fits(question_type, name, value, options):
                members[name].problem("wrong_limit", value=value)
        if decimals > (MOST_DECIMALS if question_type.name == "number" else 0):
            members["decimals"].problem("wrong_limit", value=decimals)
    low, high = measure(least or ""), measure(most or "")
    if low is not None and high is not None and low > high:
        node.problem("limits_reversed", least=least or "", most=most or "")
    return Limits(least, most, decimals)


def _fits(question_type: QuestionType, end: str, value: str, options: Sequence[Option]) -> bool:
    if question_type.name == "date":
        return is_day(value)
    if "options" in question_type.takes:
        return _is_count(value, len(options))
    longest = question_type.most_characters(Question("", question_type.name, Text({})))
    if longest:
        return end == "most" and _is_count(value, longest)
    return _NUMBER.fullmatch(value) is not None


def is_day(text: str) -> bool:
    """Return whether the text is a date as it is stored, 2026-11-22."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_count(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most
