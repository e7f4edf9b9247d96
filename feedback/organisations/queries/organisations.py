"""Finds organisations, one page of them in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from werkzeug.exceptions import NotFound

from feedback.auth.models import User
from feedback.extensions import db
from feedback.organisations.importing.keys import fold_name, name_key
from feedback.organisations.models import Contact, Organisation
from feedback.organisations.queries.pages import PAGE_SIZE, Page

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class OrganisationFilter:
    """Which organisations, in which order; empty means all. A "-" before `sort` turns it round."""

    text: str = ""
    kind: str = ""
    segment: str = ""
    owner_id: int | None = None
    archived: bool = False
    sort: str = "name"


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """One row of the list of organisations."""

    id: int
    name: str
    kind: str
    segment: str
    yearly_value: int | None
    owner: str
    contacts: int
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search from anywhere found."""

    organisations: list[Organisation]
    contacts: list[Contact]


# Archived people are not counted: nobody can be asked through them.
_CONTACTS = (
    select(func.count(Contact.id))
    .where(Contact.organisation_id == Organisation.id, Contact.archived_at.is_(None))
    .correlate(Organisation)
    .scalar_subquery()
)
_ORDERS: dict[str, Any] = {
    "name": func.lower(Organisation.name),
    "kind": Organisation.kind,
    "segment": func.lower(Organisation.segment),
    "value": func.coalesce(Organisation.yearly_value, -1),
    "owner": func.lower(func.coalesce(User.name, "")),
    "contacts": _CONTACTS,
}
SORTS = tuple(_ORDERS)


def find_organisation(organisation_id: int) -> Organisation | None:
    """Return the organisation with this number."""
    return db.session.get(Organisation, organisation_id)


def get_organisation(organisation_id: int) -> Organisation:
    """Return the organisation with this number; raise NotFound where there is none."""
    organisation = find_organisation(organisation_id)
    if organisation is None:
        raise NotFound
    return organisation


def find_organisations_named(name: str) -> list[Organisation]:
    """Return the organisations of this name, case and spaces aside; more than one is possible."""
    folded = fold_name(name)
    candidates = db.session.scalars(
        select(Organisation)
        .where(
            or_(
                Organisation.match_key == name_key(name),
                func.lower(Organisation.name) == name.strip().lower(),
                Organisation.name == name.strip(),
            )
        )
        .order_by(Organisation.id)
    )
    return [found for found in candidates if fold_name(found.name) == folded]


def list_organisations(
    wanted: OrganisationFilter, number: int = 1, size: int = PAGE_SIZE
) -> Page[OrganisationEntry]:
    """Return one page of organisations with owner and count of contacts, in two queries."""
    conditions = _conditions(wanted)
    total = db.session.scalar(select(func.count(Organisation.id)).where(*conditions)) or 0
    owner = func.coalesce(User.name, User.email, "")
    rows = db.session.execute(
        _ordered(
            select(
                Organisation.id,
                Organisation.name,
                Organisation.kind,
                Organisation.segment,
                Organisation.yearly_value,
                owner,
                _CONTACTS,
                Organisation.archived_at,
            )
            .outerjoin(User, User.id == Organisation.owner_id)
            .where(*conditions),
            wanted.sort,
        )
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page([OrganisationEntry(*row) for row in rows], number, total)


def _conditions(wanted: OrganisationFilter) -> list[ColumnElement[bool]]:
    archived = Organisation.archived_at
    conditions: list[ColumnElement[bool]] = [
        archived.is_not(None) if wanted.archived else archived.is_(None)
    ]
    if wanted.text:
        conditions.append(
            or_(
                Organisation.name.icontains(wanted.text, autoescape=True),
                Organisation.external_id.icontains(wanted.text, autoescape=True),
            )
        )
    if wanted.kind:
        conditions.append(Organisation.kind == wanted.kind)
    if wanted.segment:
        conditions.append(Organisation.segment == wanted.segment)
    if wanted.owner_id:
        conditions.append(Organisation.owner_id == wanted.owner_id)
    return conditions


def _ordered(query: Select[Any], sort: str) -> Select[Any]:
    order = _ORDERS.get(sort.removeprefix("-"), _ORDERS["name"])
    return query.order_by(order.desc() if sort.startswith("-") else order.asc(), Organisation.id)


def list_segments(active_only: bool = False) -> list[str]:
    """Return every segment in use, by name; if asked, only those of organisations not archived."""
    first = select(func.min(Organisation.segment).label("segment"))
    if active_only:
        first = first.where(Organisation.archived_at.is_(None))
    # From one to the next in the index, however many organisations each of them has.
    found = first.where(Organisation.segment != "").cte(recursive=True)
    following = first.where(Organisation.segment > found.c.segment).scalar_subquery()
    found = found.union_all(select(following).where(found.c.segment.is_not(None)))
    segments = select(found.c.segment).where(found.c.segment.is_not(None))
    return list(db.session.scalars(segments.order_by(found.c.segment)))


def search(text: str, most: int = _SHOWN) -> Found:
    """Return the organisations and people whose name or address holds the text, archived last."""
    if not text.strip():
        return Found([], [])
    organisations = db.session.scalars(
        select(Organisation)
        .where(Organisation.name.icontains(text.strip(), autoescape=True))
        .order_by(Organisation.archived_at.is_not(None), func.lower(Organisation.name))
        .limit(most)
    )
    contacts = db.session.scalars(
        select(Contact)
        .where(
            or_(
                Contact.name.icontains(text.strip(), autoescape=True),
                Contact.email.icontains(text.strip(), autoescape=True),
            )
        )
        .order_by(Contact.archived_at.is_not(None), func.lower(Contact.name))
        .limit(most)
    )
    return Found(list(organisations), list(contacts))
