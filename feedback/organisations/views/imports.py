"""Pages of an import: upload, columns, preview with reasons, progress, result."""

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from feedback.auth.access import requires
from feedback.auth.roles import MANAGE_CONTACTS
from feedback.organisations import queries, service
from feedback.organisations.forms import ConfirmForm, DefaultsForm, UploadForm, mapping_form
from feedback.organisations.importing.matching import Defaults
from feedback.organisations.importing.sheet import UnreadableFile
from feedback.organisations.models import ContactImport
from feedback.organisations.queries import PAGE_SIZE, Page
from feedback.organisations.views.blueprint import bp, page_number
from feedback.organisations.views.reasons import file_reason, import_failure, row_reason

Answer = str | Response | tuple[str, int]

MAX_UPLOAD = 10_000_000
MOVING = ("reading", "checking", "importing")


@bp.url_value_preprocessor
def allow_large_lists(endpoint: str | None, _values: object) -> None:
    """Let this one page take more than others: set before the CSRF check reads the form."""
    if endpoint == "organisations.new_import":
        request.max_content_length = MAX_UPLOAD


@bp.route("/contacts/import", methods=["GET", "POST"])
@requires(MANAGE_CONTACTS)
def new_import() -> Answer:
    """Take a contact list."""
    form = UploadForm()
    if form.validate_on_submit():
        try:
            file = form.file.data
            made = service.upload(file.filename or "", file.read(), current_user.id)
        except UnreadableFile as error:
            form.file.errors = [file_reason(error.code)]
        else:
            return redirect(url_for(".show_import", import_id=made.id), 303)
    page = render_template(
        "organisations/new_import.html", form=form, imports=queries.list_imports()
    )
    return (page, 422) if form.errors else page


@bp.get("/contacts/import/<int:import_id>")
@requires(MANAGE_CONTACTS)
def show_import(import_id: int) -> str:
    """Show an import where it is now: columns, progress, preview or result."""
    contact_import = queries.get_import(import_id)
    return _show(contact_import, _mapping_form(contact_import))


@bp.get("/contacts/import/<int:import_id>/progress")
@requires(MANAGE_CONTACTS)
def import_progress(import_id: int) -> Response:
    """Show how far the import is; tell htmx to load the page anew once it stands still."""
    contact_import = queries.get_import(import_id)
    page = render_template("organisations/_import_progress.html", contact_import=contact_import)
    response = make_response(page)
    if contact_import.state not in MOVING:
        response.headers["HX-Refresh"] = "true"
    return response


@bp.post("/contacts/import/<int:import_id>/mapping")
@requires(MANAGE_CONTACTS)
def import_mapping(import_id: int) -> Answer:
    """Take the columns chosen and send the list to be checked."""
    contact_import = queries.get_import(import_id)
    form = _mapping_form(contact_import)
    if not form.validate_on_submit():
        return _show(contact_import, form), 422
    try:
        service.set_mapping(contact_import, form.columns, _defaults(form))
    except service.BadMapping as error:
        _say_wrong(form, error)
        return _show(contact_import, form), 422
    except service.WrongMoment:
        flash(_("This import has already moved on."), "bad")
    return redirect(url_for(".show_import", import_id=import_id), 303)


@bp.post("/contacts/import/<int:import_id>/confirm")
@requires(MANAGE_CONTACTS)
def import_confirm(import_id: int) -> Response:
    """Start the import of all rows or of the good ones."""
    contact_import = queries.get_import(import_id)
    form = ConfirmForm()
    try:
        if form.validate_on_submit():
            service.confirm(contact_import, form.choice.data)
    except service.AllRowsNotGood:
        flash(_("Some rows cannot be imported. Choose the good rows or correct the file."), "bad")
    except service.WrongMoment:
        flash(_("This import has already moved on."), "bad")
    return redirect(url_for(".show_import", import_id=import_id), 303)


def _mapping_form(contact_import: ContactImport) -> DefaultsForm:
    mapping = contact_import.mapping
    defaults = {f"default_{name}": value for name, value in mapping.get("defaults", {}).items()}
    return mapping_form(mapping.get("header", ()), data=mapping.get("columns", {}) | defaults)


def _defaults(form: DefaultsForm) -> Defaults:
    return Defaults(form.default_language.data, form.default_kind.data, form.default_weight.data)


def _say_wrong(form: DefaultsForm, error: service.BadMapping) -> None:
    for field in error.missing:
        form[field].errors = [_("Choose the column that holds this.")]
    for field in error.twice:
        form[field].errors = [_("Another field has this column already.")]


def _show(contact_import: ContactImport, form: DefaultsForm) -> str:
    number = page_number()
    found = contact_import.problems
    return render_template(
        "organisations/show_import.html",
        contact_import=contact_import,
        form=form,
        moving=contact_import.state in MOVING,
        failure=import_failure(contact_import.failure),
        reason=row_reason,
        problems=Page(found[(number - 1) * PAGE_SIZE :][:PAGE_SIZE], number, len(found)),
    )
