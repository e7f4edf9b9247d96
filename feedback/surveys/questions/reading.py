"""Reads the one value a form sent for a question, and finds it among the possible answers."""

from collections.abc import Iterable, Sequence

from feedback.surveys.questions.interface import Answered, InvalidAnswer, Point


def single_value(raw: Sequence[str]) -> str | None:
    """Return the only value that is not blank, unchanged; None if all are blank.

    Raises InvalidAnswer for several values and for characters no database can store.
    """
    values = [value for value in raw if value.strip()]
    if not values:
        return None
    if len(values) > 1:
        raise InvalidAnswer("several_values")
    value = values[0]
    if "\0" in value:
        raise InvalidAnswer("null_character")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidAnswer("broken_character") from None
    return value


def choose(points: Iterable[Point], raw: Sequence[str]) -> Answered | None:
    """Return the point whose key was sent, None for blank; InvalidAnswer for anything else."""
    value = single_value(raw)
    if value is None:
        return None
    for point in points:
        if point.key == value:
            return Answered(point.key, point.number)
    raise InvalidAnswer("unknown_choice")
