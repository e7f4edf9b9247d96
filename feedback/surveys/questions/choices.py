"""Several answers out of options the questionnaire itself names."""

from collections.abc import Mapping, Sequence

from feedback.surveys.questionnaire import Option, Question
from feedback.surveys.questions.interface import NOTHING, Answered, Cell, InvalidAnswer
from feedback.surveys.questions.options import OTHER, Options, find_other, joined, read


class Choices(Options):
    """Several choices, stored as "a,c" in the order of the options; see QuestionType."""

    name = "choices"
    seconds = 10
    takes = frozenset({"options", "other", "exclusive", "limits"})

    def normalise(
        self, question: Question, raw: Sequence[str], beside: Mapping[str, str] = NOTHING
    ) -> Answered | None:
        """Return what to store; see QuestionType."""
        chosen, words = read(question, raw, beside)
        if not chosen:
            return None
        _check_together(question, chosen)
        return Answered(joined(chosen, words))

    def columns(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Return the columns of an export; see QuestionType."""
        columns = [(option.key, "option") for option in question.options]
        # No option's key has a point, so the column of the own words has a name of its own.
        return (*columns, (f"{OTHER}.text", OTHER)) if find_other(question) else tuple(columns)

    def cells(self, question: Question, value: str) -> tuple[Cell, ...]:
        """Return 1 for what was chosen, 0 for what was not; see QuestionType."""
        keys, _, words = value.partition("\n")
        chosen = keys.split(",")
        ticks = tuple(int(option.key in chosen) if value else "" for option in question.options)
        return (*ticks, words) if find_other(question) else ticks


def _check_together(question: Question, chosen: Sequence[Option]) -> None:
    if any(option.exclusive for option in chosen):
        # "None of these" is a whole answer, however many are asked for.
        if len(chosen) > 1:
            raise InvalidAnswer("not_alone")
        return
    least, most = question.limits.least, question.limits.most
    if least is not None and len(chosen) < int(least):
        raise InvalidAnswer("too_few", {"least": int(least), "chosen": len(chosen)})
    if most is not None and len(chosen) > int(most):
        raise InvalidAnswer("too_many", {"most": int(most), "chosen": len(chosen)})


QUESTION_TYPE = Choices()
