"""Finds imports, and what the database already holds about their rows."""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import undefer
from werkzeug.exceptions import NotFound

from feedback.auth.models import User
from feedback.extensions import db
from feedback.organisations.importing.keys import fold_name, id_key, name_key
from feedback.organisations.importing.matching import Known, Line
from feedback.organisations.models import Contact, ContactImport, Organisation

_AT_ONCE = 1_000  # keys in one query


def find_import(import_id: int) -> ContactImport | None:
    """Return the import with this number, its problems loaded and its file not."""
    return db.session.scalar(
        select(ContactImport)
        .where(ContactImport.id == import_id)
        .options(undefer(ContactImport.problems))
    )


def get_import(import_id: int) -> ContactImport:
    """Return the import with this number; raise NotFound where there is none."""
    found = find_import(import_id)
    if found is None:
        raise NotFound
    return found


def list_imports(most: int = 5) -> list[ContactImport]:
    """Return the latest imports, so that one can come back to them."""
    return list(
        db.session.scalars(select(ContactImport).order_by(ContactImport.id.desc()).limit(most))
    )


def find_next_import(*states: str) -> ContactImport | None:
    """Return the import that has waited longest in one of these states."""
    return db.session.scalar(
        select(ContactImport)
        .where(ContactImport.state.in_(states))
        .order_by(ContactImport.id)
        .limit(1)
    )


def organisation_ids_by_name() -> dict[str, set[str]]:
    """Return folded name → external ids of all organisations that have one."""
    ids: dict[str, set[str]] = defaultdict(set)
    for name, external_id in db.session.execute(
        select(Organisation.name, Organisation.external_id).where(Organisation.external_id != "")
    ):
        ids[fold_name(name)].add(external_id)
    return ids


def known_about(lines: Sequence[Line]) -> Known:
    """Return what the database holds about these rows, in a few queries per thousand."""
    organisations: dict[str, dict[str, Any]] = {}
    addresses: dict[str, dict[str, Any]] = {}
    external_ids: dict[str, dict[str, Any]] = {}
    for some in _batches(lines):
        keys = {name_key(line.organisation.name) for line in some}
        keys |= {id_key(line.organisation.external_id) for line in some}
        organisations |= {row["match_key"]: row for row in _organisations(keys)}
        for contact in _contacts(
            {line.contact.email_key for line in some},
            {line.contact.external_id for line in some} - {""},
        ):
            addresses[contact["email_key"]] = contact
            external_ids.setdefault(contact["external_id"], contact)
    external_ids.pop("", None)
    users = db.session.execute(select(func.lower(User.email), User.id).where(User.active))
    owners = {row[0]: row[1] for row in users}
    return Known(organisations, addresses, external_ids, owners)


def _batches(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    remaining = iter(lines)
    while some := tuple(itertools.islice(remaining, _AT_ONCE)):
        yield some


def _organisations(keys: set[str]) -> Iterator[dict[str, Any]]:
    rows = db.session.execute(
        select(
            Organisation.id,
            Organisation.match_key,
            Organisation.external_id,
            Organisation.name,
            Organisation.kind,
            Organisation.segment,
            Organisation.yearly_value,
            Organisation.owner_id,
        ).where(Organisation.match_key.in_(sorted(keys)))
    )
    return (dict(row) for row in rows.mappings())


def _contacts(email_keys: set[str], external_ids: set[str]) -> Iterator[dict[str, Any]]:
    rows = db.session.execute(
        select(
            Contact.id,
            Contact.organisation_id,
            Contact.name,
            Contact.email,
            Contact.email_key,
            Contact.external_id,
            Contact.language,
            Contact.role,
            Contact.weight,
            Contact.bounced_at,
            Organisation.name.label("organisation_name"),
        )
        .join(Organisation, Organisation.id == Contact.organisation_id)
        .where(
            or_(
                Contact.email_key.in_(sorted(email_keys)),
                Contact.external_id.in_(sorted(external_ids)),
            )
        )
        .order_by(Contact.id)
    )
    return (dict(row) for row in rows.mappings())
