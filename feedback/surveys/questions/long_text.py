"""An answer in the person's own words."""

from collections.abc import Sequence
from dataclasses import dataclass

from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import Answered, InvalidAnswer, Point
from feedback.surveys.questions.reading import single_value

MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class LongText:
    """Free text of at most MOST_CHARACTERS; see QuestionType for the promises.

    Line ends become "\\n" (browsers send "\\r\\n") and are counted as one character; all else,
    also spaces at the ends, is kept as typed.
    """

    name: str = "long_text"
    points: tuple[Point, ...] = ()
    takes: frozenset[str] = frozenset()
    seconds: int = 25

    def choices(self, question: Question) -> tuple[Point, ...]:  # noqa: ARG002 – the interface
        """Return the answers to choose from; see QuestionType."""
        return ()

    def normalise(
        self,
        question: Question,  # noqa: ARG002 – the interface
        raw: Sequence[str],
    ) -> Answered | None:
        """Return what to store; see QuestionType."""
        value = single_value(raw)
        if value is None:
            return None
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        if len(value) > MOST_CHARACTERS:
            raise InvalidAnswer("too_long", {"limit": MOST_CHARACTERS, "length": len(value)})
        return Answered(value)


QUESTION_TYPE = LongText()
