"""Puts the builder's page together: the draft, what is open in it, and who came between."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import render_template, request
from flask_babel import get_locale
from flask_security import current_user

from feedback.extensions import htmx
from feedback.surveys import drafting, queries, service
from feedback.surveys.drafting import Edit, Outdated
from feedback.surveys.forms.types import grouped
from feedback.surveys.forms.wording import edit_words
from feedback.surveys.forms.words import error_list
from feedback.surveys.models import SurveyDraft
from feedback.surveys.views.blueprint import Answer, get_draft, preview_language, to_builder
from feedback.surveys.views.comparing import Difference, differences
from feedback.surveys.views.outline import outline


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody else has changed or deleted what is open: who, when, where both texts differ."""

    name: str
    at: datetime
    rows: tuple[Difference, ...] = ()
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What is open in the structure: which form, at which element.

    `kind` names the template builder/_<kind>.html; `key` the element, or for something new the
    section it comes into, behind `after`.
    """

    kind: str
    key: str
    form: Any = None
    after: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)
    clash: Clash | None = None


def builder(draft: SurveyDraft, opened: Opened | None = None) -> str:
    """Return the builder's page with what is open in it."""
    definition = draft.definition
    languages = definition.get("languages") or ["en"]
    last = queries.find_last_edit(draft.survey_id)
    return render_template(
        "surveys/builder.html",
        draft=draft,
        definition=definition,
        title=drafting.name_of(definition, str(get_locale())),
        languages=languages,
        shown_language=preview_language(languages),
        outline=outline(definition),
        opened=opened,
        errors=error_list(opened.form) if opened and opened.form is not None else [],
        groups=grouped() if opened and opened.kind == "choose" else [],
        editor=queries.get_name(draft.edited_by),
        last=edit_words(last.what) if last else "",
        at=opened.key if opened else request.args.get("at", ""),
        swapped=bool(htmx),
    )


def save(survey_id: int, edit: Edit, opened: Opened) -> Answer:
    """Do an edit and go back to the builder; where it was overtaken, show both texts (409)."""
    try:
        done = service.change(current_user, survey_id, edit)
    except Outdated:
        return overtaken(survey_id, edit, opened), 409
    return to_builder(survey_id, done.key)


def overtaken(survey_id: int, edit: Edit, opened: Opened) -> str:
    """Return the builder with the form as it was typed, and what somebody else wrote meanwhile.

    The form now carries the digest of what is there: saving it once more puts it on top.
    """
    draft = get_draft(survey_id)
    theirs = drafting.aspect(draft.definition, edit.act, edit.key)
    by = _who(draft, edit.key)
    clash = Clash(by.name, by.at, differences(theirs, edit, draft.definition))
    opened.form.seen.data = drafting.seen(draft.definition, edit.act, edit.key)
    return builder(draft, replace(opened, clash=clash))


def deleted(draft: SurveyDraft, key: str, opened: Opened) -> Answer:
    """Return the builder with the form of something deleted meanwhile, to be added anew (409)."""
    by = _who(draft, key)
    return builder(draft, replace(opened, clash=Clash(by.name, by.at, is_gone=True))), 409


def _who(draft: SurveyDraft, key: str) -> queries.Deed:
    """Return who touched the element last; after an undo, who changed the draft last."""
    last = queries.find_last_edit(draft.survey_id)
    by = queries.find_edit_of(draft.survey_id, key)
    if by is not None and last is not None and draft.edited_at <= last.at:
        return by
    return queries.Deed({}, queries.get_name(draft.edited_by), draft.edited_at)
