"""A closed question with fixed points, from which agreement, CSAT, NPS and effort are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.surveys.languages import Text
from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import CANNOT_JUDGE, NOTHING, Answered, Cell, Point
from feedback.surveys.questions.reading import choose, wording
from feedback.surveys.questions.single import Single

_CANNOT_JUDGE = Point(
    CANNOT_JUDGE,
    Text(
        {
            "en": "Cannot judge / not applicable",
            "id": "Tidak dapat menilai / tidak berlaku",
            "ms": "Tidak dapat menilai / tidak berkenaan",
        }
    ),
)


@dataclass(frozen=True)
class Scale(Single):
    """A question type whose answers are fixed points; see QuestionType for the promises."""

    name: str
    points: tuple[Point, ...]
    takes: frozenset[str] = frozenset()
    seconds: int = 7

    def steps(self, question: Question) -> tuple[Point, ...]:  # noqa: ARG002 – for a subclass
        """Return the points of the scale, without "cannot judge"."""
        return self.points

    def choices(self, question: Question) -> tuple[Point, ...]:
        """Return the answers to choose from; see QuestionType."""
        steps = self.steps(question)
        return (*steps, _CANNOT_JUDGE) if question.cannot_judge else steps

    def normalise(
        self,
        question: Question,
        raw: Sequence[str],
        beside: Mapping[str, str] = NOTHING,  # noqa: ARG002 – the interface
    ) -> Answered | None:
        """Return what to store; see QuestionType."""
        return choose(self.choices(question), raw)

    def cells(self, question: Question, value: str) -> tuple[Cell, ...]:
        """Return the score where there is one, else the answer's key; see QuestionType."""
        numbers = {point.key: point.number for point in self.choices(question)}
        number = numbers.get(value)
        return (value if number is None else number,)

    def display(self, question: Question, value: str, language: str) -> str:
        """Return the answer in words; a point labelled at the ends only is its number."""
        choices = self.choices(question)
        bare = any(not point.label for point in choices)
        return value if bare and value != CANNOT_JUDGE else wording(choices, value, language)


def labelled_points(labels: Mapping[str, Sequence[str]]) -> tuple[Point, ...]:
    """Return points 1, 2, 3 … from one list of labels per language (all of one length)."""
    rows = zip(*labels.values(), strict=True)
    return tuple(
        Point(str(number), Text(dict(zip(labels, row, strict=True))), number)
        for number, row in enumerate(rows, start=1)
    )
