"""Pages of organisations: the list, a new one, changing and archiving one."""

from dataclasses import fields

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback.auth.access import requires
from feedback.auth.queries import list_users
from feedback.auth.roles import MANAGE_CONTACTS, VIEW_CONTACTS
from feedback.organisations import queries, service
from feedback.organisations.forms import OrganisationForm
from feedback.organisations.models import Organisation
from feedback.organisations.service.people import OrganisationDetails
from feedback.organisations.views.blueprint import bp, number_argument, page_number, text_argument

Answer = str | Response | tuple[str, int]


def _filter() -> queries.OrganisationFilter:
    return queries.OrganisationFilter(
        text=text_argument("text"),
        kind=text_argument("kind"),
        segment=text_argument("segment"),
        owner_id=number_argument("owner"),
        archived=text_argument("archived") == "1",
        sort=text_argument("sort", "name"),
    )


@bp.get("/organisations")
@requires(VIEW_CONTACTS)
def list_organisations() -> str:
    """Show one page of organisations."""
    wanted = _filter()
    return render_template(
        "organisations/list.html",
        page=queries.list_organisations(wanted, page_number()),
        wanted=wanted,
        is_filtered=wanted != queries.OrganisationFilter(sort=wanted.sort),
        segment_options=[(segment, segment) for segment in queries.list_segments()],
        owner_options=_owners(),
    )


@bp.route("/organisations/new", methods=["GET", "POST"])
@requires(MANAGE_CONTACTS)
def new_organisation() -> Answer:
    """Make an organisation."""
    form = _form()
    if form.validate_on_submit():
        try:
            service.create_organisation(_details(form))
        except service.OrganisationExists:
            _say_exists(form)
        else:
            flash(_("%(name)s was added.", name=form.name.data), "good")
            return redirect(url_for(".list_organisations"), 303)
    return _page(form)


@bp.route("/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
@requires(MANAGE_CONTACTS)
def edit_organisation(organisation_id: int) -> Answer:
    """Change an organisation."""
    organisation = queries.get_organisation(organisation_id)
    form = _form(organisation)
    if form.validate_on_submit():
        try:
            service.edit_organisation(organisation, _details(form))
        except service.OrganisationExists:
            _say_exists(form)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for(".list_organisations"), 303)
    return _page(form, organisation)


@bp.post("/organisations/<int:organisation_id>/archive")
@requires(MANAGE_CONTACTS)
def archive_organisation(organisation_id: int) -> Response:
    """Archive an organisation, or restore it with restore=1."""
    organisation = queries.get_organisation(organisation_id)
    if request.form.get("restore"):
        service.restore_organisation(organisation)
        flash(_("%(name)s is back in use.", name=organisation.name), "good")
    else:
        service.archive_organisation(organisation)
        flash(_("%(name)s was archived and is asked no more.", name=organisation.name), "good")
    return redirect(url_for(".edit_organisation", organisation_id=organisation_id), 303)


def _form(organisation: Organisation | None = None) -> OrganisationForm:
    form = OrganisationForm(obj=organisation)
    owners = _owners()
    form.offer_owners(owners)
    if form.owner_id.data not in dict(owners) and request.method == "GET":
        form.owner_id.data = 0
    return form


def _owners() -> list[tuple[int, str]]:
    return [(user.id, user.name or user.email) for user in list_users()]


def _details(form: OrganisationForm) -> OrganisationDetails:
    values = {field.name: form[field.name].data for field in fields(OrganisationDetails)}
    return OrganisationDetails(**values | {"owner_id": form.owner_id.data or None})


def _say_exists(form: OrganisationForm) -> None:
    field = form.external_id if form.external_id.data else form.name
    field.errors = [*field.errors, _("There is such an organisation already.")]


def _page(form: OrganisationForm, organisation: Organisation | None = None) -> Answer:
    page = render_template(
        "organisations/organisation_form.html", form=form, organisation=organisation
    )
    return (page, 422) if form.errors else page
