"""Words to read between the questions; nothing is answered."""

from collections.abc import Mapping, Sequence

from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import NOTHING, Answered, Cell, InvalidAnswer
from feedback.surveys.questions.single import Single


class Statement(Single):
    """A text without an answer; see QuestionType for the promises."""

    name = "statement"
    seconds = 5
    answers = False

    def normalise(
        self,
        question: Question,  # noqa: ARG002 – the interface
        raw: Sequence[str],
        beside: Mapping[str, str] = NOTHING,  # noqa: ARG002
    ) -> Answered | None:
        """Return None; see QuestionType."""
        if any(value.strip() for value in raw):
            raise InvalidAnswer("unknown_choice")
        return None

    def columns(self, question: Question) -> tuple[tuple[str, str], ...]:  # noqa: ARG002
        """Return no column; see QuestionType."""
        return ()

    def cells(self, question: Question, value: str) -> tuple[Cell, ...]:  # noqa: ARG002
        """Return no cell; see QuestionType."""
        return ()


QUESTION_TYPE = Statement()
