"""How questions and answers are said in an export: columns, labels, missing answers."""

from collections.abc import Callable
from dataclasses import dataclass

from feedback.results.exports.tables import Cell, Column
from feedback.surveys.languages import text_in
from feedback.surveys.piping import DEFAULTS, fill
from feedback.surveys.questionnaire import Question, Questionnaire
from feedback.surveys.questions import CANNOT_JUDGE, Point, get_type

# What stands in the raw form where a rule left the question out. No option's key has a space.
NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Saying:
    """In which language and form answers are said, and the words that stand around them."""

    language: str
    raw: bool
    company: str  # who asked
    not_asked: str  # the cell of a question that was not asked
    blank: str  # what a blank cell means
    left_out: str  # what "not asked" means
    cannot_judge: str  # what that answer means
    own_words: str
    place: str  # with {number}
    not_chosen: str

    @property
    def skipped(self) -> str:
        """What stands where a question was not asked."""
        return NOT_ASKED if self.raw else self.not_asked


def questions_of(asked: Questionnaire) -> list[Question]:
    """Return the questions that can be answered, in the order of the definition."""
    return [each for each in asked.questions if get_type(each.type).answers]


def question_text(question: Question, saying: Saying) -> str:
    """Return the words of a question as anybody may have read them, a grid's before its row's."""
    own = text_in(question.text, saying.language)
    text = f"{text_in(question.grid.text, saying.language)} – {own}" if question.grid else own
    return fill(text, {"company": saying.company}, DEFAULTS.get(saying.language, {}))


def columns_of(question: Question, version: int, saying: Saying) -> list[Column]:
    """Return the columns of one question; the key of its own begins every key and heading."""
    text = question_text(question, saying)
    found = []
    for suffix, kind in get_type(question.type).columns(question):
        key = f"{question.key}.{suffix}" if suffix else question.key
        meaning = _meaning(question, suffix, kind, text, saying)
        found.append(
            Column(
                key=key,
                heading=f"{key}: {meaning}",
                meaning=meaning,
                kind=question.type,
                version=version,
                values=_values(question, suffix, kind, saying),
                missing=missing(question, saying),
            )
        )
    return found


def missing(question: Question, saying: Saying) -> tuple[tuple[str, str], ...]:
    """Return what can stand instead of an answer, and what it means."""
    found = [("", saying.blank), (saying.skipped, saying.left_out)]
    if question.cannot_judge:
        shown = CANNOT_JUDGE if saying.raw else labels(question, saying.language)[CANNOT_JUDGE]
        found.append((str(shown), saying.cannot_judge))
    return tuple(found)


def labels(question: Question, language: str) -> dict[str, Cell]:
    """Return stored key → what is said for it; the number on a scale labelled at its ends only."""
    choices = get_type(question.type).choices(question)
    bare = any(not point.label for point in choices)
    return {point.key: _label(point, language, bare) for point in choices}


def numbers(question: Question) -> dict[str, int]:
    """Return stored key → number, of the answers that count in a score."""
    choices = get_type(question.type).choices(question)
    return {point.key: point.number for point in choices if point.number is not None}


def said_in_words(question: Question, language: str) -> Callable[[str, Cell], Cell]:
    """Return what turns a cell of the question's export into words, by the kind of its column."""
    by_key: dict[Cell, Cell] = dict(labels(question, language).items())
    by_number: dict[Cell, Cell] = {number: by_key[key] for key, number in numbers(question).items()}

    def in_words(kind: str, cell: Cell) -> Cell:
        if kind not in ("answer", "rank"):
            return cell
        # A key of digits and a number can differ: the second of three points may be called "3".
        return by_number.get(cell, cell) if isinstance(cell, int) else by_key.get(cell, cell)

    return in_words


def _label(point: Point, language: str, bare: bool) -> Cell:
    if bare and point.number is not None:
        return point.number
    return text_in(point.label, language) or point.key


def _meaning(question: Question, suffix: str, kind: str, text: str, saying: Saying) -> str:
    if kind == "option":
        return f"{text} – {labels(question, saying.language)[suffix]}"
    if kind == "other":
        return f"{text} – {saying.own_words}"
    if kind == "rank":
        return f"{text} – {saying.place.format(number=suffix)}"
    return text


def _values(
    question: Question, suffix: str, kind: str, saying: Saying
) -> tuple[tuple[str, str], ...]:
    if kind == "option":
        return (("1", str(labels(question, saying.language)[suffix])), ("0", saying.not_chosen))
    if kind not in ("answer", "rank"):
        return ()
    number_of = numbers(question)
    return tuple(
        (str(number_of.get(point.key, point.key)), text_in(point.label, saying.language))
        for point in get_type(question.type).choices(question)
        if point.key != CANNOT_JUDGE
    )
