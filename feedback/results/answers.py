"""Answers as a table, in the words of the version that was asked: one row per response."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from feedback.surveys.languages import text_in
from feedback.surveys.questionnaire import Question, Questionnaire
from feedback.surveys.questions import get_type


@dataclass(frozen=True, slots=True)
class SentAnswers:
    """One response that counts: who (blank at a public link), when, in which language, what."""

    organisation: str
    contact: str
    place: str
    language: str
    version: int
    sent_at: datetime
    values: Mapping[str, str]


def header(asked: Questionnaire, language: str) -> list[str]:
    """Return the questions of the columns, "key: text", grids' rows with the grid's text."""
    return [f"{each.key}: {_text(each, language)}" for each in _answerable(asked)]


def rows(asked: Questionnaire, found: Iterable[SentAnswers], language: str) -> Iterator[list[str]]:
    """Yield one row per response: the answers in words, "" where nothing was answered."""
    questions = _answerable(asked)
    for each in found:
        cells = []
        for question in questions:
            value = each.values.get(question.key, "")
            kind = get_type(question.type)
            cells.append(kind.display(question, value, language) if value else "")
        yield [
            *(each.organisation, each.contact, each.place, each.language, str(each.version)),
            each.sent_at.strftime("%Y-%m-%d %H:%M"),
            *cells,
        ]


def _answerable(asked: Questionnaire) -> list[Question]:
    return [each for each in asked.questions if get_type(each.type).answers]


def _text(question: Question, language: str) -> str:
    own = text_in(question.text, language)
    return f"{text_in(question.grid.text, language)} – {own}" if question.grid else own
