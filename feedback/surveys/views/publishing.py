"""A draft's way out: publish, export, replace by an import, discard."""

from flask import flash, redirect, render_template, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from feedback.auth.access import requires
from feedback.auth.roles import EDIT_SURVEYS
from feedback.surveys import drafting, queries, service
from feedback.surveys.definition import InvalidDefinition
from feedback.surveys.drafting import Edit, Outdated
from feedback.surveys.forms.starting import ImportForm
from feedback.surveys.models import SurveyDraft
from feedback.surveys.views.blueprint import Answer, bp, get_draft, to_builder
from feedback.surveys.views.building import revision_sent
from feedback.surveys.views.lists import import_faults, import_page
from feedback.surveys.views.news import news
from feedback.surveys.views.outline import Finding, outline
from feedback.surveys.views.overview import as_file


@bp.get("/s/<int:survey_id>/draft/publish")
@requires(EDIT_SURVEYS)
def review(survey_id: int) -> Answer:
    """Show what publishing will change, what stops it and what to look at again."""
    return _review(get_draft(survey_id))


@bp.post("/s/<int:survey_id>/draft/publish")
@requires(EDIT_SURVEYS)
def publish(survey_id: int) -> Answer:
    """Make the draft the next version."""
    try:
        version = service.publish(current_user, survey_id, revision_sent())
    except service.DraftMoved:
        said = _("The draft was changed while you looked at it. Check the changes once more.")
        return _review(get_draft(survey_id), said), 409
    except InvalidDefinition:
        return _review(get_draft(survey_id)), 422
    except service.NothingChanged:
        said = _("Nothing changed: the newest version says the same. No version was made.")
        return _review(get_draft(survey_id), said), 422
    flash(_("Version %(number)s is published.", number=version.number), "good")
    return redirect(url_for(".show_survey", survey_id=survey_id), 303)


@bp.post("/s/<int:survey_id>/draft/discard")
@requires(EDIT_SURVEYS)
def discard(survey_id: int) -> Response:
    """Throw the draft away."""
    is_left = service.discard(survey_id, revision_sent())
    flash(_("The draft is discarded."), "good")
    if is_left:
        return redirect(url_for(".show_survey", survey_id=survey_id), 303)
    return redirect(url_for(".list_surveys"), 303)


@bp.get("/s/<int:survey_id>/draft/definition.json")
@requires(EDIT_SURVEYS)
def export_draft(survey_id: int) -> Response:
    """Download the draft's definition."""
    draft = get_draft(survey_id)
    return as_file(draft.definition, f"{draft.survey.key}-draft.json")


@bp.route("/s/<int:survey_id>/draft/import", methods=["GET", "POST"])
@requires(EDIT_SURVEYS)
def import_draft(survey_id: int) -> Answer:
    """Replace the draft by a definition; undo brings it back."""
    draft = get_draft(survey_id)
    form = ImportForm(data={"seen": drafting.seen(draft.definition, "import")})
    faults: tuple[Finding, ...] = ()
    if form.validate_on_submit() and (data := form.read()) is not None:
        edit = Edit("import", values=data, seen=form.seen.data or "-")
        try:
            service.change(current_user, survey_id, edit)
        except InvalidDefinition as error:
            faults = import_faults(error)
        except Outdated:
            form.seen.data = drafting.seen(get_draft(survey_id).definition, "import")
            said = _("Somebody has changed the draft meanwhile. Import once more to replace it.")
            form.text.errors = [*form.text.errors, said]
        else:
            flash(_("The draft is replaced. Undo brings it back."), "good")
            return to_builder(survey_id)
    return import_page(form, faults, url_for(".build", survey_id=survey_id))


def _review(draft: SurveyDraft, said: str = "") -> str:
    newest = queries.find_newest_version(draft.survey.key)
    found = outline(draft.definition)
    return render_template(
        "surveys/publish.html",
        draft=draft,
        said=said,
        outline=found,
        newest=newest,
        news=news(newest.definition, draft.definition) if newest else (),
        number=newest.number + 1 if newest else 1,
        edits=queries.count_edits(draft.survey_id),
        title=drafting.name_of(draft.definition, str(get_locale())),
        ready=not found.problems and not found.lacking,
    )
