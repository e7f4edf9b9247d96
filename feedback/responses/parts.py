"""The parts of a page that answers open and close while it is being filled in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from feedback.surveys.layout import Block, Page
from feedback.surveys.questionnaire import Question
from feedback.surveys.questions import get_type
from feedback.surveys.showing import Entered, ShownSection, sections

Unit = tuple[Question, ...]  # a question, or the rows of a grid


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A question, or a grid with its rows, in a box of its own if answers open and close it.

    `level` is the heading level of a grid.
    """

    id: str
    changes: bool
    is_open: bool
    level: str
    asks: ShownSection


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """What a page shows of a section, in a box of its own if answers open and close all of it."""

    id: str
    changes: bool
    is_open: bool
    title: str
    intro: str
    units: Sequence[ShownUnit]


def open_parts(page: Page, seen: Page | None) -> dict[str, tuple[Question, ...]]:
    """Return id → questions of the boxes that are open: `seen` is what of `page` is asked now.

    Only boxes that answers can open or close are listed.
    """
    asked = _keys(seen)
    found = {}
    for block in page.blocks:
        if _block_changes(block) and not asked.isdisjoint(q.key for q in block.questions):
            found[_block_id(block)] = tuple(q for q in block.questions if q.key in asked)
        for unit in _units(block.questions):
            if unit[0].show_if and unit[0].key in asked:
                found[_unit_id(unit)] = unit
    return found


def unseen(
    page: Page, seen: Page | None, shown: Collection[str], values: Mapping[str, str]
) -> dict[str, tuple[Question, ...]]:
    """Return id → questions of the boxes that are open but not among those `shown`.

    Boxes in which every question has an answer already are left out.
    """
    return {
        part: questions
        for part, questions in open_parts(page, seen).items()
        if part not in shown and any(_is_open(question, values) for question in questions)
    }


def parts(
    page: Page, seen: Page | None, language: str, fields: Mapping[str, str], entered: Entered
) -> list[ShownBlock]:
    """Return the page's sections with all their boxes, the closed ones empty."""
    asked = _keys(seen)
    told = sections(seen, language, fields, entered) if seen else []
    by_key = {b.section.key: s for b, s in zip(seen.blocks if seen else (), told, strict=True)}
    nothing = ShownSection("", "", ())
    shown = []
    for block in page.blocks:
        section = by_key.get(block.section.key, nothing)
        shown.append(
            ShownBlock(
                id=_block_id(block),
                changes=_block_changes(block),
                is_open=bool(section.questions),
                title=section.title,
                intro=section.intro,
                units=[_unit(unit, section, asked) for unit in _units(block.questions)],
            )
        )
    return shown


def changed(
    blocks: Sequence[ShownBlock], shown: Collection[str]
) -> tuple[list[ShownBlock], list[ShownUnit]]:
    """Return the outermost boxes that are open now and were not among those `shown`, or closed."""
    whole = [each for each in blocks if each.changes and (each.id in shown) != each.is_open]
    single = [
        unit
        for block in blocks
        if block.is_open and block not in whole
        for unit in block.units
        if unit.changes and (unit.id in shown) != unit.is_open
    ]
    return whole, single


def _unit(unit: Unit, section: ShownSection, asked: Collection[str]) -> ShownUnit:
    keys = {question.key for question in unit}
    return ShownUnit(
        id=_unit_id(unit),
        changes=unit[0].show_if is not None,
        is_open=unit[0].key in asked,
        level="h3" if section.title else "h2",
        asks=ShownSection("", "", [each for each in section.questions if each.key in keys]),
    )


def _units(questions: Sequence[Question]) -> list[Unit]:
    found: list[Unit] = []
    for grid, neighbours in groupby(questions, key=lambda q: q.grid.key if q.grid else None):
        rows = tuple(neighbours)
        found += [rows] if grid else [(each,) for each in rows]
    return found


def _block_changes(block: Block) -> bool:
    return block.section.show_if is not None or all(q.show_if for q in block.questions)


def _block_id(block: Block) -> str:
    return f"s-{block.section.key}"


def _unit_id(unit: Unit) -> str:
    return f"c-{unit[0].key}"


def _keys(page: Page | None) -> frozenset[str]:
    return frozenset(question.key for question in page.questions) if page else frozenset()


def _is_open(question: Question, values: Mapping[str, str]) -> bool:
    return get_type(question.type).answers and not values.get(question.key)
