"""Reads what a form sent for a question, and finds it among the possible answers."""

from collections.abc import Iterable, Mapping, Sequence

from feedback.surveys.languages import text_in
from feedback.surveys.questions.interface import NOTHING, Answered, InvalidAnswer, Point


def check_storable(raw: Iterable[str], beside: Mapping[str, str] = NOTHING) -> None:
    """Raise InvalidAnswer for characters no database can store."""
    for value in (*raw, *beside.values()):
        if "\0" in value:
            raise InvalidAnswer("null_character")
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise InvalidAnswer("broken_character") from None


def single_value(raw: Sequence[str]) -> str | None:
    """Return the only value that is not blank, unchanged; None if all are blank.

    Raises InvalidAnswer for several values and for characters no database can store.
    """
    values = [value for value in raw if value.strip()]
    if not values:
        return None
    if len(values) > 1:
        raise InvalidAnswer("several_values")
    check_storable(values)
    return values[0]


def choose(points: Iterable[Point], raw: Sequence[str]) -> Answered | None:
    """Return the point whose key was sent, None for blank; InvalidAnswer for anything else."""
    value = single_value(raw)
    if value is None:
        return None
    for point in points:
        if point.key == value:
            return Answered(point.key, point.number)
    raise InvalidAnswer("unknown_choice")


def one_line(text: str, limit: int) -> str:
    """Return a text in one line without blanks at its ends; InvalidAnswer if it is too long."""
    line = " ".join(text.splitlines()).strip()
    if len(line) > limit:
        raise InvalidAnswer("too_long", {"limit": limit, "length": len(line)})
    return line


def wording(points: Iterable[Point], key: str, language: str) -> str:
    """Return the label of the point of this key; the key where there is none."""
    labels = {point.key: point.label for point in points}
    return text_in(labels.get(key, {}), language) or key
