"""What changed between two definitions, in words a person can check before publishing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _

from feedback.surveys import drafting
from feedback.surveys.changes import Change, changes
from feedback.surveys.forms.rule_words import rule_words
from feedback.surveys.views.comparing import label_of, value_words


@dataclass(frozen=True, slots=True)
class News:
    """One difference: where, what happened, and both states where they can be shown."""

    where: str
    words: str
    old: str = ""
    new: str = ""


def news(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[News, ...]:
    """Return everything that is different in `new`, in reading order."""
    return tuple(_said(change, old, new) for change in changes(old, new))


def _said(change: Change, old: Mapping[str, Any], new: Mapping[str, Any]) -> News:
    thing, _sep, happened = change.code.rpartition("_")
    gone = happened == "removed"
    where = _where(change, old if gone else new)
    if happened in ("added", "removed", "moved"):
        data = change.old if gone else change.new
        return _of_thing(thing, happened, where, data if isinstance(data, Mapping) else {})
    if change.code == "rule_changed":
        rules = ((change.old, old), (change.new, new))
        words = [rule_words(rule, within) if rule else _("always") for rule, within in rules]
        return News(where, label_of("show_if"), *words)
    member = change.path.rpartition(".")[2]
    if change.code == "text_changed":
        member = ".".join(change.path.split(".")[-2:])
    return News(where, label_of(member), value_words(change.old), value_words(change.new))


def _of_thing(thing: str, happened: str, where: str, data: Mapping[str, Any]) -> News:
    words = {
        "section_added": _("New section"),
        "section_removed": _("Section taken out"),
        "section_moved": _("Section moved"),
        "question_added": _("New question"),
        "question_removed": _("Question taken out"),
        "question_moved": _("Question moved"),
        "option_added": _("New answer"),
        "option_removed": _("Answer taken out"),
        "option_moved": _("Answer moved"),
        "row_added": _("New row"),
        "row_removed": _("Row taken out"),
        "row_moved": _("Row moved"),
    }
    name = drafting.name_of(data, str(get_locale())) if happened != "moved" else ""
    if thing in ("section", "question"):
        return News(where, words[f"{thing}_{happened}"])
    sides = {"old": name} if happened == "removed" else {"new": name}
    return News(where, words[f"{thing}_{happened}"], **sides)


def _where(change: Change, definition: Mapping[str, Any]) -> str:
    """Return the question or section that a change is in."""
    language = str(get_locale())
    spot = drafting.spot(definition, change.path)
    if spot.question:
        return drafting.name_of(drafting.get_question(definition, spot.question), language)
    if spot.section:
        return drafting.name_of(drafting.get_section(definition, spot.section), language)
    return _("The questionnaire as a whole")
