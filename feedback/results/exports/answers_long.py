"""Answers in long form: one row per response and question, nothing left out."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from feedback.results.exports.answers import Finish, paths, remembered
from feedback.results.exports.sayings import Saying, numbers, question_text, questions_of
from feedback.results.exports.tables import Cell, Column, Row, Table
from feedback.surveys.questionnaire import Question, Questionnaire
from feedback.surveys.questions import CANNOT_JUDGE, get_type

# What a person can have done with a question, besides CANNOT_JUDGE.
ANSWERED, NOT_ANSWERED, LEFT_OUT = "answered", "not_answered", "not_asked"

Done = tuple[Cell, Cell, Cell]


def long(asked: Questionnaire, saying: Saying, columns: Sequence[Column], finish: Finish) -> Table:
    """Return the table of one row per response and question, from what `wide` takes.

    The last six columns are key, words and type of the question, what was done with it, the
    answer (as stored, if raw), and its number where it has one; `finish` is for those before.
    """
    states = {} if saying.raw else dict(columns[-3].values)
    asks = [
        ((each.key, question_text(each, saying), each.type), _done(each, saying, states))
        for each in questions_of(asked)
    ]
    blank = (states.get(NOT_ANSWERED, NOT_ANSWERED), None, None)
    skipped = (states.get(LEFT_OUT, LEFT_OUT), None, None)
    path_of = paths()

    def rows(read: Sequence[Any]) -> Iterator[Row]:
        values, path = json.loads(read[-1]), path_of(read[-2])
        before = finish(read[:-2])
        for names, done in asks:
            key = names[0]
            value = values.get(key)
            if value:
                said = done(value)
            else:
                said = skipped if path is not None and key not in path else blank
            yield [*before, *names, *said]

    return Table(tuple(columns), rows)


def _done(question: Question, saying: Saying, states: Mapping[str, str]) -> Callable[[str], Done]:
    kind, number_of = get_type(question.type), numbers(question)

    def done(value: str) -> Done:
        cannot = question.cannot_judge and value == CANNOT_JUDGE
        number = Decimal(value) if question.type == "number" else number_of.get(value)
        said = value if saying.raw else kind.display(question, value, saying.language)
        state = CANNOT_JUDGE if cannot else ANSWERED
        return states.get(state, state), said, number

    return done if kind.is_written else remembered(done)
