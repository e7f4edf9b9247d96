"""Finds the people we may write to, one page of them in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from werkzeug.exceptions import NotFound

from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.organisations.queries.pages import PAGE_SIZE, Page

# Where a person stands: may be asked, wants no mail, has no working address, was put away.
STATES = ("active", "unsubscribed", "bounced", "archived")


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """Which contacts, in which order; empty means all that are not archived."""

    text: str = ""
    organisation_id: int | None = None
    language: str = ""
    weight: str = ""
    state: str = ""
    sort: str = "name"


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """One row of the list of contacts."""

    id: int
    name: str
    email: str
    language: str
    role: str
    weight: str
    organisation_id: int
    organisation: str
    unsubscribed_at: datetime | None
    bounced_at: datetime | None
    archived_at: datetime | None

    @property
    def state(self) -> str:
        """The strongest of the states this person is in."""
        if self.archived_at:
            return "archived"
        if self.unsubscribed_at:
            return "unsubscribed"
        return "bounced" if self.bounced_at else "active"


_ORDERS: dict[str, Any] = {
    "name": func.lower(Contact.name),
    "email": Contact.email_key,
    "organisation": func.lower(Organisation.name),
    "language": Contact.language,
    "role": func.lower(Contact.role),
    "weight": Contact.weight,
}
SORTS = tuple(_ORDERS)


def get_contact(contact_id: int) -> Contact:
    """Return the contact with this number; raise NotFound where there is none."""
    contact = db.session.get(Contact, contact_id)
    if contact is None:
        raise NotFound
    return contact


def find_contact_by_address(email_key: str) -> Contact | None:
    """Return the person with this folded address."""
    return db.session.scalar(select(Contact).where(Contact.email_key == email_key))


def list_contacts(
    wanted: ContactFilter, number: int = 1, size: int = PAGE_SIZE
) -> Page[ContactEntry]:
    """Return one page of contacts with their organisations' names, in two queries."""
    conditions = _conditions(wanted)
    joined = Organisation.id == Contact.organisation_id
    counted = select(func.count()).select_from(Contact).where(*conditions)
    if wanted.text:  # which may be that of an organisation's name
        counted = counted.join(Organisation, joined)
    total = db.session.scalar(counted)
    order = _ORDERS.get(wanted.sort.removeprefix("-"), _ORDERS["name"])
    rows = db.session.execute(
        select(
            Contact.id,
            Contact.name,
            Contact.email,
            Contact.language,
            Contact.role,
            Contact.weight,
            Contact.organisation_id,
            Organisation.name,
            Contact.unsubscribed_at,
            Contact.bounced_at,
            Contact.archived_at,
        )
        .join(Organisation, joined)
        .where(*conditions)
        .order_by(order.desc() if wanted.sort.startswith("-") else order.asc(), Contact.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page([ContactEntry(*row) for row in rows], number, total or 0)


def _conditions(wanted: ContactFilter) -> list[ColumnElement[bool]]:
    conditions = [_in_state(wanted.state)]
    if wanted.text:
        conditions.append(
            or_(
                Contact.name.icontains(wanted.text, autoescape=True),
                Contact.email.icontains(wanted.text, autoescape=True),
                Contact.external_id.icontains(wanted.text, autoescape=True),
                Organisation.name.icontains(wanted.text, autoescape=True),
            )
        )
    if wanted.organisation_id:
        conditions.append(Contact.organisation_id == wanted.organisation_id)
    if wanted.language:
        conditions.append(Contact.language == wanted.language)
    if wanted.weight:
        conditions.append(Contact.weight == wanted.weight)
    return conditions


def _in_state(state: str) -> ColumnElement[bool]:
    here = Contact.archived_at.is_(None)
    match state:
        case "archived":
            return Contact.archived_at.is_not(None)
        case "unsubscribed":
            return here & Contact.unsubscribed_at.is_not(None)
        case "bounced":
            return here & Contact.unsubscribed_at.is_(None) & Contact.bounced_at.is_not(None)
        case "active":
            return here & Contact.unsubscribed_at.is_(None) & Contact.bounced_at.is_(None)
    return here
