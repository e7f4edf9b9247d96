"""The order and the pages in which one person meets the questions."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from feedback.surveys.languages import Text
from feedback.surveys.questionnaire import Question, Questionnaire, Section
from feedback.surveys.questions import get_type

_Flow = Sequence[tuple[Section, Question]]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Block:
    """The questions of one section on one page.

    `intro` is None where the page has already shown the same words; `continued` is true if an
    earlier page began the section.
    """

    section: Section
    intro: Text | None
    questions: tuple[Question, ...]
    continued: bool


@dataclass(frozen=True)
class Page:
    """One page, numbered from 1."""

    number: int
    blocks: tuple[Block, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The page's questions in order."""
        return tuple(question for block in self.blocks for question in block.questions)


def pages(questionnaire: Questionnaire, seed: int, limit: int = 6) -> tuple[Page, ...]:
    """Return the pages for the person of this seed, each with at most `limit` questions.

    Neighbouring sections of one shuffle group change places and run on from page to page; every
    other section begins a new page. Page sizes differ by at most one inside a run. The same seed
    gives the same pages in every process and Python release. ValueError if `limit` < 1.
    """
    if limit < 1:
        raise ValueError("a page holds at least one question")
    order = random.Random(seed)  # noqa: S311 – decides an order, guards nothing
    result: list[Page] = []
    for run in _runs(questionnaire.sections):
        sections = _shuffled(run, order) if len(run) > 1 else run
        flow = [(section, question) for section in sections for question in _items(section, order)]
        begun: set[str] = set()
        for part in _cut(flow, limit):
            result.append(Page(len(result) + 1, _blocks(part, begun)))
            begun.update(section.key for section, _ in part)
    return tuple(result)


def estimated_seconds(questionnaire: Questionnaire) -> int:
    """Return how long answering takes: the sum over the question types, in seconds.

    An estimate by rule (7 s closed, 5 s flag, 25 s open), not a measurement.
    """
    return sum(get_type(question.type).seconds for question in questionnaire.questions)


def _runs(sections: Sequence[Section]) -> Iterator[list[Section]]:
    for group, run in groupby(sections, key=lambda section: section.shuffle_group):
        if group is None:
            yield from ([section] for section in run)
        else:
            yield list(run)


def _items(section: Section, order: random.Random) -> Sequence[Question]:
    return _shuffled(section.questions, order) if section.shuffle_items else section.questions


def _shuffled(things: Sequence[_T], order: random.Random) -> list[_T]:
    # Only random() is promised to give the same numbers in every release; shuffle() is not.
    return sorted(things, key=lambda _: order.random())


def _cut(flow: _Flow, limit: int) -> Iterator[_Flow]:
    """Cut into as few parts as `limit` allows, of nearly equal size, between sections if free."""
    start = 0
    for left in range(-(-len(flow) // limit), 0, -1):
        remaining = len(flow) - start
        smaller, larger = remaining // left, -(-remaining // left)
        size = smaller if _is_boundary(flow, start + smaller) else larger
        yield flow[start : start + size]
        start += size


def _is_boundary(flow: _Flow, at: int) -> bool:
    return at == len(flow) or flow[at - 1][0].key != flow[at][0].key


def _blocks(part: _Flow, begun: set[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    shown: set[Text | None] = set()
    for key, pairs in groupby(part, key=lambda pair: pair[0].key):
        questions = list(pairs)
        section = questions[0][0]
        intro = None if section.intro in shown else section.intro
        shown.add(section.intro)
        blocks.append(Block(section, intro, tuple(each for _, each in questions), key in begun))
    return tuple(blocks)
