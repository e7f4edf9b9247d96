"""Answers as columns, in the words of the version that was asked; compiled once per export."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from feedback.results.exports.sayings import Saying, columns_of, questions_of, said_in_words
from feedback.results.exports.tables import Cell, Column, Row, Table
from feedback.surveys.questionnaire import Question, Questionnaire
from feedback.surveys.questions import get_type

_REMEMBERED = 2_048

Finish = Callable[[Sequence[Any]], list[Cell]]
OnPath = frozenset[str] | None
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Slot:
    """One question: what makes cells of a stored value, and the cells where there is none."""

    key: str
    cells: Callable[[str], tuple[Cell, ...]]
    blank: tuple[Cell, ...]
    skipped: tuple[Cell, ...]


def wide(
    asked: Questionnaire, version: int, saying: Saying, around: Sequence[Column], finish: Finish
) -> Table:
    """Return the table of one row per response: `around` first, then the questions' columns.

    Takes what was read as [*values of `around`, path as JSON or None, answers as JSON]. A blank
    cell was not answered; what was not asked says so.
    """
    questions = questions_of(asked)
    columns = [column for each in questions for column in columns_of(each, version, saying)]
    slots = [_slot(each, saying) for each in questions]
    path_of = paths()

    def rows(read: Sequence[Any]) -> Iterator[Row]:
        values, path = json.loads(read[-1]), path_of(read[-2])
        cells = finish(read[:-2])
        for slot in slots:
            value = values.get(slot.key)
            if value:
                cells += slot.cells(value)
            elif path is None or slot.key in path:
                cells += slot.blank
            else:
                cells += slot.skipped
        yield cells

    return Table((*around, *columns), rows)


def paths() -> Callable[[str | None], OnPath]:
    """Return what reads a path from its JSON.

    None: sent before there were rules, so everything was asked.
    """
    read = remembered(lambda text: frozenset(json.loads(text)))
    return lambda text: None if text is None else read(text)


def remembered(make: Callable[[str], T]) -> Callable[[str], T]:
    """Return `make` with a memory for what comes again and again, of limited size."""
    known: dict[str, T] = {}

    def find(text: str) -> T:
        found = known.get(text)
        if found is None:
            found = make(text)
            if len(known) < _REMEMBERED:
                known[text] = found
        return found

    return find


def _slot(question: Question, saying: Saying) -> _Slot:
    kind = get_type(question.type)
    kinds = [kind for _suffix, kind in kind.columns(question)]
    in_words = None if saying.raw else said_in_words(question, saying.language)

    def cells(value: str) -> tuple[Cell, ...]:
        made = kind.cells(question, value)
        return made if in_words is None else tuple(map(in_words, kinds, made))

    return _Slot(
        key=question.key,
        cells=cells if kind.is_written else remembered(cells),
        blank=(None,) * len(kinds),
        skipped=(saying.skipped,) * len(kinds),
    )
