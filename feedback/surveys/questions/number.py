"""A number written with digits, whole or with as many decimals as the question allows."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from babel.numbers import format_decimal

from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import NOTHING, Answered, Cell, InvalidAnswer
from feedback.surveys.questions.reading import single_value
from feedback.surveys.questions.single import Single

# No grouping: "1.200" is one thousand two hundred to some readers and a bit over one to others.
# More decimals than asked for are therefore refused, not rounded.
_NUMBER = re.compile(r"([+-]?)(\d{0,15})(?:[.,](\d{1,15}))?", re.ASCII)


class Number(Single):
    """A decimal number; see QuestionType for the promises.

    Stored as "-12.5": no grouping, no plus, no zeros that say nothing. A comma counts as a point.
    """

    name = "number"
    seconds = 10
    takes = frozenset({"limits"})
    is_written = True
    kind = "number"

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
        found = _NUMBER.fullmatch(value.strip().replace("−", "-"))
        if not found or not (found[2] or found[3]):
            raise InvalidAnswer("not_a_number")
        sign, whole, decimals = found[1], found[2], found[3] or ""
        allowed = question.limits.decimals
        if len(decimals) > allowed:
            code = "too_many_decimals" if allowed else "not_whole"
            raise InvalidAnswer(code, {"decimals": allowed})
        number = Decimal(f"{sign}{whole or 0}.{decimals or 0}")
        _check_limits(number, question)
        return Answered(_canonical(number))

    def cells(self, question: Question, value: str) -> tuple[Cell, ...]:  # noqa: ARG002
        """Return the number; see QuestionType."""
        return (Decimal(value) if value else "",)

    def display(self, question: Question, value: str, language: str) -> str:  # noqa: ARG002
        """Return the number as people of this language write it; see QuestionType."""
        try:
            return format_decimal(Decimal(value), locale=language, decimal_quantization=False)
        except InvalidOperation:
            return value


def _canonical(number: Decimal) -> str:
    written = f"{number:f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written == "-0" else written


def _check_limits(number: Decimal, question: Question) -> None:
    least, most = question.limits.least, question.limits.most
    low = least is not None and number < Decimal(least)
    high = most is not None and number > Decimal(most)
    if not (low or high):
        return
    if least is not None and most is not None:
        raise InvalidAnswer("outside", {"least": least, "most": most})
    if least is not None:
        raise InvalidAnswer("too_small", {"least": least})
    raise InvalidAnswer("too_large", {"most": most or ""})


QUESTION_TYPE = Number()
