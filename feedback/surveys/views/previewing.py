"""The draft as a respondent meets it, in a frame as wide as a phone beside the builder."""

from flask import Response as FlaskResponse
from flask import current_app, make_response, render_template, request, url_for
from werkzeug.wrappers import Response

from feedback.auth.access import requires
from feedback.auth.roles import EDIT_SURVEYS
from feedback.surveys import drafting
from feedback.surveys.forms.rule_words import rule_words
from feedback.surveys.layout import pages
from feedback.surveys.showing import NOTHING, Preview, sections
from feedback.surveys.views.blueprint import bp, get_draft, preview_language
from feedback.web.languages import LANGUAGES
from feedback.web.security import content_policy


@bp.get("/s/<int:survey_id>/draft/preview")
@requires(EDIT_SURVEYS)
def preview(survey_id: int) -> Response:
    """Show every page of the draft in one language; only our own pages may frame it."""
    draft = get_draft(survey_id)
    definition = draft.definition
    asked = drafting.sketch(definition)
    settings = current_app.config["KESAN"]
    language = preview_language(definition.get("languages") or ["en"])
    fields = {"company": settings.company_name}
    response = make_response(
        render_template(
            "surveys/preview.html",
            company=settings.company_name,
            language=language,
            languages=[
                (
                    c,
                    LANGUAGES[c],
                    url_for(".preview", survey_id=survey_id, preview=c),
                    c == language,
                )
                for c in definition.get("languages", ())
            ],
            title=drafting.name_of(definition, language),
            pages=[
                (page.number, sections(page, language, fields, NOTHING))
                for page in (pages(asked, seed=0) if asked else ())
            ],
            conditions=_conditions(definition),
            page=Preview(settings.company_name),
        )
    )
    policy = content_policy(settings).replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.after_request
def let_frame(response: FlaskResponse) -> FlaskResponse:
    """Let pages of a draft frame the preview, whichever form is open in them."""
    if "survey_id" in (request.view_args or {}):
        policy = content_policy(current_app.config["KESAN"], frames="'self'")
        response.headers.setdefault("Content-Security-Policy", policy)
    return response


def _conditions(definition: drafting.Definition) -> dict[str, str]:
    """Return in words when a question or grid is shown, by its key; its section's rule counts."""
    found = {}
    for section, question in drafting.questions_of(definition):
        rules = [each["show_if"] for each in (section, question) if "show_if" in each]
        if rules:
            rule = rules[0] if len(rules) == 1 else {"all": rules}
            found[question["key"]] = rule_words(rule, definition)
    return found
