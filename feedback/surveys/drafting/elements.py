"""Finds the elements of a draft by their keys, and names the state of each by its digest."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from feedback.surveys.languages import text_in

Definition = Mapping[str, Any]
_STEP = re.compile(r"^\$(?:\.sections\[(\d+)\](?:\.questions\[(\d+)\])?)?\.?(.*)$")
MOST_NAME = 80


class NotThere(LookupError):
    """The draft has no element of that key (any more)."""


@dataclass(frozen=True)
class Spot:
    """Where a path of a definition leads: keys of section and question ("" for none), the rest."""

    section: str = ""
    question: str = ""
    member: str = ""


def digest_of(element: object) -> str:
    """Return a short name of the state of an element: equal data, equal digest."""
    canonical = json.dumps(element, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def settings_of(definition: Definition) -> dict[str, Any]:
    """Return what belongs to the questionnaire as a whole."""
    return {name: value for name, value in definition.items() if name not in ("key", "sections")}


def get_section(definition: Definition, key: str) -> dict[str, Any]:
    """Return a section; NotThere."""
    return definition["sections"][section_index(definition, key)]


def get_question(definition: Definition, key: str) -> dict[str, Any]:
    """Return a question or a grid; NotThere."""
    at, index = question_index(definition, key)
    return definition["sections"][at]["questions"][index]


def section_index(definition: Definition, key: str) -> int:
    """Return where a section stands; NotThere."""
    for index, section in enumerate(definition["sections"]):
        if section["key"] == key:
            return index
    raise NotThere(key)


def question_index(definition: Definition, key: str) -> tuple[int, int]:
    """Return (index of the section, index in it) of a question or a grid; NotThere."""
    for at, section in enumerate(definition["sections"]):
        for index, question in enumerate(section["questions"]):
            if question["key"] == key:
                return at, index
    raise NotThere(key)


def content_of(element: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a section or question says of itself: without its questions and its rule."""
    return {k: value for k, value in element.items() if k not in ("questions", "show_if")}


def name_of(element: Mapping[str, Any], language: str = "en") -> str:
    """Return what people call an element: its words, shortened; its key where it has none."""
    words = text_in(element.get("text") or element.get("title") or {}, language).strip()
    words = " ".join(words.split()) or str(element.get("key", ""))
    return words if len(words) <= MOST_NAME else words[: MOST_NAME - 1].rstrip() + "…"


def spot(definition: Definition, path: str) -> Spot:
    """Return where a problem's path leads; an empty spot for what is no place of a draft."""
    found = _STEP.match(path)
    if not found:
        return Spot()
    section, question, member = found.groups()
    try:
        there = definition["sections"][int(section)] if section else {}
        asked = there["questions"][int(question)] if question else {}
        return Spot(there.get("key", ""), asked.get("key", ""), member)
    except (IndexError, KeyError, TypeError):
        return Spot()


def questions_of(definition: Definition) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Give (section, question or grid) in order."""
    for section in definition["sections"]:
        for question in section["questions"]:
            yield section, question
