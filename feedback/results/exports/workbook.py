"""An export as an XLSX workbook: a sheet of data, a sheet of its codebook, no formula anywhere.

XlsxWriter packs the workbook. The rows it would write itself are written here: in its mode of
constant memory it takes a text like "<r>…</r>" for markup of its own and puts it into the sheet
unescaped, so that an answer could bring a formula along; and it takes four times as long.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from feedback.results.exports.csv_file import DATA, REMEMBERED, SHORT, Open, Protect
from feedback.results.exports.orders import Refused
from feedback.results.exports.tables import NUMBER, Cell, Column, Row

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # of a sheet
MOST_UNITS = 32_767  # UTF-16 units in one cell
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - the days of a sheet know no zone
_FIRST_DAY = date(1900, 3, 1)  # before it, Excel's calendar has a day too many
# What XML cannot hold, and what would be read as the escape of such a character.
_UNSAID = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NARROW, _WIDE, _LONG = 12, 20, 44


class RowSheet(Worksheet):  # type: ignore[misc]  # comes without types
    """A sheet that takes whole rows, one below the other."""

    def begin(self, width: int, day: Any, moment: Any, protect: Protect) -> None:
        """Say how many columns the rows have, and the formats of days and moments."""
        self._letters = [xl_col_to_name(at) for at in range(width)]
        self._day, self._moment = day._get_xf_index(), moment._get_xf_index()
        self._protect = protect
        self._known: dict[str, str] = {}
        self.count = 0

    def add(self, row: Row, style: str = "") -> None:
        """Write one row; `style` is a cell's attribute. Raises Refused for a text too long."""
        self.count += 1
        number, known = self.count, self._known
        parts = [f'<row r="{number}">']
        for letter, cell in zip(self._letters, row, strict=True):
            if cell is None or cell == "":
                continue
            kind = type(cell)
            if kind is str:
                said = known.get(cell) or self._text(cell)  # type: ignore[arg-type]
            elif kind is int or kind is float:
                said = f"><v>{cell}</v></c>"
            else:
                said = self._other(cell)
            parts.append(f'<c r="{letter}{number}"{style}{said}')
        parts.append("</row>")
        self.fh.write("".join(parts))

    def end(self) -> None:
        """Say how large the sheet has become, and freeze its header."""
        self._check_dimensions(0, 0)
        self._check_dimensions(max(0, self.count - 1), len(self._letters) - 1)
        self.freeze_panes(1, 0)
        if self.count > 1:
            self.autofilter(0, 0, self.count - 1, len(self._letters) - 1)

    def _text(self, text: str) -> str:
        safe = self._protect(text)
        if len(safe) > MOST_UNITS // 2 and len(safe.encode("utf-16-le")) > 2 * MOST_UNITS:
            raise Refused("too_long_text")
        space = ' xml:space="preserve"' if safe[0].isspace() or safe[-1].isspace() else ""
        written = escape(_UNSAID.sub(_escaped, safe))
        said = f' t="inlineStr"><is><t{space}>{written}</t></is></c>'
        if len(text) < SHORT and len(self._known) < REMEMBERED:
            self._known[text] = said
        return said

    def _other(self, cell: Cell) -> str:
        if isinstance(cell, Decimal):
            return f"><v>{cell:f}</v></c>"
        if isinstance(cell, datetime):
            days = (cell - _DAY_ZERO).total_seconds() / 86_400
            return f' s="{self._moment}"><v>{days!r}</v></c>'
        assert isinstance(cell, date), cell
        if cell < _FIRST_DAY:
            return self._text(cell.isoformat())
        return f' s="{self._day}"><v>{cell.toordinal() - _DAY_ZERO.toordinal()}</v></c>'


class Workbook:
    """Rows on their way into a workbook; its other parts lie in `folder` until it is packed."""

    def __init__(
        self, new: Open, header: Row, protect: Protect, folder: Path, names: tuple[str, str]
    ) -> None:
        if len(header) > MOST_COLUMNS:
            raise Refused("too_many_columns")
        self._book = xlsxwriter.Workbook(new(DATA), _OPTIONS | {"tmpdir": str(folder)})
        self._book.use_zip64()
        self._bold = self._book.add_format({"bold": True})
        self._formats = [
            self._book.add_format({"num_format": shown})
            for shown in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm")
        ]
        self._protect, self._codebook_name = protect, names[1]
        self._data = self._sheet(names[0], header)

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows. Raises Refused where a row or a text does not fit."""
        for row in rows:
            self._data.add(row)

    def set_widths(self, columns: Sequence[Column]) -> None:
        """Give the columns of the data a width that fits what they hold."""
        for at, column in enumerate(columns):
            self._data.set_column(at, at, _NARROW if column.kind == NUMBER else _WIDE)

    def finish(self, codebook: Sequence[Row]) -> None:
        """Write the codebook's sheet and pack everything."""
        self._data.end()
        sheet = self._sheet(self._codebook_name, codebook[0])
        for row in codebook[1:]:
            sheet.add(row)
        sheet.set_column(0, 1, _WIDE)
        sheet.set_column(2, 3, _LONG)
        sheet.set_column(6, 7, _LONG)
        sheet.end()
        try:
            self._book.close()
        except FileCreateError as error:
            raise error.args[0] from error

    def _sheet(self, name: str, header: Row) -> RowSheet:
        sheet = self._book.add_worksheet(_fitting(name), RowSheet)
        sheet.begin(len(header), *self._formats, self._protect)
        sheet.add(header, f' s="{self._bold._get_xf_index()}"')
        return sheet


def _fitting(name: str) -> str:
    """Return a name that a sheet can have: some characters and more than 31 are not allowed."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31]


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found.group()):04X}_"
