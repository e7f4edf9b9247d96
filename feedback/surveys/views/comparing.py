"""Two states of one element side by side: only what differs, named as the form names it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from feedback.surveys.drafting import Definition, Edit
from feedback.surveys.forms.rule_words import rule_words
from feedback.surveys.languages import LANGUAGES
from feedback.web.languages import LANGUAGES as NAMES


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two people wrote differently."""

    label: str
    theirs: str
    mine: str


def differences(theirs: Any, edit: Edit, definition: Definition) -> tuple[Difference, ...]:
    """Return where what is stored and what was typed differ, in words."""
    if edit.act.endswith("_rule"):
        rules = (theirs, edit.values.get("show_if"))
        words = [rule_words(each, definition) if each else _("always") for each in rules]
        return (Difference(label_of("show_if"), *words),)
    one, other = dict(_lines(theirs)), dict(_lines(edit.values))
    names = [*one, *(name for name in other if name not in one)]
    return tuple(
        Difference(label_of(name), one.get(name, ""), other.get(name, ""))
        for name in names
        if one.get(name, "") != other.get(name, "")
    )


def label_of(name: str) -> str:
    """Return what people call a member of a definition, "text.id" and "options" included."""
    member, _sep, language = name.partition(".")
    words = {
        "text": _("Question"),
        "help": _("Help"),
        "title": _("Title"),
        "intro": _("Introduction"),
        "options": _("Answers"),
        "rows": _("Rows"),
        "scale": _("Scale"),
        "dimension": _("Dimension"),
        "core": _("Needed for a complete response"),
        "required": _("Has to be answered"),
        "cannot_judge": _("“Cannot judge”"),
        "limits": _("Limits"),
        "languages": _("Languages"),
        "one_page": _("All questions on one page"),
        "shuffle_group": _("Place of the section"),
        "shuffle_items": _("Order of the questions"),
        "show_if": _("When it is shown"),
        "type": _("Type"),
        "other": _("asks for own words"),
        "exclusive": _("excludes the others"),
        "key": _("Key"),
    }
    label = words.get(member, member)
    return f"{label}, {NAMES[language]}" if language in NAMES else label


def value_words(value: Any) -> str:
    """Return a member's value in words, "" for none."""
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, Mapping):
        texts = [str(value[each]) for each in LANGUAGES if each in value]
        return " / ".join(texts) or ", ".join(f"{k}: {v}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return "\n".join(_part(each) for each in value)
    return str(value)


def _part(part: Any) -> str:
    if not isinstance(part, Mapping):
        return NAMES.get(str(part), str(part))
    marks = [label_of(each) for each in ("other", "exclusive", "core") if part.get(each)]
    dimension = [str(part["dimension"])] if part.get("dimension") else []
    behind = f" ({', '.join([*marks, *dimension])})" if marks or dimension else ""
    return value_words(part.get("text") or {}) + behind


def _lines(element: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        if name in ("key", "type", "questions", "sections", "show_if"):
            continue
        if name in ("text", "help", "title", "intro") and isinstance(value, Mapping):
            yield from ((f"{name}.{each}", str(value[each])) for each in LANGUAGES if each in value)
        else:
            yield name, value_words(value)
