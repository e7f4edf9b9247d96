"""An edit as data: what somebody wants to do to which element, as they saw it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from feedback.surveys.drafting import operations as do
from feedback.surveys.drafting.elements import (
    Definition,
    NotThere,
    content_of,
    digest_of,
    get_question,
    get_section,
    name_of,
    settings_of,
)
from feedback.surveys.drafting.keys import NOTHING_TAKEN, Taken

WHOLE = ""


class Outdated(ValueError):
    """Somebody has changed the element since it was shown; nothing has been done."""


@dataclass(frozen=True)
class Edit:
    """One act on the element of `key` (of the section a question is added to, behind `after`).

    `seen` is the digest of aspect() as it was shown; "" does not ask whether it still is so.
    """

    act: str
    key: str = WHOLE
    values: Mapping[str, Any] = field(default_factory=dict)
    seen: str = ""
    after: str = ""


@dataclass(frozen=True)
class Done:
    """The new definition, the key of the element acted on and what people call it."""

    definition: Mapping[str, Any]
    key: str
    name: str


_Run = Callable[[Definition, Edit, Taken], tuple[dict[str, Any], str]]


def _settings(definition: Definition, edit: Edit, _taken: Taken) -> tuple[dict[str, Any], str]:
    return do.change_settings(definition, edit.values), WHOLE


def _replace(definition: Definition, edit: Edit, _taken: Taken) -> tuple[dict[str, Any], str]:
    return do.replace(definition, edit.values), WHOLE


def _kept(run: Callable[[Definition, Edit], dict[str, Any]]) -> _Run:
    return lambda definition, edit, _taken: (run(definition, edit), edit.key)


_RUNS: Mapping[str, _Run] = {
    "change_settings": _settings,
    "import": _replace,
    "add_section": lambda d, e, t: do.add_section(d, e.values, t),
    "change_section": _kept(lambda d, e: do.change_section(d, e.key, e.values)),
    "duplicate_section": lambda d, e, t: do.duplicate_section(d, e.key, t),
    "section_up": _kept(lambda d, e: do.move_section(d, e.key, -1)),
    "section_down": _kept(lambda d, e: do.move_section(d, e.key, 1)),
    "delete_section": _kept(lambda d, e: do.delete_section(d, e.key)),
    "section_rule": _kept(lambda d, e: do.set_section_rule(d, e.key, e.values.get("show_if"))),
    "add_question": lambda d, e, t: do.add_question(d, e.key, e.values, t, e.after),
    "change_question": lambda d, e, t: (do.change_question(d, e.key, e.values, t), e.key),
    "duplicate_question": lambda d, e, t: do.duplicate_question(d, e.key, t),
    "question_up": _kept(lambda d, e: do.move_question(d, e.key, -1)),
    "question_down": _kept(lambda d, e: do.move_question(d, e.key, 1)),
    "delete_question": _kept(lambda d, e: do.delete_question(d, e.key)),
    "question_rule": _kept(lambda d, e: do.set_question_rule(d, e.key, e.values.get("show_if"))),
}
ACTS: tuple[str, ...] = tuple(_RUNS)

_ASPECTS: Mapping[str, Callable[[Definition, str], Any]] = {
    "change_settings": lambda d, _key: settings_of(d),
    "import": lambda d, _key: d,
    "change_section": lambda d, key: content_of(get_section(d, key)),
    "delete_section": get_section,
    "section_rule": lambda d, key: get_section(d, key).get("show_if"),
    "change_question": lambda d, key: content_of(get_question(d, key)),
    "delete_question": get_question,
    "question_rule": lambda d, key: get_question(d, key).get("show_if"),
}


def aspect(definition: Definition, act: str, key: str = WHOLE) -> Any:
    """Return what the act overwrites, None if it overwrites nothing; NotThere."""
    find = _ASPECTS.get(act)
    return find(definition, key) if find else None


def seen(definition: Definition, act: str, key: str = WHOLE) -> str:
    """Return the digest a form for this act carries; "" for an act that overwrites nothing."""
    return digest_of(aspect(definition, act, key)) if act in _ASPECTS else ""


def perform(definition: Definition, edit: Edit, taken: Taken = NOTHING_TAKEN) -> Done:
    """Return the definition after the edit, which leaves its arguments alone.

    Raises NotThere if the element is gone, Outdated if it is not as it was shown.
    """
    if edit.seen and edit.seen != seen(definition, edit.act, edit.key):
        raise Outdated(edit.key)
    changed, key = _RUNS[edit.act](definition, edit, taken)
    # What was deleted is called as it was before.
    return Done(changed, key, _name(changed, key) or _name(definition, key))


def _name(definition: Definition, key: str) -> str:
    if key == WHOLE:
        return name_of(definition)
    for find in (get_question, get_section):
        try:
            return name_of(find(definition, key))
        except NotThere:
            continue
    return ""
