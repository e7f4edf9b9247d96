"""Builders of exports: ordered and made through the real services, opened as their users do."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from sqlalchemy import select

from feedback.auth.models import User
from feedback.extensions import db
from feedback.results.exports import service
from feedback.results.exports.models import Export
from feedback.results.exports.orders import CSV, RAW, Wanted
from feedback.results.exports.service.workplace import folder, path_of
from tests.builders.people import a_user

Rows = list[dict[str, Any]]


def an_order(kind: str, **given: Any) -> Export:
    """Order an export in CSV for the first user there is, unless another file or owner is given."""
    owner = given.pop("owner", None) or db.session.scalar(select(User).limit(1)) or a_user()
    return service.place(Wanted(kind, **{"format": CSV} | given), owner.id)


def a_slice() -> None:
    """Be the worker for one slice, in a transaction of its own."""
    db.session.rollback()
    service.make_next()


def worked() -> None:
    """Be the worker until nothing is left to do."""
    while service.is_waiting():
        a_slice()


def made(kind: str, **given: Any) -> Export:
    """Order an export and let the worker make it."""
    export = an_order(kind, **given)
    worked()
    db.session.refresh(export)
    return export


def path_to(export: Export, part: str = "data") -> Path:
    """Return where a part of the export lies."""
    return path_of(export.file, part)


def rows_of(export: Export, part: str = "data") -> Rows:
    """Open a finished export again: one dict per row, blank cells as None."""
    assert (export.state, export.failure) == ("done", ""), export.failure
    content = path_to(export, part).read_bytes()
    header, *lines = OPENING[export.format](content)
    assert len(set(header)) == len(header), "two columns have become one"
    return [dict(zip(header, line, strict=True)) for line in lines]


def raw(kind: str, **given: Any) -> Rows:
    """Export in the raw form, as CSV, and open it again."""
    return rows_of(made(kind, form=RAW, **given))


def csv_lines(content: bytes) -> list[list[Any]]:
    """Read a CSV file."""
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [[cell or None for cell in line] for line in lines]


def sheet_lines(content: bytes, sheet: int = 0) -> list[list[Any]]:
    """Read a sheet of a workbook, with openpyxl and without calculating anything."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    return [list(line) for line in book.worksheets[sheet].iter_rows(values_only=True)]


OPENING: dict[str, Callable[[bytes], list[list[Any]]]] = {"csv": csv_lines, "xlsx": sheet_lines}


def refreshed(export: Export) -> Export:
    """Return the order as the database holds it now."""
    db.session.rollback()
    db.session.refresh(export)
    return export


def left_behind() -> list[str]:
    """Return everything that lies in the folder of exports."""
    return sorted(str(path.relative_to(folder())) for path in folder().rglob("*"))
