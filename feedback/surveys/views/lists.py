"""The list of questionnaires, and the ways to begin a new one."""

from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask_babel import get_locale
from flask_security import current_user

from feedback.auth.access import requires
from feedback.auth.roles import EDIT_SURVEYS, VIEW_SURVEYS
from feedback.surveys import drafting, queries, service
from feedback.surveys.completeness import missing_texts
from feedback.surveys.definition import InvalidDefinition, Questionnaire
from feedback.surveys.definition.cautions import MOST_SECONDS
from feedback.surveys.forms.starting import ImportForm, NewForm
from feedback.surveys.forms.wording import problem_words
from feedback.surveys.forms.words import error_list
from feedback.surveys.layout import estimated_seconds
from feedback.surveys.models import SurveyVersion
from feedback.surveys.published import questionnaire
from feedback.surveys.views.blueprint import Answer, bp, to_builder
from feedback.surveys.views.outline import Finding


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire in the list: the published one, or the draft where there is none yet."""

    kept: queries.Kept
    title: str
    languages: tuple[str, ...]
    questions: int
    seconds: int
    missing: int


@bp.get("")
@requires(VIEW_SURVEYS)
def list_surveys() -> Answer:
    """List the questionnaires: published, draft, archived."""
    rows = [_listed(kept) for kept in queries.list_kept()]
    return render_template(
        "surveys/list.html",
        limit=MOST_SECONDS,
        rows=sorted((r for r in rows if not r.kept.survey.archived_at), key=lambda r: r.title),
        archived=sorted((r for r in rows if r.kept.survey.archived_at), key=lambda r: r.title),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(EDIT_SURVEYS)
def new_survey() -> Answer:
    """Begin a questionnaire: blank, or as a copy of a published version."""
    copied = _copied()
    form = NewForm(data={"title": copied.definition["title"]} if copied else {})
    if form.checked():
        title = {each: form.title.data[each] for each in form.chosen if form.title.data[each]}
        if copied:
            draft = service.start_copy(current_user, copied, title)
        else:
            draft = service.start_blank(current_user, title, form.chosen)
        return to_builder(draft.survey_id)
    choices = queries.list_choices(str(get_locale()))
    page = render_template(
        "surveys/new.html", form=form, copied=copied, choices=choices, errors=error_list(form)
    )
    return (page, 422) if request.method == "POST" else page


@bp.route("/import", methods=["GET", "POST"])
@requires(EDIT_SURVEYS)
def import_survey() -> Answer:
    """Begin a questionnaire from a definition."""
    form = ImportForm()
    faults: tuple[Finding, ...] = ()
    if form.validate_on_submit() and (data := form.read()) is not None:
        try:
            draft = service.start_import(current_user, data)
        except InvalidDefinition as error:
            faults = import_faults(error)
        else:
            return to_builder(draft.survey_id)
    return import_page(form, faults, url_for(".list_surveys"))


def import_page(form: ImportForm, faults: tuple[Finding, ...], back: str) -> Answer:
    """Return the page for an import: fresh, or with what was sent and what is wrong (422)."""
    page = render_template(
        "surveys/import.html", form=form, faults=faults, back=back, errors=error_list(form)
    )
    return (page, 422) if request.method == "POST" else page


def import_faults(error: InvalidDefinition) -> tuple[Finding, ...]:
    """Return what is wrong with a definition by its paths: it may have no names to show."""
    return tuple(
        Finding("", "", "", problem_words(each), each.path, False) for each in error.problems
    )


def _copied() -> SurveyVersion | None:
    wanted = request.args.get("copy", "")
    if not wanted:
        return None
    return (queries.find_version(int(wanted)) if wanted.isdecimal() else None) or abort(404)


def _listed(kept: queries.Kept) -> Listed:
    definition, asked = _shown(kept)
    return Listed(
        kept=kept,
        title=drafting.name_of(definition, str(get_locale())),
        languages=tuple(definition.get("languages", ())),
        questions=len(asked.questions) if asked else 0,
        seconds=estimated_seconds(asked) if asked else 0,
        missing=len(missing_texts(kept.draft.definition)) if kept.draft else 0,
    )


def _shown(kept: queries.Kept) -> tuple[drafting.Definition, Questionnaire | None]:
    """Return what is asked today, or what the draft would ask where nothing is published."""
    if kept.version:
        version = kept.version
        return version.definition, questionnaire(version.digest, version.definition)
    draft = kept.draft.definition if kept.draft else drafting.blank(kept.survey.key, {})
    return draft, drafting.sketch(draft)
