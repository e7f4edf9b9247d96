"""The way through the pages: which come, which is next, which is resumed, what is missing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from feedback.surveys.branching import path
from feedback.surveys.layout import Page, visible
from feedback.surveys.questionnaire import Question, Questionnaire
from feedback.surveys.questions import get_type


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a page stands on the way; questions are counted, words to read are not.

    `number` is the page's address, which stays while answers open and close other pages.
    """

    number: int
    is_first: bool
    is_last: bool
    asked_from: int
    asked_total: int

    @property
    def percent(self) -> int:
        """How much of the questionnaire lies behind, 0…100."""
        return round(100 * (self.asked_from - 1) / self.asked_total) if self.asked_total else 0


@dataclass(frozen=True)
class Route:
    """The pages one person goes through as the answers so far have it; at least one."""

    pages: tuple[Page, ...]
    keys: tuple[str, ...]  # of the questions asked, in the order of the definition

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The pages' numbers, rising, perhaps with gaps."""
        return tuple(page.number for page in self.pages)

    def find_page(self, number: int) -> Page | None:
        """Return what is asked on page `number`; None where nothing is."""
        return next((page for page in self.pages if page.number == number), None)

    def nearest(self, number: int) -> int:
        """Return the number of the page on the way that is nearest to `number`, rather behind."""
        return min(self.numbers, key=lambda each: (abs(each - number), -each))

    def find_after(self, number: int) -> int | None:
        """Return the number of the page to go to from page `number`; None from the last one."""
        return next((each for each in self.numbers if each > number), None)

    def find_before(self, number: int) -> int | None:
        """Return the number of the page to go back to from page `number`, or None."""
        return next((each for each in reversed(self.numbers) if each < number), None)

    def progress(self, number: int) -> Progress:
        """Return where page `number` stands."""
        before = sum(_asked(page) for page in self.pages if page.number < number)
        total = sum(_asked(page) for page in self.pages)
        return Progress(
            number=number,
            is_first=self.find_before(number) is None,
            is_last=self.find_after(number) is None,
            asked_from=min(before + 1, max(total, 1)),
            asked_total=max(total, 1),
        )

    def resume(self, answered: Collection[str]) -> int:
        """Return the page to go on with: the one after the last answer, or the first.

        A question left blank on purpose does not pull the person back, nor does a text at the
        end of a page; where choices are still open behind the last answer, the page is shown
        again.
        """
        current = self.numbers[0]
        for page in self.pages:
            done = [question.key in answered for question in page.questions]
            if any(done):
                behind = page.questions[len(done) - done[::-1].index(True) :]
                goes_on = not any(_is_chosen(question) for question in behind)
                after = self.find_after(page.number) if goes_on else None
                current = page.number if after is None else after
        return current

    def missing(self, answered: Collection[str]) -> list[tuple[int, Question]]:
        """Return (page number, question) of required ones without an answer, in reading order."""
        return [
            (page.number, question)
            for page in self.pages
            for question in page.questions
            if question.required and question.key not in answered
        ]


def route(
    asked: Questionnaire, pages: Sequence[Page], values: Mapping[str, str], known: Mapping[str, str]
) -> Route:
    """Return the way through `pages` with these stored values, for a person rules know this of.

    Where rules leave no question at all it is one empty page, so that there is one to send.
    """
    taken = path(asked, values, known)
    return Route(visible(pages, taken) or (Page(1, ()),), taken.keys)


def _asked(page: Page) -> int:
    return sum(get_type(question.type).answers for question in page.questions)


def _is_chosen(question: Question) -> bool:
    kind = get_type(question.type)
    return kind.answers and not kind.is_written
