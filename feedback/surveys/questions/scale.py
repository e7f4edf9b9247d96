"""A closed question with fixed points, from which agreement, CSAT, NPS and effort are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.surveys.languages import Text
from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import CANNOT_JUDGE, Answered, Point
from feedback.surveys.questions.reading import choose

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
class Scale:
    """A question type whose answers are fixed points; see QuestionType for the promises."""

    name: str
    points: tuple[Point, ...]
    takes: frozenset[str] = frozenset()
    seconds: int = 7

    def choices(self, question: Question) -> tuple[Point, ...]:
        """Return the answers to choose from; see QuestionType."""
        return (*self.points, _CANNOT_JUDGE) if question.cannot_judge else self.points

    def normalise(self, question: Question, raw: Sequence[str]) -> Answered | None:
        """Return what to store; see QuestionType."""
        return choose(self.choices(question), raw)


def labelled_points(labels: Mapping[str, Sequence[str]]) -> tuple[Point, ...]:
    """Return points 1, 2, 3 … from one list of labels per language (all of one length)."""
    rows = zip(*labels.values(), strict=True)
    return tuple(
        Point(str(number), Text(dict(zip(labels, row, strict=True))), number)
        for number, row in enumerate(rows, start=1)
    )
