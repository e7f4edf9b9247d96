"""Reads the first sheet of an XLSX workbook row by row, within bounds a bomb cannot pass."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from feedback.organisations.importing.sheet import MAX_COLUMNS, UnreadableFile

MAX_UNPACKED = 200_000_000
MAX_STRINGS = 60_000_000  # openpyxl holds all texts in memory
QUICKLY_READ = 2_000_000
_LAST_ROW = 1_048_576  # of any workbook; a row number beyond it is a lie
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    OSError,
    EOFError,
    ValueError,  # defusedxml's refusals are ValueErrors too
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,  # zipfile: locked with a password
)


def is_quick(content: bytes) -> bool:
    """Say whether the workbook is small enough to be read while somebody waits (below 1 s).

    Raises UnreadableFile for anything that is no workbook or unpacks beyond the bounds.
    """
    return _unpacked(content) <= QUICKLY_READ


def workbook_rows(content: bytes) -> Iterator[tuple[str, ...]]:
    """Yield every row of the first sheet as texts, blank rows included; formulas by their value.

    Raises UnreadableFile for anything that is no workbook or unpacks beyond the bounds.
    """
    _unpacked(content)
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for row in _first_sheet(workbook).iter_rows(
            max_row=_LAST_ROW, max_col=MAX_COLUMNS + 1, values_only=True
        ):
            # Blank rows in front of a far-away one can be a million.
            yield () if row.count(None) == len(row) else tuple(map(_text, row))
    except UnreadableFile:
        raise
    except _DAMAGED as error:
        raise UnreadableFile("damaged") from error


def _first_sheet(workbook: Any) -> Any:
    if not workbook.worksheets:
        raise UnreadableFile("empty")
    return workbook.worksheets[0]


def _unpacked(content: bytes) -> int:
    # zipfile never unpacks more of a member than its directory declares, so the sum is a bound.
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except _DAMAGED as error:
        raise UnreadableFile("damaged") from error
    strings = sum(m.file_size for m in members if m.filename.endswith("sharedStrings.xml"))
    total = sum(m.file_size for m in members)
    if total > MAX_UNPACKED or strings > MAX_STRINGS:
        raise UnreadableFile("too_large")
    return total


def _text(value: object) -> str:
    """Return a cell as its author would type it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)
