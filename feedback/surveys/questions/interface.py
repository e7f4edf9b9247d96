"""What every question type promises, and the words it promises in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from feedback.surveys.languages import Text
from feedback.surveys.questionnaire import Question

CANNOT_JUDGE = "na"


@dataclass(frozen=True)
class Point:
    """One answer to choose: stored `key`, label (empty where the key speaks), score if any."""

    key: str
    label: Text
    number: int | None = None


@dataclass(frozen=True)
class Answered:
    """An answer as it is stored: canonical `value`, and `number` where it counts in a score."""

    value: str
    number: int | None = None


class InvalidAnswer(ValueError):
    """What was sent is no answer to this question; `code` and `params` say why."""

    def __init__(self, code: str, params: Mapping[str, int] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, int] = dict(params or {})


class QuestionType(Protocol):
    """A kind of question: what can be answered, how it is stored, how long it takes."""

    @property
    def name(self) -> str:
        """The word a definition uses for this type."""

    @property
    def points(self) -> tuple[Point, ...]:
        """The fixed answers in order; empty if the type has none of its own."""

    @property
    def seconds(self) -> int:
        """Estimated time to answer."""

    @property
    def takes(self) -> frozenset[str]:
        """Which of "dimension", "options", "cannot_judge" a definition may set."""

    def choices(self, question: Question) -> tuple[Point, ...]:
        """All answers to choose from for this question, in order; empty for free text."""

    def normalise(self, question: Question, raw: Sequence[str]) -> Answered | None:
        """Return what to store for the values a form sent; None for a blank answer.

        Raises InvalidAnswer: several_values, unknown_choice, too_long (limit, length),
        null_character, broken_character.
        """
