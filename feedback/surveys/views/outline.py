"""A draft as the builder shows it: each section and question with its marks, and what it lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale

from feedback.surveys import drafting
from feedback.surveys.completeness import missing_texts
from feedback.surveys.definition import Problem, warnings
from feedback.surveys.definition.cautions import MOST_SECONDS
from feedback.surveys.dimensions import MEASURED, get_dimension
from feedback.surveys.drafting import Definition, Spot
from feedback.surveys.forms.rule_words import rule_words
from feedback.surveys.forms.types import Explained, explained
from feedback.surveys.forms.wording import problem_words
from feedback.surveys.languages import text_in
from feedback.surveys.layout import estimated_seconds


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem or warning in words, with the element it is about ("" for the whole)."""

    section: str
    question: str
    name: str
    words: str
    path: str
    in_rule: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A question or grid as its closed card shows it."""

    key: str
    name: str
    kind: Explained
    data: Mapping[str, Any]
    dimension: str
    rule: str
    missing: tuple[str, ...]
    problems: tuple[str, ...]
    seen: str
    can_rise: bool
    can_sink: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section as its head shows it, with its questions."""

    key: str
    name: str
    data: Mapping[str, Any]
    rule: str
    missing: tuple[str, ...]
    problems: tuple[str, ...]
    seen: str
    can_rise: bool
    can_sink: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """Everything the builder says about a draft."""

    parts: tuple[Part, ...]
    problems: tuple[Finding, ...]
    cautions: tuple[Finding, ...]
    missing: Mapping[str, tuple[Finding, ...]]
    seconds: int
    limit: int = MOST_SECONDS

    @property
    def questions(self) -> int:
        """Return how many questions and grids there are."""
        return sum(len(part.items) for part in self.parts)

    @property
    def lacking(self) -> int:
        """Return how many texts have no words, over all languages."""
        return sum(len(found) for found in self.missing.values())


def outline(definition: Definition) -> Outline:
    """Return the draft as the builder shows it, in the reader's language."""
    problems = [each for each in drafting.problems(definition) if each.code != "missing_language"]
    shown = drafting.sketch(definition)
    lacking = missing_texts(definition)
    by_language: dict[str, tuple[Finding, ...]] = {}
    for language in definition.get("languages", ()):
        found = [
            Problem(path, "missing_language", {"language": language})
            for path, lacks in lacking
            if lacks == language
        ]
        by_language[language] = findings(definition, found)
    faults = findings(definition, problems)
    return Outline(
        parts=_parts(definition, faults, by_language),
        problems=faults,
        # Positions are those of the draft only where nothing had to be left out of the sketch.
        cautions=findings(definition, warnings(shown)) if shown and not problems else (),
        missing=by_language,
        seconds=estimated_seconds(shown) if shown else 0,
    )


def findings(definition: Definition, problems: Iterable[Problem]) -> tuple[Finding, ...]:
    """Return problems in words, each with the element it is about."""
    found = []
    for problem in problems:
        spot = drafting.spot(definition, problem.path)
        found.append(
            Finding(
                section=spot.section,
                question=spot.question,
                name=_name(definition, spot),
                words=problem_words(problem),
                path=problem.path,
                in_rule=spot.member.startswith("show_if"),
            )
        )
    return tuple(dict.fromkeys(found))


def _name(definition: Definition, spot: Spot) -> str:
    language = str(get_locale())
    if spot.question:
        return drafting.name_of(drafting.get_question(definition, spot.question), language)
    if spot.section:
        return drafting.name_of(drafting.get_section(definition, spot.section), language)
    return drafting.name_of(definition, language)


def _parts(
    definition: Definition,
    faults: tuple[Finding, ...],
    missing: Mapping[str, tuple[Finding, ...]],
) -> tuple[Part, ...]:
    language = str(get_locale())
    last = len(definition["sections"]) - 1
    return tuple(
        Part(
            key=section["key"],
            name=drafting.name_of(section, language),
            data=section,
            rule=rule_words(section["show_if"], definition) if "show_if" in section else "",
            missing=_missing(missing, section["key"], ""),
            problems=_words(faults, section["key"], ""),
            seen=drafting.seen(definition, "delete_section", section["key"]),
            can_rise=at > 0,
            can_sink=at < last,
            items=tuple(
                _item(
                    definition,
                    section["key"],
                    question,
                    faults,
                    missing,
                    (at > 0 or index > 0, at < last or index < len(section["questions"]) - 1),
                )
                for index, question in enumerate(section["questions"])
            ),
        )
        for at, section in enumerate(definition["sections"])
    )


def _item(
    definition: Definition,
    section: str,
    question: Mapping[str, Any],
    faults: tuple[Finding, ...],
    missing: Mapping[str, tuple[Finding, ...]],
    can: tuple[bool, bool],
) -> Item:
    language, key = str(get_locale()), question["key"]
    rows = question.get("rows", ())
    counted = [question.get("dimension"), *(row.get("dimension") for row in rows)]
    names = [text_in(get_dimension(d).name, language) for d in MEASURED if d in counted]
    return Item(
        key=key,
        name=drafting.name_of(question, language),
        kind=explained(question["type"]),
        data=question,
        dimension=", ".join(names),
        rule=rule_words(question["show_if"], definition) if "show_if" in question else "",
        missing=_missing(missing, section, key),
        problems=_words(faults, section, key),
        seen=drafting.seen(definition, "delete_question", key),
        can_rise=can[0],
        can_sink=can[1],
    )


def _missing(
    missing: Mapping[str, tuple[Finding, ...]], section: str, question: str
) -> tuple[str, ...]:
    return tuple(
        language
        for language, found in missing.items()
        if any(each.section == section and each.question == question for each in found)
    )


def _words(faults: Iterable[Finding], section: str, question: str) -> tuple[str, ...]:
    return tuple(
        each.words for each in faults if each.section == section and each.question == question
    )
