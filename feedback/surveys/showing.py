"""Questions as their templates show them: texts in one language, what stands in the inputs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from feedback.surveys.languages import text_in
from feedback.surveys.layout import Page
from feedback.surveys.piping import DEFAULTS, fill
from feedback.surveys.questionnaire import Limits, Question
from feedback.surveys.questions import CANNOT_JUDGE, Inputs, QuestionType, get_type


@dataclass(frozen=True, slots=True)
class ShownGrid:
    """What stands above the rows of a grid."""

    key: str
    text: str
    help: str


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question with its saved or just typed value.

    `value` is that value as one text, `inputs` what it puts into the inputs; `least` and `most`
    are the question's limits, in words where the answer is written; `other` is the key of the
    option that opens a line, `alone` those of the options that go with no other.
    """

    key: str
    type: str
    text: str
    help: str
    required: bool
    is_written: bool
    points: Sequence[tuple[str, str]]
    na: tuple[str, str] | None
    ends: tuple[str, str] | None
    max_length: int
    limits: Limits
    least: str
    most: str
    other: str
    alone: frozenset[str]
    grid: ShownGrid | None
    value: str
    inputs: Inputs
    version: int
    error: str = ""

    @property
    def optional_hint(self) -> bool:
        """Whether to say that it can be left blank: only where people expect to have to write."""
        return not self.required and self.is_written


@dataclass(frozen=True, slots=True)
class ShownSection:
    """Questions under their heading; a heading already shown on an earlier page is left out."""

    title: str
    intro: str
    questions: Sequence[ShownQuestion]

    @property
    def groups(self) -> list[tuple[ShownGrid | None, list[ShownQuestion]]]:
        """The questions in order, neighbours of one grid together under their grid."""
        return [(grid, list(rows)) for grid, rows in groupby(self.questions, lambda q: q.grid)]


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the fields: values and versions by question, and sentences for errors.

    A value is a stored one, or what a form sent as its question type folds it.
    """

    values: Mapping[str, str]
    versions: Mapping[str, int]
    errors: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None


NOTHING = Entered({}, {})


@dataclass(frozen=True, slots=True)
class Preview:
    """A page of questions that is only looked at."""

    company: str

    def save_url(self, question: ShownQuestion) -> str:  # noqa: ARG002 – as a page that saves
        """Return that nothing is saved."""
        return ""


def sections(
    page: Page, language: str, fields: Mapping[str, str], entered: Entered
) -> list[ShownSection]:
    """Return the page's sections in one language, with names filled in.

    Headings of shuffled sections are not shown: they name what is measured, and would colour
    the answers.
    """
    shown = []
    for block in page.blocks:
        hidden = block.continued or block.section.shuffle_group is not None
        shown.append(
            ShownSection(
                title="" if hidden else said(block.section.title, language, fields),
                intro=said(block.intro, language, fields),
                questions=[_question(q, language, fields, entered) for q in block.questions],
            )
        )
    return shown


def said(text: Mapping[str, str] | None, language: str, fields: Mapping[str, str]) -> str:
    """Return a text of a questionnaire in one language with names filled in; "" for none."""
    if text is None:
        return ""
    return fill(text_in(text, language), fields, DEFAULTS.get(language, {}))


def error_list(page: Page, errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (id of the field, sentence) of the page's errors in reading order."""
    return [(f"q-{q.key}", errors[q.key]) for q in page.questions if q.key in errors]


def _question(
    question: Question, language: str, fields: Mapping[str, str], entered: Entered
) -> ShownQuestion:
    def words(text: Mapping[str, str] | None) -> str:
        return said(text, language, fields)

    kind = get_type(question.type)
    labels = [(point.key, words(point.label)) for point in kind.choices(question)]
    points = [pair for pair in labels if pair[0] != CANNOT_JUDGE]
    worded = points and all(label for _, label in (points[0], points[-1]))
    bare = any(not label for _, label in points)
    value = entered.values.get(question.key, "")
    grid = question.grid
    least, most = _limits(kind, question, language)
    return ShownQuestion(
        key=question.key,
        type=question.type,
        text=words(question.text),
        help=words(question.help),
        required=question.required,
        is_written=kind.is_written,
        points=[(key, key if bare else label) for key, label in points],
        na=next((pair for pair in labels if pair[0] == CANNOT_JUDGE), None),
        ends=(points[0][1], points[-1][1]) if bare and worded else None,
        max_length=kind.most_characters(question),
        limits=question.limits,
        least=least,
        most=most,
        other=_first(option.key for option in question.options if option.other),
        alone=frozenset(option.key for option in question.options if option.exclusive),
        grid=ShownGrid(grid.key, words(grid.text), words(grid.help)) if grid else None,
        value=value,
        inputs=kind.unfold(question, value),
        version=entered.versions.get(question.key, 0),
        error=entered.errors.get(question.key, ""),
    )


def _limits(kind: QuestionType, question: Question, language: str) -> tuple[str, str]:
    least, most = (each or "" for each in (question.limits.least, question.limits.most))
    if not kind.is_written:
        return least, most
    words = [kind.display(question, each, language) if each else "" for each in (least, most)]
    return words[0], words[1]


def _first(keys: Iterable[str]) -> str:
    return next(iter(keys), "")
