"""The builder: look at a draft, move, duplicate, delete, take back."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from feedback.auth.access import requires
from feedback.auth.roles import EDIT_SURVEYS
from feedback.surveys import drafting, service
from feedback.surveys.drafting import Edit, Outdated
from feedback.surveys.forms.wording import edit_words
from feedback.surveys.views.blueprint import Answer, bp, get_draft, to_builder
from feedback.surveys.views.pages import builder

_ACTS = {
    ("sections", "up"): "section_up",
    ("sections", "down"): "section_down",
    ("sections", "duplicate"): "duplicate_section",
    ("sections", "delete"): "delete_section",
    ("questions", "up"): "question_up",
    ("questions", "down"): "question_down",
    ("questions", "duplicate"): "duplicate_question",
    ("questions", "delete"): "delete_question",
}


@bp.get("/s/<int:survey_id>/draft")
@requires(EDIT_SURVEYS)
def build(survey_id: int) -> Answer:
    """Show the draft: its structure, beside it how it looks and what it lacks."""
    return builder(get_draft(survey_id))


@bp.post("/s/<int:survey_id>/draft")
@requires(EDIT_SURVEYS)
def start_draft(survey_id: int) -> Response:
    """Start the next version of a published questionnaire, or go on with it."""
    service.start_next(current_user, survey_id)
    return redirect(url_for(".build", survey_id=survey_id), 303)


@bp.post(
    "/s/<int:survey_id>/draft/<any(sections,questions):kind>/<key>"
    "/<any(up,down,duplicate,delete):act>"
)
@requires(EDIT_SURVEYS)
def rearrange(survey_id: int, kind: str, key: str, act: str) -> Answer:
    """Move, duplicate or delete a section or a question."""
    seen = request.form.get("seen") or "-" if act == "delete" else ""
    edit = Edit(_ACTS[kind, act], key, seen=seen)
    try:
        done = service.change(current_user, survey_id, edit)
    except Outdated:
        name = drafting.name_of(_element(get_draft(survey_id).definition, kind, key))
        said = _("“%(name)s” was changed meanwhile, so it was not deleted. Look again.", name=name)
        flash(said, "bad")
        return builder(get_draft(survey_id)), 409
    if act in ("duplicate", "delete"):
        flash(edit_words({"code": edit.act, "params": {"name": done.name}}) + ".", "good")
    return to_builder(survey_id, "" if act == "delete" else done.key)


@bp.post("/s/<int:survey_id>/draft/undo")
@requires(EDIT_SURVEYS)
def undo(survey_id: int) -> Response:
    """Take the last edit back."""
    what = service.undo(current_user, survey_id, revision_sent())
    if what:
        flash(_("Taken back. %(what)s.", what=edit_words(what)), "good")
    return to_builder(survey_id, str(what.get("params", {}).get("key", "")))


def revision_sent() -> int:
    """Return the revision of the draft that the page showed; 0 for none."""
    text = request.form.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _element(definition: drafting.Definition, kind: str, key: str) -> drafting.Definition:
    find = drafting.get_section if kind == "sections" else drafting.get_question
    return find(definition, key)
