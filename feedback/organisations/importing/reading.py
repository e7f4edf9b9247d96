"""Reads a contact list from the bytes of a CSV or XLSX file, whatever wrote it."""

import codecs
import csv
import io
import itertools
from collections.abc import Iterable, Iterator

from feedback.organisations.importing import workbook
from feedback.organisations.importing.sheet import (
    MAX_ROWS,
    Sheet,
    SheetBuilder,
    UnreadableFile,
)

DELIMITERS = (",", ";", "\t", "|")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ROWS_TO_SNIFF = 50
_NO_LIMIT = 2**31 - 1
_ZIP = b"PK\x03\x04"
_END = "\x1fend of list"


def read(content: bytes, most_rows: int = MAX_ROWS + 1) -> Sheet:
    """Return the table in the file; its form is told by its bytes, not by its name.

    `most_rows` stops early, for a look at the head. Raises UnreadableFile.
    """
    builder = SheetBuilder(most_rows)
    # The csv module's own limit would take an open quote for damage; the builder cuts cells.
    csv.field_size_limit(_NO_LIMIT)
    for cells in _rows(content):
        if not builder.add(cells):
            break
    return builder.sheet()


def is_quick(content: bytes) -> bool:
    """Say whether the head of the file can be read while somebody waits. Raises UnreadableFile."""
    return not content.startswith(_ZIP) or workbook.is_quick(content)


def plain(sheet: Sheet) -> bytes:
    """Return the table as CSV that `read` gives back identical, row numbers included.

    A workbook takes seconds to read; kept like this it is read again in no time.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    number = 1
    for row_number, cells in ((sheet.header_row, sheet.header), *sheet.rows):
        target.write("\r\n" * (row_number - number))
        writer.writerow(cells)
        number = row_number + 1
    return b"sep=,\r\n" + target.getvalue().encode()


def _rows(content: bytes) -> Iterable[tuple[str, ...]]:
    if content.startswith(_ZIP):
        return workbook.workbook_rows(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile("old_workbook")
    return _text_rows(_decode(content))


def _decode(content: bytes) -> str:
    """Return the text: by its byte order mark, else UTF-8, else Windows' western code page."""
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise UnreadableFile("not_text")
        return text
    raise UnreadableFile("not_text")


def _text_rows(text: str) -> Iterator[tuple[str, ...]]:
    first_line, _break, rest = text.partition("\n")
    # Excel's own way to name the delimiter; Excel does not count it as a row either.
    if first_line.lower().startswith("sep=") and len(first_line.strip("\r")) <= 5:
        delimiter, text = first_line.rstrip("\r")[4:] or "\t", rest
    else:
        delimiter = _sniff(text)
    # A quote that is never closed swallows all rows below it, this last one included.
    source = io.StringIO(f"{text}\r\n{_END}", newline="")
    try:
        for cells in csv.reader(source, delimiter=delimiter):
            if cells == [_END]:
                return
            yield tuple(cells)
    except csv.Error as error:
        raise UnreadableFile("damaged") from error
    raise UnreadableFile("open_quote")


def _sniff(text: str) -> str:
    """Return the delimiter under which most rows are as wide as the header, and the header wide.

    A comma inside names or numbers does not mislead it: it splits the rows unevenly.
    """

    def fitness(delimiter: str) -> tuple[float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            widths = [len(row) for row in itertools.islice(reader, _ROWS_TO_SNIFF) if any(row)]
        except csv.Error:
            return 0.0, 0
        if not widths or widths[0] == 1:
            return 0.0, 0
        return sum(width == widths[0] for width in widths) / len(widths), widths[0]

    return max(DELIMITERS, key=fitness)
