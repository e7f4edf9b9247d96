"""Writes what a slice of an import changes, in bulk; the caller commits."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from feedback.extensions import db
from feedback.organisations.importing.matching import Changes
from feedback.organisations.models import Contact, Organisation


def write(changes: Changes, now: datetime) -> None:
    """Write new and changed organisations, then new and changed contacts."""
    stamps = {"created_at": now, "updated_at": now}
    if changes.new_organisations:
        db.session.execute(
            insert(Organisation),
            [values | stamps for values in changes.new_organisations.values()],
        )
    if changes.changed_organisations:
        db.session.execute(
            update(Organisation),
            [values | {"updated_at": now} for values in changes.changed_organisations.values()],
        )
    if changes.new_contacts:
        ids = _organisation_ids({key for key, _values in changes.new_contacts})
        db.session.execute(
            insert(Contact),
            [
                values | {"organisation_id": ids[key]} | stamps
                for key, values in changes.new_contacts
            ],
        )
    if changes.changed_contacts:
        db.session.execute(
            update(Contact), [_contact_values(row, now) for row in changes.changed_contacts]
        )


def _organisation_ids(keys: set[str]) -> dict[str, int]:
    rows = db.session.execute(
        select(Organisation.match_key, Organisation.id).where(
            Organisation.match_key.in_(sorted(keys))
        )
    )
    return {row[0]: row[1] for row in rows}


def _contact_values(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name != "organisation_name"}
    return values | {"updated_at": now}
