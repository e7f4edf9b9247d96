"""One questionnaire: its versions and what changed between them, and how a version looks."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response as FlaskResponse
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback.auth.access import requires
from feedback.auth.roles import EDIT_SURVEYS, VIEW_SURVEYS
from feedback.surveys import drafting, queries, service
from feedback.surveys.languages import LANGUAGES
from feedback.surveys.layout import estimated_seconds, pages
from feedback.surveys.models import SurveyVersion
from feedback.surveys.published import questionnaire
from feedback.surveys.showing import NOTHING, Preview, sections
from feedback.surveys.views.blueprint import Answer, bp
from feedback.surveys.views.news import News, news


@dataclass(frozen=True, slots=True)
class Past:
    """A version with who published it ("" where it was shipped) and what it changed."""

    version: SurveyVersion
    by: str
    news: tuple[News, ...]


@bp.get("/s/<int:survey_id>")
@requires(VIEW_SURVEYS)
def show_survey(survey_id: int) -> Answer:
    """Show a questionnaire with its versions, newest first."""
    kept = queries.find_kept(survey_id) or abort(404)
    versions = queries.list_versions(survey_id)
    by = queries.list_publications(survey_id)
    newest = kept.version or kept.draft
    return render_template(
        "surveys/show.html",
        kept=kept,
        title=drafting.name_of(newest.definition if newest else {}, str(get_locale())),
        past=[
            Past(
                version,
                by[version.number].name if version.number in by else "",
                news(before.definition, version.definition) if before else (),
            )
            for version, before in zip(versions, [*versions[1:], None], strict=False)
        ],
        editor=queries.get_name(kept.draft.edited_by) if kept.draft else "",
        edits=queries.count_edits(survey_id) if kept.draft else 0,
    )


@bp.get("/<int:version_id>")
@requires(VIEW_SURVEYS)
def show_version(version_id: int) -> Answer:
    """Show a version as a respondent meets it, in one language."""
    version = queries.find_version(version_id) or abort(404)
    asked = questionnaire(version.digest, version.definition)
    wanted = request.args.get("language", "")
    language = wanted if wanted in LANGUAGES else str(get_locale())
    company = current_app.config["KESAN"].company_name
    shown = pages(asked, seed=0)
    return render_template(
        "surveys/version.html",
        version=version,
        asked=asked,
        seconds=estimated_seconds(asked),
        language=language,
        pages=[(p.number, sections(p, language, {"company": company}, NOTHING)) for p in shown],
        preview=Preview(company),
    )


@bp.get("/<int:version_id>/definition.json")
@requires(VIEW_SURVEYS)
def export_version(version_id: int) -> Response:
    """Download a version's definition."""
    version = queries.find_version(version_id) or abort(404)
    return as_file(version.definition, f"{version.survey.key}-{version.number}.json")


@bp.post("/s/<int:survey_id>/<any(archive,restore):act>")
@requires(EDIT_SURVEYS)
def keep_away(survey_id: int, act: str) -> Response:
    """Take a questionnaire out of what campaigns can ask, or back."""
    if act == "archive":
        service.archive(survey_id)
        flash(_("Archived. Campaigns that ask it go on; new ones cannot choose it."), "good")
    else:
        service.restore(survey_id)
        flash(_("Restored. Campaigns can ask it again."), "good")
    return redirect(url_for(".show_survey", survey_id=survey_id), 303)


def as_file(definition: Mapping[str, Any], name: str) -> Response:
    """Return a definition as a JSON file that people can read."""
    body = json.dumps(definition, ensure_ascii=False, indent=2) + "\n"
    disposition = f'attachment; filename="{name}"'
    return FlaskResponse(
        body, mimetype="application/json", headers={"Content-Disposition": disposition}
    )
