"""The builder's form of a rule: when a section or a question is shown."""

from collections.abc import Mapping
from typing import Any

from flask import request

from feedback.auth.access import requires
from feedback.auth.roles import EDIT_SURVEYS
from feedback.surveys import drafting
from feedback.surveys.drafting import Edit
from feedback.surveys.forms.rule_words import rule_words
from feedback.surveys.forms.rules import ALWAYS, RuleForm, form_values
from feedback.surveys.forms.words import error_list
from feedback.surveys.models import SurveyDraft
from feedback.surveys.views.blueprint import Answer, bp, get_draft
from feedback.surveys.views.pages import Opened, builder, save
from feedback.surveys.views.sections import page


@bp.route(
    "/s/<int:survey_id>/draft/<any(sections,questions):kind>/<key>/rule", methods=["GET", "POST"]
)
@requires(EDIT_SURVEYS)
def edit_rule(survey_id: int, kind: str, key: str) -> Answer:
    """Say when a section or a question is shown."""
    draft = get_draft(survey_id)
    act = "section_rule" if kind == "sections" else "question_rule"
    form, nested = _form(draft, act, key)
    opened = Opened("rule", key, form, more={"kind": kind, "nested": nested})
    if not form.is_submitted():
        return builder(draft, opened)
    if _rearrange(form) or not form.is_drawn():
        form, nested = _form(draft, act, key, form.data)
        return builder(draft, Opened("rule", key, form, more={"kind": kind, "nested": nested}))
    is_valid, rule = form.validate_on_submit(), form.rule()
    if not is_valid or error_list(form) or (nested and form.mode.data != ALWAYS):
        return page(draft, opened)
    return save(survey_id, Edit(act, key, {"show_if": rule}, form.seen.data or "-"), opened)


def _form(
    draft: SurveyDraft, act: str, key: str, data: Mapping[str, Any] | None = None
) -> tuple[RuleForm, str]:
    """Return the form, and in words a nested rule that it cannot show."""
    definition = draft.definition
    rule = drafting.aspect(definition, act, key)
    shown = form_values(rule)
    seen = drafting.seen(definition, act, key)
    if data is None:
        form = RuleForm(data={"seen": seen, **(shown or {"mode": "all", "conditions": []})})
    else:
        form = RuleForm(formdata=None, data=data)
    form.offer(drafting.asked_before(definition, key, is_section=act == "section_rule"))
    return form, "" if shown is not None else rule_words(rule, definition)


def _rearrange(form: RuleForm) -> bool:
    """Add or take out a condition if that was asked for; return whether it was."""
    act, _, number = request.form.get("do", "").partition("-")
    if act == "add":
        form.conditions.append_entry({})
        if form.mode.data == ALWAYS:
            form.mode.data = "all"
        return True
    if act == "remove" and number.isdigit():
        del form.conditions.entries[int(number) : int(number) + 1]
        return True
    return act == "update"
