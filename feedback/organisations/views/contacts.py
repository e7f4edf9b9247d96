"""Pages of contacts: the list, a new one, changing and archiving one."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from feedback.auth.access import requires
from feedback.auth.roles import MANAGE_CONTACTS, VIEW_CONTACTS
from feedback.organisations import queries, service
from feedback.organisations.forms import ContactForm
from feedback.organisations.models import Contact, Organisation
from feedback.organisations.service.people import ContactDetails
from feedback.organisations.views.blueprint import (
    STATE_WORDS,
    bp,
    number_argument,
    page_number,
    text_argument,
)

Answer = str | Response | tuple[str, int]


def _filter() -> queries.ContactFilter:
    return queries.ContactFilter(
        text=text_argument("text"),
        organisation_id=number_argument("organisation"),
        language=text_argument("language"),
        weight=text_argument("weight"),
        state=text_argument("state"),
        sort=text_argument("sort", "name"),
    )


@bp.get("/contacts")
@requires(VIEW_CONTACTS)
def list_contacts() -> str:
    """Show one page of contacts."""
    wanted = _filter()
    organisation = (
        queries.find_organisation(wanted.organisation_id) if wanted.organisation_id else None
    )
    return render_template(
        "organisations/contacts.html",
        page=queries.list_contacts(wanted, page_number()),
        wanted=wanted,
        is_filtered=wanted != queries.ContactFilter(sort=wanted.sort),
        organisation=organisation,
        state_options=[(state, word) for state, (word, _kind) in STATE_WORDS.items()],
    )


@bp.route("/contacts/new", methods=["GET", "POST"])
@requires(MANAGE_CONTACTS)
def new_contact() -> Answer:
    """Make a contact, at the organisation the address names where it does."""
    at = queries.find_organisation(number_argument("organisation") or 0)
    form = ContactForm(organisation=at.name if at else "")
    details = _submitted(form, at)
    if details:
        try:
            service.create_contact(details)
        except service.AddressTaken as taken:
            _say_taken(form, taken)
        else:
            flash(_("%(name)s was added.", name=details.name), "good")
            return redirect(url_for(".list_contacts"), 303)
    return _page(form)


@bp.route("/contacts/<int:contact_id>/edit", methods=["GET", "POST"])
@requires(MANAGE_CONTACTS)
def edit_contact(contact_id: int) -> Answer:
    """Change a contact."""
    contact = queries.get_contact(contact_id)
    at = contact.organisation
    form = ContactForm(data=_typed(contact))
    details = _submitted(form, at)
    if details:
        try:
            service.edit_contact(contact, details)
        except service.AddressTaken as taken:
            _say_taken(form, taken)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for(".list_contacts"), 303)
    return _page(form, contact)


@bp.post("/contacts/<int:contact_id>/archive")
@requires(MANAGE_CONTACTS)
def archive_contact(contact_id: int) -> Response:
    """Archive a contact, or restore it with restore=1."""
    contact = queries.get_contact(contact_id)
    if request.form.get("restore"):
        service.restore_contact(contact)
        flash(_("%(name)s is back in use.", name=contact.name), "good")
    else:
        service.archive_contact(contact)
        flash(_("%(name)s was archived and is asked no more.", name=contact.name), "good")
    return redirect(url_for(".edit_contact", contact_id=contact_id), 303)


def _typed(contact: Contact) -> dict[str, str]:
    """Return the contact as its form shows it."""
    names = ("name", "email", "language", "role", "weight", "external_id")
    return {name: getattr(contact, name) for name in names} | {
        "organisation": contact.organisation.name
    }


def _submitted(form: ContactForm, at: Organisation | None) -> ContactDetails | None:
    """Return what was sent where all of it is right; else the form holds the errors."""
    if not form.validate_on_submit():
        return None
    organisation_id = _organisation_id(form, at)
    if organisation_id is None:
        return None
    return ContactDetails(
        organisation_id=organisation_id,
        name=form.name.data,
        email=form.email.data,
        language=form.language.data,
        role=form.role.data,
        weight=form.weight.data,
        external_id=form.external_id.data,
    )


def _organisation_id(form: ContactForm, at: Organisation | None) -> int | None:
    """Return the only organisation of the typed name; of several, the one it is about already."""
    found = queries.find_organisations_named(form.organisation.data)
    if at in found:
        found = [at] if at else []
    if len(found) == 1:
        return found[0].id
    if found:
        text = _("Several organisations have this name. Add the contact from the right one.")
    else:
        near = ", ".join(o.name for o in queries.search(form.organisation.data, 3).organisations)
        text = _("No organisation has this name. Add it first.")
        if near:
            text = _("No organisation has exactly this name. Similar: %(names)s.", names=near)
    form.organisation.errors = [*form.organisation.errors, text]
    return None


def _say_taken(form: ContactForm, taken: service.AddressTaken) -> None:
    text = _(
        "%(name)s at %(organisation)s has this address already.",
        name=taken.contact.name,
        organisation=taken.contact.organisation.name,
    )
    form.email.errors = [*form.email.errors, text]


def _page(form: ContactForm, contact: Contact | None = None) -> Answer:
    page = render_template("organisations/contact_form.html", form=form, contact=contact)
    return (page, 422) if form.errors else page
