"""One answer out of options the questionnaire itself names."""

from collections.abc import Mapping, Sequence

from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import NOTHING, Answered, Cell, InvalidAnswer
from feedback.surveys.questions.options import OTHER, Options, find_other, joined, read
from feedback.surveys.questions.reading import single_value


class Choice(Options):
    """A single choice, stored as "key", or "key\\nown words"; see QuestionType."""

    name = "choice"
    seconds = 7
    takes = frozenset({"options", "other"})

    def normalise(
        self, question: Question, raw: Sequence[str], beside: Mapping[str, str] = NOTHING
    ) -> Answered | None:
        """Return what to store; own words alone are the option that opened their line."""
        value = single_value(raw)
        other = find_other(question)
        if value is None and other and beside.get(OTHER, "").strip():
            value = other.key
        if value is None:
            return None
        chosen, words = read(question, [value], beside)
        if len(chosen) > 1:
            raise InvalidAnswer("unknown_choice")
        return Answered(joined(chosen, words))

    def columns(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Return the columns of an export; see QuestionType."""
        return (("", "answer"), (OTHER, OTHER)) if find_other(question) else (("", "answer"),)

    def cells(self, question: Question, value: str) -> tuple[Cell, ...]:
        """Return the cells of an export; see QuestionType."""
        key, _, words = value.partition("\n")
        return (key, words) if find_other(question) else (key,)


QUESTION_TYPE = Choice()
