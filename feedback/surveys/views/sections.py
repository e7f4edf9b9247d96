"""The builder's forms of the questionnaire as a whole and of its sections."""

from typing import Any

from flask import request

from feedback.auth.access import requires
from feedback.auth.roles import EDIT_SURVEYS
from feedback.surveys import drafting
from feedback.surveys.drafting import Edit
from feedback.surveys.forms.sections import SectionForm, SettingsForm, groups_of
from feedback.surveys.models import SurveyDraft
from feedback.surveys.views.blueprint import Answer, bp, get_draft
from feedback.surveys.views.pages import Opened, builder, deleted, save


@bp.route("/s/<int:survey_id>/draft/settings", methods=["GET", "POST"])
@requires(EDIT_SURVEYS)
def edit_settings(survey_id: int) -> Answer:
    """Change title, introduction, languages and pages."""
    draft = get_draft(survey_id)
    seen = drafting.seen(draft.definition, "change_settings")
    form = SettingsForm(data={**draft.definition, "seen": seen})
    opened = Opened("settings", drafting.WHOLE, form)
    if form.validate_on_submit():
        edit = Edit("change_settings", values=form.values(), seen=form.seen.data or "-")
        return save(survey_id, edit, opened)
    return page(draft, opened)


@bp.route("/s/<int:survey_id>/draft/sections", methods=["GET", "POST"])
@requires(EDIT_SURVEYS)
def add_section(survey_id: int) -> Answer:
    """Add a section at the end."""
    draft = get_draft(survey_id)
    form = _section_form(draft, {})
    opened = Opened("new_section", "", form)
    languages = list(draft.definition["languages"])
    if form.checked(languages):
        return save(survey_id, Edit("add_section", values=form.values(languages)), opened)
    return page(draft, opened)


@bp.route("/s/<int:survey_id>/draft/sections/<key>", methods=["GET", "POST"])
@requires(EDIT_SURVEYS)
def edit_section(survey_id: int, key: str) -> Answer:
    """Change what a section says of itself."""
    draft = get_draft(survey_id)
    try:
        section = drafting.get_section(draft.definition, key)
    except drafting.NotThere:
        if request.method == "GET":
            raise
        return deleted(draft, key, Opened("new_section", "", _section_form(draft, {})))
    form = _section_form(draft, section, drafting.seen(draft.definition, "change_section", key))
    opened = Opened("section", key, form)
    languages = list(draft.definition["languages"])
    if form.checked(languages):
        edit = Edit("change_section", key, form.values(languages), form.seen.data or "-")
        return save(survey_id, edit, opened)
    return page(draft, opened)


def page(draft: SurveyDraft, opened: Opened) -> Answer:
    """Return the builder with a form: fresh, or with what was typed and what is wrong (422)."""
    shown = builder(draft, opened)
    return (shown, 422) if request.method == "POST" else shown


def _section_form(draft: SurveyDraft, section: Any, seen: str = "") -> SectionForm:
    form = SectionForm(data={**section, "seen": seen})
    form.offer(groups_of(draft.definition))
    return form
