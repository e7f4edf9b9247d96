"""A page of questions as its template shows it: texts in one language, values, errors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from feedback.responses.progress import Progress
from feedback.surveys.languages import text_in
from feedback.surveys.layout import Page
from feedback.surveys.piping import fill
from feedback.surveys.questionnaire import Question
from feedback.surveys.questions import CANNOT_JUDGE, get_type


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question with its saved or just typed value."""

    key: str
    type: str
    text: str
    help: str
    required: bool
    points: Sequence[tuple[str, str]]
    na: tuple[str, str] | None
    ends: tuple[str, str] | None
    max_length: int
    value: str
    version: int
    error: str = ""

    @property
    def optional_hint(self) -> bool:
        """Whether to say that it can be left blank: only where people expect to have to write."""
        return not self.required and self.type == "long_text"


@dataclass(frozen=True, slots=True)
class ShownSection:
    """Questions under their heading; a heading already shown on an earlier page is left out."""

    title: str
    intro: str
    questions: Sequence[ShownQuestion]


@dataclass(frozen=True, slots=True)
class Entered:
    """What stands in the fields: values and versions by question, and sentences for errors."""

    values: Mapping[str, str]
    versions: Mapping[str, int]
    errors: Mapping[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShownPage:
    """One page of the survey as the template needs it."""

    company: str
    language: str
    languages: Sequence[tuple[str, str, str, bool]]  # code, name, address, is it this one
    action: str
    save_pattern: str  # where one answer is saved; the question's key stands for {key}
    progress: Progress
    sections: Sequence[ShownSection]
    intro: Sequence[str]
    errors: Sequence[tuple[str, str]]
    saved_at: datetime | None
    revision: int
    submission_id: str
    window: str
    notice: str = ""

    def save_url(self, question: ShownQuestion) -> str:
        """Return where an answer to this question is saved by itself."""
        return self.save_pattern.replace("{key}", question.key)


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
                title="" if hidden else fill(text_in(block.section.title, language), fields),
                intro=fill(text_in(block.intro, language), fields) if block.intro else "",
                questions=[_question(q, language, fields, entered) for q in block.questions],
            )
        )
    return shown


def error_list(page: Page, errors: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (id of the field, sentence) of the page's errors in reading order."""
    return [(f"q-{q.key}", errors[q.key]) for q in page.questions if q.key in errors]


def _question(
    question: Question, language: str, fields: Mapping[str, str], entered: Entered
) -> ShownQuestion:
    kind = get_type(question.type)
    choices = kind.choices(question)
    labels = [(point.key, text_in(point.label, language)) for point in choices]
    points = [pair for pair in labels if pair[0] != CANNOT_JUDGE]
    worded = points and all(label for _, label in (points[0], points[-1]))
    bare = any(not label for _, label in points)
    return ShownQuestion(
        key=question.key,
        type=question.type,
        text=fill(text_in(question.text, language), fields),
        help=fill(text_in(question.help, language), fields) if question.help else "",
        required=question.required,
        points=[(key, key if bare else label) for key, label in points],
        na=next((pair for pair in labels if pair[0] == CANNOT_JUDGE), None),
        ends=(points[0][1], points[-1][1]) if bare and worded else None,
        max_length=20_000,
        value=entered.values.get(question.key, ""),
        version=entered.versions.get(question.key, 0),
        error=entered.errors.get(question.key, ""),
    )
