"""What can be done to a draft; each operation leaves its argument alone and returns a new one."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from feedback.surveys.completeness import declared_languages
from feedback.surveys.drafting.elements import (
    Definition,
    get_question,
    question_index,
    section_index,
)
from feedback.surveys.drafting.keys import (
    LONGEST_ROW,
    NOTHING_TAKEN,
    Taken,
    new_option_key,
    new_question_key,
    readable,
    unique,
)
from feedback.surveys.languages import LANGUAGES

Draft = dict[str, Any]


def blank(key: str, title: Mapping[str, str], languages: Sequence[str] = LANGUAGES) -> Draft:
    """Return a draft without a single section."""
    return {"key": key, "languages": list(languages), "title": dict(title), "sections": []}


def change_settings(definition: Definition, values: Mapping[str, Any]) -> Draft:
    """Replace what belongs to the whole: title, intro, languages, one_page; None leaves out."""
    kept = {"key": definition["key"], "sections": deepcopy(definition["sections"])}
    return _clean({**values, **kept})


def add_section(
    definition: Definition, values: Mapping[str, Any], taken: Taken = NOTHING_TAKEN
) -> tuple[Draft, str]:
    """Add a section without questions at the end; return the draft and the section's key."""
    changed = deepcopy(dict(definition))
    key = _section_key(changed, readable(values.get("title"), "section"), taken)
    changed["sections"].append({**_clean(values), "key": key, "questions": []})
    return changed, key


def change_section(definition: Definition, key: str, values: Mapping[str, Any]) -> Draft:
    """Replace what a section says of itself; its questions and its rule stay."""
    changed = deepcopy(dict(definition))
    at = section_index(changed, key)
    section = changed["sections"][at]
    kept = {name: section[name] for name in ("show_if", "questions") if name in section}
    changed["sections"][at] = {**_clean(values), "key": key, **kept}
    return changed


def duplicate_section(
    definition: Definition, key: str, taken: Taken = NOTHING_TAKEN
) -> tuple[Draft, str]:
    """Put a copy behind a section; rules inside it that read its own questions read the copies."""
    changed = deepcopy(dict(definition))
    at = section_index(changed, key)
    copy = deepcopy(changed["sections"][at])
    copy["key"] = _section_key(changed, key, taken)
    changed["sections"].insert(at + 1, {**copy, "questions": []})
    renamed: dict[str, str] = {}
    for question in copy["questions"]:
        new = new_question_key(question["key"], changed, taken, is_grid="rows" in question)
        renamed[question["key"]] = new
        for row in question.get("rows", ()):
            renamed[f"{question['key']}-{row['key']}"] = f"{new}-{row['key']}"
        changed["sections"][at + 1]["questions"].append({**question, "key": new})
    for question in changed["sections"][at + 1]["questions"]:
        if "show_if" in question:
            question["show_if"] = _renamed(question["show_if"], renamed)
    return changed, copy["key"]


def move_section(definition: Definition, key: str, step: int) -> Draft:
    """Let a section change places with its neighbour; at the end nothing moves."""
    changed = deepcopy(dict(definition))
    at = section_index(changed, key)
    _swap(changed["sections"], at, at + step)
    return changed


def delete_section(definition: Definition, key: str) -> Draft:
    """Take a section out with all its questions; rules that read them stay and are found."""
    changed = deepcopy(dict(definition))
    del changed["sections"][section_index(changed, key)]
    return changed


def add_question(
    definition: Definition,
    section: str,
    values: Mapping[str, Any],
    taken: Taken = NOTHING_TAKEN,
    after: str = "",
) -> tuple[Draft, str]:
    """Add a question to a section, behind the one called `after` or else at its end.

    Returns the draft and the question's key.
    """
    changed = deepcopy(dict(definition))
    questions = changed["sections"][section_index(changed, section)]["questions"]
    place = next((i for i, each in enumerate(questions, 1) if each["key"] == after), None)
    is_grid = "rows" in values
    wanted = readable(values.get("text"), values["type"])
    key = new_question_key(wanted, changed, taken, is_grid=is_grid)
    questions.insert(len(questions) if place is None else place, _keyed(values, key, {}, taken))
    return changed, key


def change_question(
    definition: Definition, key: str, values: Mapping[str, Any], taken: Taken = NOTHING_TAKEN
) -> Draft:
    """Replace what a question says of itself; key, type and rule stay.

    An option or row keeps the key it has; one that comes without gets a new one.
    """
    changed = deepcopy(dict(definition))
    at, index = question_index(changed, key)
    before = changed["sections"][at]["questions"][index]
    after = _keyed({**values, "type": before["type"]}, key, before, taken)
    if "show_if" in before:
        after["show_if"] = before["show_if"]
    changed["sections"][at]["questions"][index] = after
    return changed


