"""Options of a questionnaire, one of which may open a line for the person's own words."""

from collections.abc import Mapping, Sequence

from feedback.surveys.questionnaire import Option, Question
from feedback.surveys.questions.interface import NOTHING, Inputs, InvalidAnswer, Point
from feedback.surveys.questions.reading import check_storable, one_line, wording
from feedback.surveys.questions.single import Single

OTHER = "other"
MOST_CHARACTERS = 200


class Options(Single):
    """What choice and choices have in common: keys, and after a line end the own words."""

    def choices(self, question: Question) -> tuple[Point, ...]:
        """Return the answers to choose from; see QuestionType."""
        return tuple(Point(option.key, option.text) for option in question.options)

    def most_characters(self, question: Question) -> int:
        """Return how long the own words may be; see QuestionType."""
        return MOST_CHARACTERS if find_other(question) else 0

    def inputs(self, question: Question) -> tuple[str, ...]:
        """Return the suffix of the own words, if there are any; see QuestionType."""
        return (OTHER,) if find_other(question) else ()

    def fold(self, question: Question, inputs: Inputs) -> str:  # noqa: ARG002
        """Return the inputs as one text; see QuestionType."""
        keys = ",".join(value for value in inputs.values if value.strip())
        words = inputs.beside.get(OTHER, "")
        return f"{keys}\n{words}" if words else keys

    def unfold(self, question: Question, text: str) -> Inputs:
        """Return what stands in the inputs; see QuestionType."""
        keys, _, words = text.partition("\n")
        beside = {OTHER: words} if find_other(question) else {}
        return Inputs(tuple(keys.split(",")) if keys else (), beside)

    def display(self, question: Question, value: str, language: str) -> str:
        """Return the chosen labels with the own words behind theirs; see QuestionType."""
        keys, _, words = value.partition("\n")
        other = find_other(question)
        labels = []
        for key in filter(None, keys.split(",")):
            label = wording(self.choices(question), key, language)
            labels.append(f"{label}: {words}" if other and key == other.key else label)
        return ", ".join(labels)


def find_other(question: Question) -> Option | None:
    """Return the option that opens a line for own words, or None."""
    return next((option for option in question.options if option.other), None)


def read(
    question: Question, raw: Sequence[str], beside: Mapping[str, str] = NOTHING
) -> tuple[tuple[Option, ...], str]:
    """Return the chosen options in their order and the own words, "" where none were chosen.

    Raises InvalidAnswer for an option there is not, and for own words that are missing, too long
    or not storable.
    """
    check_storable(raw, beside)
    keys: set[str] = set()
    words = ""
    for value in raw:
        if value.strip():
            these, _, behind = value.partition("\n")
            keys.update(these.split(","))
            words = words or behind
    if keys - {option.key for option in question.options}:
        raise InvalidAnswer("unknown_choice")
    chosen = tuple(option for option in question.options if option.key in keys)
    if not any(option.other for option in chosen):
        if words:
            raise InvalidAnswer("unknown_choice")
        return chosen, ""
    words = one_line(words or beside.get(OTHER, ""), MOST_CHARACTERS)
    if not words:
        raise InvalidAnswer("other_missing")
    return chosen, words


def joined(chosen: Sequence[Option], words: str) -> str:
    """Return the stored form: keys with commas, the own words after a line end."""
    keys = ",".join(option.key for option in chosen)
    return f"{keys}\n{words}" if words else keys
