"""A questionnaire as the other rooms see it: frozen, already checked, in reading order."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from feedback.surveys.languages import LANGUAGES, Text


class UnknownQuestion(LookupError):
    """The questionnaire has no question of that key."""


@dataclass(frozen=True)
class Option:
    """One answer a person can choose; `key` is what is stored, `text` what is read."""

    key: str
    text: Text


@dataclass(frozen=True)
class Question:
    """One question.

    `dimension` says what its score counts towards; `core` questions decide whether a response is
    complete; `cannot_judge` adds an answer that stands apart from the scale.
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


@dataclass(frozen=True)
class Section:
    """Questions under one heading.

    Neighbouring sections of the same `shuffle_group` may swap places; `shuffle_items` lets the
    questions inside swap places too.
    """

    key: str
    title: Text
    questions: tuple[Question, ...]
    intro: Text | None = None
    shuffle_group: str | None = None
    shuffle_items: bool = False


@dataclass(frozen=True)
class Questionnaire:
    """A complete questionnaire; every text exists in each of `languages`."""

    key: str
    title: Text
    sections: tuple[Section, ...]
    intro: Text | None = None
    languages: tuple[str, ...] = LANGUAGES

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
