"""One answer out of options the questionnaire itself names."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import Answered, Point
from feedback.surveys.questions.reading import choose


@dataclass(frozen=True)
class Choice:
    """A single choice; see QuestionType for the promises."""

    name: str = "choice"
    points: tuple[Point, ...] = ()
    takes: frozenset[str] = frozenset({"options"})
    seconds: int = 7

    def choices(self, question: Question) -> tuple[Point, ...]:
        """Return the answers to choose from; see QuestionType."""
        return tuple(Point(option.key, option.text) for option in question.options)

    def normalise(self, question: Question, raw: Sequence[str]) -> Answered | None:
        """Return what to store; see QuestionType."""
        return choose(self.choices(question), raw)


QUESTION_TYPE = Choice()
