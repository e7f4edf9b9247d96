"""What types with a single input, one column and nothing to choose have in common."""

from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import Cell, Inputs, Point


class Single:
    """The promises of QuestionType that follow from a single input; a type changes its own.

    A method takes what the interface gives it, also where it needs less.
    """

    name: str
    seconds: int
    points: tuple[Point, ...] = ()
    takes: frozenset[str] = frozenset()
    answers: bool = True
    is_written: bool = False
    kind: str = "answer"  # of its column

    def choices(self, question: Question) -> tuple[Point, ...]:  # noqa: ARG002
        """Return the answers to choose from; see QuestionType."""
        return self.points

    def most_characters(self, question: Question) -> int:  # noqa: ARG002
        """Return how long a text may be; see QuestionType."""
        return 0

    def inputs(self, question: Question) -> tuple[str, ...]:  # noqa: ARG002
        """Return the suffixes of further inputs; see QuestionType."""
        return ()

    def fold(self, question: Question, inputs: Inputs) -> str:  # noqa: ARG002
        """Return the inputs as one text; see QuestionType."""
        return next((value for value in inputs.values if value), "")

    def unfold(self, question: Question, text: str) -> Inputs:  # noqa: ARG002
        """Return what stands in the inputs; see QuestionType."""
        return Inputs((text,) if text else ())

    def columns(self, question: Question) -> tuple[tuple[str, str], ...]:  # noqa: ARG002
        """Return the columns of an export; see QuestionType."""
        return (("", self.kind),)

    def cells(self, question: Question, value: str) -> tuple[Cell, ...]:  # noqa: ARG002
        """Return the cells of an export; see QuestionType."""
        return (value,)

    def display(self, question: Question, value: str, language: str) -> str:  # noqa: ARG002
        """Return the answer in words; see QuestionType."""
        return value
