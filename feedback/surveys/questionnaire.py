"""A questionnaire as the other rooms see it: frozen, already checked, in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from feedback.surveys.languages import LANGUAGES, Text


class UnknownQuestion(LookupError):
    """The questionnaire has no question of that key."""


@dataclass(frozen=True)
class Option:
    """One answer a person can choose; `key` is what is stored, `text` what is read.

    `other` opens a line for the person's own words; `exclusive` un-chooses all the rest.
    """

    key: str
    text: Text
    other: bool = False
    exclusive: bool = False


@dataclass(frozen=True)
class Limits:
    """How far an answer may go; None is no limit but the type's own.

    Decimals as text for a number, ISO dates for a date, how many for several choices, and in
    `most` the characters of a text. `decimals` is how many places a number may have.
    """

    least: str | None = None
    most: str | None = None
    decimals: int = 0


@dataclass(frozen=True)
class Grid:
    """What the rows of one scale grid have in common to read above them."""

    key: str
    text: Text
    help: Text | None = None


@dataclass(frozen=True)
class AllOf:
    """Holds where every one of `rules` holds."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class AnyOf:
    """Holds where at least one of `rules` holds."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Not:
    """Holds where `rule` does not."""

    rule: Rule


@dataclass(frozen=True)
class AnswerIn:
    """Holds where the answer is, or among several choices contains, one of `values`."""

    question: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class AnswerBetween:
    """Holds where the answer, a number or an ISO date, lies between both ends (None is open)."""

    question: str
    least: str | None
    most: str | None


@dataclass(frozen=True)
class AnswerGiven:
    """Holds where there is an answer, or where there is none if `given` is false."""

    question: str
    given: bool = True


@dataclass(frozen=True)
class ScoreBetween:
    """Holds where the score of `dimension` so far (0–100) lies between both ends."""

    dimension: str
    least: str | None
    most: str | None


@dataclass(frozen=True)
class ContactIn:
    """Holds where `attribute` of the contact or of the public link is one of `values`."""

    attribute: str
    values: tuple[str, ...]


Leaf = AnswerIn | AnswerBetween | AnswerGiven | ScoreBetween | ContactIn
Rule = AllOf | AnyOf | Not | Leaf


@dataclass(frozen=True)
class Question:
    """One question.

    `dimension` says what its score counts towards; `core` questions decide whether a response is
    complete; `cannot_judge` adds an answer that stands apart from the scale; `show_if` says when
    it is asked (None: always); `grid` is set for a row of a scale grid.
    """

    key: str
    type: str
    text: Text
    help: Text | None = None
    dimension: str | None = None
    core: bool = False
    required: bool = False
    options: tuple[Option, ...] = ()
    cannot_judge: bool = False
    limits: Limits = Limits()
    show_if: Rule | None = None
    grid: Grid | None = None


@dataclass(frozen=True)
class Section:
    """Questions under one heading.

    Neighbouring sections of the same `shuffle_group` may swap places; `shuffle_items` lets the
    questions inside swap places too; `show_if` says when any of them is asked (None: always).
    """

    key: str
    title: Text
    questions: tuple[Question, ...]
    intro: Text | None = None
    shuffle_group: str | None = None
    shuffle_items: bool = False
    show_if: Rule | None = None

    @cached_property
    def units(self) -> tuple[tuple[Question, ...], ...]:
        """The questions in stretches that nothing parts: the rows of a grid, else one by one."""
        return tuple(
            unit
            for grid, neighbours in groupby(
                self.questions, key=lambda each: each.grid.key if each.grid else None
            )
            for unit in ([tuple(neighbours)] if grid else ((each,) for each in neighbours))
        )


@dataclass(frozen=True)
class Questionnaire:
    """A complete questionnaire; every text exists in each of `languages`.

    `one_page` puts all questions on a single page.
    """

    key: str
    title: Text
    sections: tuple[Section, ...]
    intro: Text | None = None
    languages: tuple[str, ...] = LANGUAGES
    one_page: bool = False

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of the definition, before any shuffling."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def _by_key(self) -> Mapping[str, Question]:
        return {question.key: question for question in self.questions}

    def get_question(self, key: str) -> Question:
        """Return the question called `key`; UnknownQuestion if there is none."""
        try:
            return self._by_key[key]
        except KeyError:
            raise UnknownQuestion(key) from None
