"""Takes a contact list on its way as far as people decide: uploaded, mapped, confirmed."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import Any, Literal

from sqlalchemy import update

from feedback import clock
from feedback.extensions import db
from feedback.organisations.importing.columns import (
    columns_used_twice,
    guess_columns,
    missing_columns,
)
from feedback.organisations.importing.matching import Defaults
from feedback.organisations.importing.reading import is_quick, read
from feedback.organisations.importing.sheet import Sheet
from feedback.organisations.importing.words import FIELDS
from feedback.organisations.models import ContactImport

SAMPLE_ROWS = 5
_SAMPLE_CELL = 80


class WrongMoment(Exception):
    """The import is not where this can be done; somebody else went on with it."""


class AllRowsNotGood(Exception):
    """All rows were asked for, but some cannot be imported."""


class BadMapping(ValueError):
    """Columns that cannot be: `missing` required fields, or fields that share a column."""

    def __init__(self, missing: list[str], twice: list[str]) -> None:
        super().__init__(missing, twice)
        self.missing = missing
        self.twice = twice


def upload(filename: str, content: bytes, user_id: int) -> ContactImport:
    """Keep an uploaded list and guess its columns. Raises UnreadableFile.

    A workbook that takes long to read is left to the worker, in the state "reading".
    """
    quick = is_quick(content)
    head = head_of(read(content, SAMPLE_ROWS)) if quick else {}
    contact_import = ContactImport(
        filename=PurePosixPath(filename.replace("\\", "/")).name[-255:],
        content=content,
        mapping=head,
        state="uploaded" if quick else "reading",
        created_by=user_id,
        created_at=clock.now(),
    )
    db.session.add(contact_import)
    db.session.commit()
    return contact_import


def head_of(sheet: Sheet) -> dict[str, Any]:
    """Return what people need to see to say which column is which, and our guess."""
    return {
        "header": [heading[:_SAMPLE_CELL] for heading in sheet.header],
        "sample": [
            [number, [cell[:_SAMPLE_CELL] for cell in cells]]
            for number, cells in sheet.rows[:SAMPLE_ROWS]
        ],
        "columns": guess_columns(sheet.header),
    }


def set_mapping(
    contact_import: ContactImport, columns: Mapping[str, int], defaults: Defaults
) -> None:
    """Say which column is which and send the list to be checked; also again after a check.

    Raises BadMapping, WrongMoment.
    """
    width = len(contact_import.mapping.get("header", ()))
    chosen = {field: columns[field] for field in FIELDS if 0 <= columns.get(field, -1) < width}
    missing, twice = missing_columns(chosen), columns_used_twice(chosen)
    if missing or twice:
        raise BadMapping(missing, twice)
    _move(
        contact_import,
        ("uploaded", "checked"),
        "checking",
        mapping=contact_import.mapping | {"columns": chosen, "defaults": asdict(defaults)},
        total=0,
        good=0,
        done=0,
        problems=[],
    )


def confirm(contact_import: ContactImport, choice: Literal["all", "good"]) -> None:
    """Start the import of all rows, or of the good ones among them.

    Raises AllRowsNotGood where all are asked for and some are bad, WrongMoment.
    """
    if choice == "all" and contact_import.good < contact_import.total:
        raise AllRowsNotGood
    _move(
        contact_import,
        ("checked",),
        "importing",
        mapping=contact_import.mapping | {"choice": choice},
        done=0,
        added=0,
        changed=0,
    )


def _move(
    contact_import: ContactImport, before: tuple[str, ...], after: str, **values: object
) -> None:
    moved = db.session.execute(
        update(ContactImport)
        .where(ContactImport.id == contact_import.id, ContactImport.state.in_(before))
        .values(state=after, failure="", **values)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:  # type: ignore[attr-defined]
        db.session.rollback()
        raise WrongMoment
    db.session.commit()
