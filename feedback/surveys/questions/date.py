"""A day of the calendar."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_date

from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import NOTHING, Answered, Cell, InvalidAnswer
from feedback.surveys.questions.reading import single_value
from feedback.surveys.questions.single import Single

# Year first only: of day and month nobody can tell which a stranger wrote first.
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


class Date(Single):
    """A day, stored as "2026-11-22"; see QuestionType for the promises."""

    name = "date"
    seconds = 10
    takes = frozenset({"limits"})
    is_written = True
    kind = "date"

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
        found = _DAY.fullmatch(value.strip())
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:  # the 30th of February
            day = None
        if day is None:
            raise InvalidAnswer("not_a_date")
        _check_limits(day.isoformat(), question)
        return Answered(day.isoformat())

    def cells(self, question: Question, value: str) -> tuple[Cell, ...]:  # noqa: ARG002
        """Return the day; see QuestionType."""
        return (date.fromisoformat(value) if value else "",)

    def display(self, question: Question, value: str, language: str) -> str:  # noqa: ARG002
        """Return the day in words; see QuestionType."""
        try:
            return format_date(date.fromisoformat(value), "d MMMM yyyy", locale=language)
        except ValueError:
            return value


def _check_limits(day: str, question: Question) -> None:
    """Raise InvalidAnswer for a day outside the limits; ISO dates compare as texts do."""
    least, most = question.limits.least, question.limits.most
    if (least is None or day >= least) and (most is None or day <= most):
        return
    if least is not None and most is not None:
        raise InvalidAnswer("outside_days", {"least": least, "most": most})
    if least is not None:
        raise InvalidAnswer("too_early", {"least": least})
    raise InvalidAnswer("too_late", {"most": most or ""})


QUESTION_TYPE = Date()
