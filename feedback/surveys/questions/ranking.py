"""Options put in an order, each given its place."""

from collections.abc import Mapping, Sequence

from feedback.surveys.questionnaire import Question
from feedback.surveys.questions.interface import (
    NOTHING,
    Answered,
    Cell,
    Inputs,
    InvalidAnswer,
    Point,
)
from feedback.surveys.questions.reading import check_storable, single_value, wording
from feedback.surveys.questions.single import Single


class Ranking(Single):
    """An order of all options, stored as "b,a,c"; see QuestionType for the promises.

    The form has one input per option, `q.<key>.1`, `q.<key>.2` … in the order of the definition,
    each with the place given to that option. Half-done or doubled places fold to "a=2,b=,c=2".
    """

    name = "ranking"
    seconds = 20
    takes = frozenset({"options"})

    def choices(self, question: Question) -> tuple[Point, ...]:
        """Return the answers to put in order; see QuestionType."""
        return tuple(Point(option.key, option.text) for option in question.options)

    def inputs(self, question: Question) -> tuple[str, ...]:
        """Return one suffix per option; see QuestionType."""
        return tuple(str(number) for number, _ in enumerate(question.options, start=1))

    def normalise(
        self, question: Question, raw: Sequence[str], beside: Mapping[str, str] = NOTHING
    ) -> Answered | None:
        """Return what to store; see QuestionType."""
        check_storable(raw, beside)
        value = single_value(raw)
        if value is not None:
            order = value.split(",")
            if sorted(order) != sorted(option.key for option in question.options):
                raise InvalidAnswer("unknown_choice")
            return Answered(value)
        places = [beside.get(suffix, "").strip() for suffix in self.inputs(question)]
        if not any(places):
            return None
        _check_places(places)
        return Answered(_order(question, places))

    def fold(self, question: Question, inputs: Inputs) -> str:
        """Return the inputs as one text; see QuestionType."""
        places = [inputs.beside.get(suffix, "").strip() for suffix in self.inputs(question)]
        if not any(places):
            return next((value for value in inputs.values if value), "")
        try:
            _check_places(places)
        except InvalidAnswer:
            pairs = zip(question.options, places, strict=True)
            return ",".join(f"{option.key}={place}" for option, place in pairs)
        return _order(question, places)

    def unfold(self, question: Question, text: str) -> Inputs:
        """Return what stands in the inputs; see QuestionType."""
        if "=" in text:
            given = dict(part.partition("=")[::2] for part in text.split(","))
        else:
            given = {key: str(place) for place, key in enumerate(text.split(","), start=1)}
        places = (given.get(option.key, "") for option in question.options)
        return Inputs(beside=dict(zip(self.inputs(question), places, strict=True)))

    def columns(self, question: Question) -> tuple[tuple[str, str], ...]:
        """Return a column for each place; see QuestionType."""
        return tuple((suffix, "rank") for suffix in self.inputs(question))

    def cells(self, question: Question, value: str) -> tuple[Cell, ...]:
        """Return the option at each place; see QuestionType."""
        return tuple(value.split(",")) if value else ("",) * len(question.options)

    def display(self, question: Question, value: str, language: str) -> str:
        """Return the options in their order, numbered; see QuestionType."""
        labels = [
            wording(self.choices(question), key, language) for key in filter(None, value.split(","))
        ]
        return ", ".join(f"{place}. {label}" for place, label in enumerate(labels, start=1))


def _check_places(places: Sequence[str]) -> None:
    total = len(places)
    possible = [str(place) for place in range(1, total + 1)]
    given = [place for place in places if place]
    if set(given) - set(possible):
        raise InvalidAnswer("unknown_choice")
    for place in possible:
        if given.count(place) > 1:
            raise InvalidAnswer("placed_twice", {"place": place, "total": total})
    if len(given) < total:
        raise InvalidAnswer("unplaced", {"total": total})


def _order(question: Question, places: Sequence[str]) -> str:
    pairs = zip(places, question.options, strict=True)
    return ",".join(option.key for _, option in sorted(pairs, key=lambda pair: int(pair[0])))


QUESTION_TYPE = Ranking()
