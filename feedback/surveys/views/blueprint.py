"""The blueprint of the room's pages, its filters, and what every page of a draft begins with."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback.surveys import queries
from feedback.surveys.drafting import NotThere
from feedback.surveys.languages import LANGUAGES, text_in
from feedback.surveys.models import SurveyDraft
from feedback.surveys.piping import fill
from feedback.surveys.service import DraftMoved, NoDraft

bp = Blueprint("surveys", __name__, url_prefix="/surveys")

Answer = str | Response | tuple[str, int]


@bp.app_template_filter("in_language")
def in_language(text: Mapping[str, str], language: str) -> str:
    """Return a text of a questionnaire in one language."""
    return text_in(text, language)


@bp.app_template_filter("piped")
def piped(text: str, **fields: str) -> str:
    """Return a text with named fields filled in."""
    return fill(text, fields)


@bp.url_defaults
def keep_preview(_endpoint: str, values: dict[str, Any]) -> None:
    """Keep the language of the preview from page to page of the builder."""
    chosen = request.args.get("preview")
    if chosen in LANGUAGES and "survey_id" in values:
        values.setdefault("preview", chosen)


@bp.app_errorhandler(NoDraft)
def no_draft(_error: NoDraft) -> Answer:
    """Say that the draft is not open any more."""
    return _gone(_("It has been published or discarded meanwhile. Open the questionnaire again."))


@bp.app_errorhandler(NotThere)
def not_there(_error: NotThere) -> Answer:
    """Say that the section or question is not in the draft any more."""
    return _gone(_("Somebody has deleted it meanwhile. Open the draft to see how it is now."))


@bp.app_errorhandler(DraftMoved)
def draft_moved(_error: DraftMoved) -> Answer:
    """Say that somebody came between."""
    return _gone(_("Somebody has changed the draft since you opened this page. Open it again."))


def get_draft(survey_id: int) -> SurveyDraft:
    """Return the draft of a survey; the request ends with 404 if there is none."""
    return queries.find_draft(survey_id) or abort(404)


def preview_language(languages: list[str] | tuple[str, ...]) -> str:
    """Return in which language to preview: as asked for, else the reader's, else the first."""
    for wanted in (request.args.get("preview"), str(get_locale())):
        if wanted in languages:
            return str(wanted)
    return languages[0] if languages else "en"


def to_builder(survey_id: int, key: str = "") -> Response:
    """Go back to the builder, to the element of this key."""
    anchor = f"e-{key}" if key else None
    return redirect(url_for(".build", survey_id=survey_id, at=key or None, _anchor=anchor), 303)


def _gone(advice: str) -> Answer:
    title = _("The draft has changed")
    return render_template("errors/error.html", title=title, advice=advice), 409
