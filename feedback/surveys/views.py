"""Pages of questionnaires: which there are, and how each looks to a respondent."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, render_template, request
from flask_babel import get_locale

from feedback.auth.access import requires
from feedback.auth.roles import VIEW_SURVEYS
from feedback.surveys import queries
from feedback.surveys.definition import Questionnaire
from feedback.surveys.languages import LANGUAGES, text_in
from feedback.surveys.layout import estimated_seconds, pages
from feedback.surveys.models import SurveyVersion
from feedback.surveys.piping import fill
from feedback.surveys.published import questionnaire
from feedback.surveys.questions import get_type

bp = Blueprint("surveys", __name__, url_prefix="/surveys")


@bp.app_template_filter("in_language")
def in_language(text: Mapping[str, str], language: str) -> str:
    """Return a text of a questionnaire in one language."""
    return text_in(text, language)


@bp.app_template_filter("piped")
def piped(text: str, **fields: str) -> str:
    """Return a text with named fields filled in."""
    return fill(text, fields)


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire in the list."""

    version: SurveyVersion
    questionnaire: Questionnaire
    seconds: int


@bp.get("")
@requires(VIEW_SURVEYS)
def list_surveys() -> str:
    """List the questionnaires with their length."""
    rows = [_listed(version) for version in queries.list_newest_versions()]
    return render_template("surveys/list.html", rows=rows, locale=str(get_locale()))


@bp.get("/<int:version_id>")
@requires(VIEW_SURVEYS)
def show_version(version_id: int) -> str:
    """Show a version as a respondent meets it, in one language."""
    version = queries.find_version(version_id) or abort(404)
    language = request.args.get("language", "")
    listed = _listed(version)
    return render_template(
        "surveys/show.html",
        listed=listed,
        language=language if language in LANGUAGES else str(get_locale()),
        languages=LANGUAGES,
        pages=pages(listed.questionnaire, seed=0),
        choices_of=lambda question: get_type(question.type).choices(question),
        company=current_app.config["KESAN"].company_name,
    )


def _listed(version: SurveyVersion) -> Listed:
    asked = questionnaire(version.digest, version.definition)
    return Listed(version, asked, estimated_seconds(asked))
