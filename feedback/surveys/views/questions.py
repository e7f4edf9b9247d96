"""The builder's form of a question: choose a type, write it, arrange its answers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import abort, request

from feedback.auth.access import requires
from feedback.auth.roles import EDIT_SURVEYS
from feedback.surveys import drafting
from feedback.surveys.drafting import Edit
from feedback.surveys.forms.questions import QuestionForm, form_values, new_values, rearranged
from feedback.surveys.forms.types import KNOWN, Explained, explained
from feedback.surveys.models import SurveyDraft
from feedback.surveys.views.blueprint import Answer, bp, get_draft
from feedback.surveys.views.pages import Opened, builder, deleted, save
from feedback.surveys.views.sections import page


@bp.get("/s/<int:survey_id>/draft/sections/<key>/add")
@requires(EDIT_SURVEYS)
def choose_type(survey_id: int, key: str) -> Answer:
    """Choose the type of a new question of a section."""
    draft = get_draft(survey_id)
    drafting.get_section(draft.definition, key)
    return builder(draft, Opened("choose", key, after=request.args.get("after", "")))


@bp.route("/s/<int:survey_id>/draft/sections/<key>/add/<type_name>", methods=["GET", "POST"])
@requires(EDIT_SURVEYS)
def add_question(survey_id: int, key: str, type_name: str) -> Answer:
    """Write a new question of a type."""
    draft, kind = get_draft(survey_id), _kind(type_name)
    drafting.get_section(draft.definition, key)
    form, is_settled = _form(new_values(kind))
    after = request.args.get("after", "")
    opened = Opened("new_question", key, form, after, more={"kind": kind})
    languages = list(draft.definition["languages"])
    if is_settled and form.checked(kind, languages):
        edit = Edit("add_question", key, form.values(kind, languages), after=after)
        return save(survey_id, edit, opened)
    return _page(draft, opened, is_settled)


@bp.route("/s/<int:survey_id>/draft/questions/<key>", methods=["GET", "POST"])
@requires(EDIT_SURVEYS)
def edit_question(survey_id: int, key: str) -> Answer:
    """Change what a question says of itself."""
    draft = get_draft(survey_id)
    try:
        kind, form, is_settled = _open(draft.definition, key)
    except drafting.NotThere:
        return _deleted(draft, key)
    opened = Opened("question", key, form, more={"kind": kind})
    languages = list(draft.definition["languages"])
    if is_settled and form.checked(kind, languages):
        edit = Edit("change_question", key, form.values(kind, languages), form.seen.data or "-")
        return save(survey_id, edit, opened)
    return _page(draft, opened, is_settled)


def _kind(name: str) -> Explained:
    return explained(name) if name in KNOWN else abort(404)


def _open(definition: drafting.Definition, key: str) -> tuple[Explained, QuestionForm, bool]:
    """Return type and form of a question, and whether it may be saved; NotThere."""
    question = drafting.get_question(definition, key)
    at, _index = drafting.question_index(definition, key)
    known = {
        "seen": drafting.seen(definition, "change_question", key),
        "kind_name": question["type"],
        "section": definition["sections"][at]["key"],
    }
    form, is_settled = _form({**form_values(question), **known})
    return explained(question["type"]), form, is_settled


def _deleted(draft: SurveyDraft, key: str) -> Answer:
    """Return the form as it was typed, as one of a new question; NotThere if nothing was typed."""
    sections = [section["key"] for section in draft.definition["sections"]]
    form, _is_settled = _form({})
    if not form.is_submitted() or not sections:
        raise drafting.NotThere(key)
    section = form.section.data if form.section.data in sections else sections[-1]
    kind = _kind(form.kind_name.data or "")
    return deleted(draft, key, Opened("new_question", section, form, more={"kind": kind}))


def _form(data: Mapping[str, Any]) -> tuple[QuestionForm, bool]:
    """Return the form, and whether it may be saved: not while its answers are being arranged."""
    form = QuestionForm(data=data)
    again = rearranged(form.data, request.form.get("do", "")) if form.is_submitted() else None
    if again is not None:
        form = QuestionForm(formdata=None, data=again)
    form.offer()
    return form, again is None


def _page(draft: SurveyDraft, opened: Opened, is_settled: bool) -> Answer:
    if is_settled:
        return page(draft, opened)
    return builder(draft, replace(opened, more={**opened.more, "arranged": True}))
