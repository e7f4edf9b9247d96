"""An answer in the person's own words, from which short and long texts are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import NOTHING, Answered, InvalidAnswer
from feedback.surveys.questions.reading import one_line, single_value
from feedback.surveys.questions.single import Single


@dataclass(frozen=True)
class Written(Single):
    """Free text of at most `longest` characters; see QuestionType for the promises.

    In several lines, line ends become "\\n" (browsers send "\\r\\n") and are counted as one
    character; all else, also spaces at the ends, is kept as typed. In one line, line ends become
    spaces, and spaces at the ends are left out.
    """

    name: str
    seconds: int
    longest: int
    one_line: bool = False
    takes: frozenset[str] = frozenset({"limits"})
    is_written: bool = True
    kind: str = "text"

    def most_characters(self, question: Question) -> int:
        """Return how long the text may be; see QuestionType."""
        return min(self.longest, int(question.limits.most or self.longest))

    def normalise(
        self,
        question: Question,
        raw: Sequence[str],
        beside: Mapping[str, str] = NOTHING,  # noqa: ARG002 – the interface
    ) -> Answered | None:
        """Return what to store; see QuestionType."""
        value = single_value(raw)
        if value is None:
            return None
        limit = self.most_characters(question)
        if self.one_line:
            return Answered(one_line(value, limit))
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        if len(value) > limit:
            raise InvalidAnswer("too_long", {"limit": limit, "length": len(value)})
        return Answered(value)
