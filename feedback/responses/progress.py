"""How far somebody is: which page comes next, which is resumed, how many questions are done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from feedback.surveys.layout import Page
from feedback.surveys.questionnaire import Question


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a page stands in the questionnaire; `percent` counts questions before the page."""

    number: int
    pages: int
    asked_from: int
    asked_total: int

    @property
    def percent(self) -> int:
        """How much of the questionnaire lies behind, 0…100."""
        return round(100 * (self.asked_from - 1) / self.asked_total) if self.asked_total else 0

    @property
    def is_last(self) -> bool:
        """Whether this is the page with the send button."""
        return self.number == self.pages


def progress(pages: Sequence[Page], number: int) -> Progress:
    """Return where page `number` (from 1) stands."""
    before = sum(len(page.questions) for page in pages[: number - 1])
    total = sum(len(page.questions) for page in pages)
    return Progress(number, len(pages), before + 1, total)


def resume_page(pages: Sequence[Page], answered: Collection[str]) -> int:
    """Return the page to go on with: the one after the last answer, or the first.

    A question left blank on purpose does not pull the person back, nor does a comment at the
    end of a page; where choices are still open behind the last answer, the page is shown again.
    """
    current = 1
    for page in pages:
        done = [question.key in answered for question in page.questions]
        if any(done):
            behind = page.questions[len(done) - done[::-1].index(True) :]
            open_choices = any(question.type != "long_text" for question in behind)
            current = page.number if open_choices else min(page.number + 1, len(pages))
    return current


def missing(pages: Sequence[Page], answered: Collection[str]) -> list[tuple[int, Question]]:
    """Return (page number, question) of required questions without an answer, in reading order."""
    return [
        (page.number, question)
        for page in pages
        for question in page.questions
        if question.required and question.key not in answered
    ]
