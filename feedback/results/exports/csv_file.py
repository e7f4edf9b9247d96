"""An export as CSV: RFC 4180, UTF-8 with the mark that Excel needs; the codebook beside it."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from feedback.results.exports.tables import Cell, Row

DATA, CODEBOOK = "data", "codebook"
# Short texts come again and again: so many of them are remembered as they are written.
REMEMBERED, SHORT = 20_000, 64

Open = Callable[[str], BinaryIO]  # part → a new file
Protect = Callable[[str], str]


class CsvFile:
    """Rows on their way into a file: numbers stay numbers, texts go through `protect`."""

    def __init__(self, new: Open, header: Row, protect: Protect) -> None:
        self._new, self._protect = new, protect
        self._known: dict[str, str] = {}
        self._begin(DATA)
        self.add([header])

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows."""
        said = self._said
        self._lines.writerows([said(cell) for cell in row] for row in rows)

    def finish(self, codebook: Iterable[Row]) -> None:
        """Hand everything to the file and write the codebook into one of its own."""
        self._end()
        self._begin(CODEBOOK)
        self.add(codebook)
        self._end()

    def _begin(self, part: str) -> None:
        self._text = io.TextIOWrapper(self._new(part), "utf-8-sig", newline="")
        self._lines = csv.writer(self._text)

    def _end(self) -> None:
        self._text.flush()
        self._text.detach()

    def _text_of(self, text: str) -> str:
        safe = self._protect(text)
        if len(text) < SHORT and len(self._known) < REMEMBERED:
            self._known[text] = safe
        return safe

    def _said(self, cell: Cell) -> str | int | float | None:
        if type(cell) is str:
            return self._known.get(cell) or self._text_of(cell)
        if isinstance(cell, datetime):
            return cell.isoformat(" ", "seconds")
        if isinstance(cell, date):
            return cell.isoformat()
        return f"{cell:f}" if isinstance(cell, Decimal) else cell