def duplicate_question(
    definition: Definition, key: str, taken: Taken = NOTHING_TAKEN
) -> tuple[Draft, str]:
    """Put a copy behind a question or grid; return the draft and the copy's key."""
    changed = deepcopy(dict(definition))
    at, index = question_index(changed, key)
    copy = deepcopy(changed["sections"][at]["questions"][index])
    copy["key"] = new_question_key(key, changed, taken, is_grid="rows" in copy)
    changed["sections"][at]["questions"].insert(index + 1, copy)
    return changed, copy["key"]


def move_question(definition: Definition, key: str, step: int) -> Draft:
    """Move a question one place up (-1) or down (1), over the border of its section if need be."""
    changed = deepcopy(dict(definition))
    at, index = question_index(changed, key)
    sections = changed["sections"]
    questions = sections[at]["questions"]
    if 0 <= index + step < len(questions):
        _swap(questions, index, index + step)
    elif 0 <= at + step < len(sections):
        there = sections[at + step]["questions"]
        there.insert(len(there) if step < 0 else 0, questions.pop(index))
    return changed


def delete_question(definition: Definition, key: str) -> Draft:
    """Take a question or grid out; rules that read it stay and are found."""
    changed = deepcopy(dict(definition))
    at, index = question_index(changed, key)
    del changed["sections"][at]["questions"][index]
    return changed


def set_question_rule(definition: Definition, key: str, rule: Mapping[str, Any] | None) -> Draft:
    """Say when a question is asked; None: always."""
    changed = deepcopy(dict(definition))
    _set_rule(get_question(changed, key), rule)
    return changed


def set_section_rule(definition: Definition, key: str, rule: Mapping[str, Any] | None) -> Draft:
    """Say when a section is asked; None: always."""
    changed = deepcopy(dict(definition))
    _set_rule(changed["sections"][section_index(changed, key)], rule)
    return changed


def replace(definition: Definition, other: Definition) -> Draft:
    """Return the other definition under this one's key, its languages written out."""
    languages = list(declared_languages(other))
    return {**deepcopy(dict(other)), "key": definition["key"], "languages": languages}


def _set_rule(element: Draft, rule: Mapping[str, Any] | None) -> None:
    if rule is None:
        element.pop("show_if", None)
    else:
        element["show_if"] = deepcopy(dict(rule))


def _keyed(values: Mapping[str, Any], key: str, before: Definition, taken: Taken) -> Draft:
    """Return a question with its key, its options and rows with theirs."""
    question = {**_clean(values), "key": key}
    question.pop("show_if", None)
    if "options" in question:
        used = set(taken.options.get(key, ()))
        question["options"] = _members(
            question["options"], before.get("options", ()), used, "option", new_option_key
        )
    if "rows" in question:
        used = {each.removeprefix(f"{key}-") for each in taken.questions}
        question["rows"] = _members(question["rows"], before.get("rows", ()), used, "row", _row_key)
    return question


def _members(
    items: Sequence[Mapping[str, Any]],
    before: Sequence[Mapping[str, Any]],
    taken: set[str],
    kind: str,
    make: Callable[[str, set[str]], str],
) -> list[Draft]:
    free = {each["key"] for each in before}
    keys = []
    for item in items:
        key = item.get("key") or ""
        keys.append(key if key in free else "")
        free.discard(key)
    used = {*keys, *taken, *(each["key"] for each in before)} - {""}
    found = []
    for number, (item, kept) in enumerate(zip(items, keys, strict=True), start=1):
        key = kept or make(readable(item.get("text"), f"{kind}_{number}"), used)
        used.add(key)
        found.append({"text": {}, **_clean(item), "key": key})
    return found


def _row_key(wanted: str, used: set[str]) -> str:
    return unique(wanted, used, LONGEST_ROW)


def _section_key(definition: Definition, wanted: str, taken: Taken) -> str:
    return unique(wanted, {each["key"] for each in definition["sections"]} | taken.sections)


def _swap(items: list[Any], one: int, other: int) -> None:
    if 0 <= other < len(items):
        items[one], items[other] = items[other], items[one]


def _renamed(rule: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(rule, list):
        return [_renamed(each, renamed) for each in rule]
    if not isinstance(rule, Mapping):
        return rule
    return {
        name: renamed.get(value, value) if name == "question" else _renamed(value, renamed)
        for name, value in rule.items()
    }


def _clean(values: Mapping[str, Any]) -> Draft:
    """Return the members that say something; what is off, blank or absent is left out."""
    return deepcopy({name: value for name, value in values.items() if value not in (None, False)})
