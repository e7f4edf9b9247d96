"""The order and the pages in which one person meets the questions."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from feedback.surveys.branching import Path
from feedback.surveys.languages import Text
from feedback.surveys.questionnaire import Question, Questionnaire, Section
from feedback.surveys.questions import get_type

# What stays together on a page: the rows of a grid, a statement and what it leads to.
_Unit = tuple[Question, ...]
_Flow = Sequence[tuple[Section, _Unit]]
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
    other section begins a new page. Page sizes differ by at most one inside a run. Statements do
    not count and stand before what they lead to; the rows of a grid stay together, even if they
    are more than `limit`. A questionnaire on one page has one page. The same seed gives the same
    pages in every process and Python release. ValueError if `limit` < 1.
    """
    if limit < 1:
        raise ValueError("a page holds at least one question")
    order = random.Random(seed)  # noqa: S311 – decides an order, guards nothing
    flows: list[_Flow] = []
    for run in _runs(questionnaire.sections):
        sections = _shuffled(run, order) if len(run) > 1 else run
        flows.append([(section, unit) for section in sections for unit in _units(section, order)])
    if questionnaire.one_page:
        parts: list[_Flow] = [[pair for flow in flows for pair in flow]]
    else:
        parts = [part for flow in flows for part in _cut(flow, limit)]
    begun: set[str] = set()
    return tuple(
        Page(number, _blocks(((section, q) for section, unit in part for q in unit), begun))
        for number, part in enumerate(parts, start=1)
    )


def visible(pages: Sequence[Page], path: Path) -> tuple[Page, ...]:
    """Return the pages with only the questions on `path`, without those left empty.

    A page keeps the number it has among all `pages`, so that its address stays right while
    answers open and close others: look it up by `number`, not by its place in the result.
    """
    asked = frozenset(path.keys)
    begun: set[str] = set()
    shown = (
        Page(
            page.number,
            _blocks(
                ((b.section, q) for b in page.blocks for q in b.questions if q.key in asked), begun
            ),
        )
        for page in pages
    )
    return tuple(page for page in shown if page.blocks)


def estimated_seconds(questionnaire: Questionnaire) -> int:
    """Return how long answering takes: the sum over the question types, in seconds.

    Questions that only some are asked, by a rule of their own or of their section, count half.
    An estimate by rule (7 s closed, 5 s flag and statement, 25 s open), not a measurement.
    """
    doubled = sum(
        get_type(question.type).seconds * (1 if question.show_if or section.show_if else 2)
        for section in questionnaire.sections
        for question in section.questions
    )
    return -(-doubled // 2)


def _runs(sections: Sequence[Section]) -> Iterator[list[Section]]:
    for group, run in groupby(sections, key=lambda section: section.shuffle_group):
        if group is None:
            yield from ([section] for section in run)
        else:
            yield list(run)


def _units(section: Section, order: random.Random) -> list[_Unit]:
    units: Sequence[_Unit] = section.units
    units = _shuffled(units, order) if section.shuffle_items else units
    joined: list[_Unit] = []
    leading: _Unit = ()
    for unit in units:
        leading += unit
        if _weight(unit):
            joined.append(leading)
            leading = ()
    return [*joined, leading] if leading else joined


def _weight(unit: _Unit) -> int:
    return sum(get_type(question.type).answers for question in unit)


def _shuffled(things: Sequence[_T], order: random.Random) -> list[_T]:
    # Only random() is promised to give the same numbers in every release; shuffle() is not.
    return sorted(things, key=lambda _: order.random())


def _cut(flow: _Flow, limit: int) -> Iterator[_Flow]:
    """Cut into as few parts as `limit` allows, of nearly equal size, between sections if free."""
    rest = flow
    while rest:
        remaining = sum(_weight(unit) for _, unit in rest)
        left = max(1, -(-remaining // limit))
        smaller, larger = remaining // left, -(-remaining // left)
        at = _fitting(rest, smaller)
        if not _is_boundary(rest, at) or sum(_weight(unit) for _, unit in rest[:at]) < smaller:
            at = _fitting(rest, larger)
        yield rest[:at]
        rest = rest[at:]


def _fitting(flow: _Flow, size: int) -> int:
    """Return how many units at the head of `flow` weigh at most `size` together; at least one."""
    total, count = 0, 0
    for _, unit in flow:
        total += _weight(unit)
        if total > size and count:
            break
        count += 1
    return count


def _is_boundary(flow: _Flow, at: int) -> bool:
    return at == len(flow) or flow[at - 1][0].key != flow[at][0].key


def _blocks(flow: Iterable[tuple[Section, Question]], begun: set[str]) -> tuple[Block, ...]:
    """Return the blocks of one page; `begun` grows by the sections it shows."""
    blocks: list[Block] = []
    shown: set[Text | None] = set()
    for key, pairs in groupby(flow, key=lambda pair: pair[0].key):
        questions = list(pairs)
        section = questions[0][0]
        intro = None if section.intro in shown else section.intro
        shown.add(section.intro)
        blocks.append(Block(section, intro, tuple(each for _, each in questions), key in begun))
    begun.update(block.section.key for block in blocks)
    return tuple(blocks)
