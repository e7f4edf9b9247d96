"""Writes a questionnaire as data in one form only, and names that form by its digest."""

import hashlib
import json
from typing import Any

from feedback.surveys.definition.rules import dump_rule
from feedback.surveys.languages import LANGUAGES, Text
from feedback.surveys.questionnaire import (
    Grid,
    Limits,
    Option,
    Question,
    Questionnaire,
    Rule,
    Section,
)

# What a definition calls a scale with rows; a questionnaire only knows the rows.
GRID = "grid"


def dump(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the definition as plain data for JSON; parse(dump(q)) == q.

    What is absent or off is left out, so a member added in a later release does not change the
    digest of a questionnaire that does not use it.
    """
    return _without_defaults(
        key=questionnaire.key,
        languages=list(questionnaire.languages),
        title=_text(questionnaire.title),
        intro=_text(questionnaire.intro),
        one_page=questionnaire.one_page,
        sections=[_section(section) for section in questionnaire.sections],
    )


def digest(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 (hex) of the canonical JSON; equal questionnaires have equal digests."""
    canonical = json.dumps(
        dump(questionnaire), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _section(section: Section) -> dict[str, Any]:
    return _without_defaults(
        key=section.key,
        title=_text(section.title),
        intro=_text(section.intro),
        shuffle_group=section.shuffle_group,
        shuffle_items=section.shuffle_items,
        show_if=_rule(section.show_if),
        questions=[_unit(unit) for unit in section.units],
    )


def _unit(unit: tuple[Question, ...]) -> dict[str, Any]:
    grid = unit[0].grid
    return _question(unit[0]) if grid is None else _grid(grid, unit)


def _grid(grid: Grid, rows: tuple[Question, ...]) -> dict[str, Any]:
    return _without_defaults(
        key=grid.key,
        type=GRID,
        scale=rows[0].type,
        required=rows[0].required,
        cannot_judge=rows[0].cannot_judge,
        text=_text(grid.text),
        help=_text(grid.help),
        show_if=_rule(rows[0].show_if),
        rows=[
            _without_defaults(
                key=row.key.removeprefix(f"{grid.key}-"),
                dimension=row.dimension,
                core=row.core,
                text=_text(row.text),
            )
            for row in rows
        ],
    )


def _question(question: Question) -> dict[str, Any]:
    return _without_defaults(
        key=question.key,
        type=question.type,
        dimension=question.dimension,
        core=question.core,
        required=question.required,
        cannot_judge=question.cannot_judge,
        text=_text(question.text),
        help=_text(question.help),
        options=[_option(option) for option in question.options],
        limits=_limits(question.limits),
        show_if=_rule(question.show_if),
    )


def _option(option: Option) -> dict[str, Any]:
    return _without_defaults(
        key=option.key, text=_text(option.text), other=option.other, exclusive=option.exclusive
    )


def _limits(limits: Limits) -> dict[str, Any] | None:
    given = _without_defaults(
        least=limits.least, most=limits.most, decimals=limits.decimals or None
    )
    return given or None


def _rule(rule: Rule | None) -> dict[str, Any] | None:
    return None if rule is None else dump_rule(rule)


def _text(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {each: text[each] for each in LANGUAGES if each in text}


def _without_defaults(**members: object) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, False, [])}
