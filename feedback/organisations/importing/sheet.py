"""A contact list as a table of texts, with the row numbers its author sees."""

from dataclasses import dataclass

MAX_ROWS = 60_000
MAX_COLUMNS = 60
MAX_CELL = 10_000
MAX_CHARACTERS = 40_000_000

Row = tuple[int, tuple[str, ...]]


class UnreadableFile(ValueError):
    """A file that is no contact list; `code` says why, for the page to put into words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Sheet:
    """A header and the rows below it; each row keeps the number it has in a spreadsheet."""

    header_row: int
    header: tuple[str, ...]
    rows: tuple[Row, ...]


class SheetBuilder:
    """Collects rows in file order and refuses what grows beyond a contact list.

    Blank rows are left out but counted, so that numbers stay those of the file. A cell is cut
    one character beyond MAX_CELL, which the check of any field then finds too long.
    """

    def __init__(self, most_rows: int = MAX_ROWS + 1) -> None:
        self._most = most_rows
        self._number = 0
        self._header: Row | None = None
        self._rows: list[Row] = []
        self._characters = 0

    def add(self, cells: tuple[str, ...]) -> bool:
        """Take the next row; say whether more are wanted. Raises UnreadableFile if too large."""
        self._number += 1
        if not cells:
            return True
        texts = tuple(cell[: MAX_CELL + 1].strip() for cell in cells)
        while texts and not texts[-1]:
            texts = texts[:-1]
        if not texts:
            return True
        if len(texts) > MAX_COLUMNS:
            raise UnreadableFile("too_many_columns")
        self._characters += sum(map(len, texts))
        if self._characters > MAX_CHARACTERS:
            raise UnreadableFile("too_large")
        if self._header is None:
            self._header = (self._number, texts)
            return True
        if len(self._rows) >= MAX_ROWS:
            raise UnreadableFile("too_many_rows")
        self._rows.append((self._number, texts))
        return len(self._rows) < self._most

    def sheet(self) -> Sheet:
        """Return what was collected. Raises UnreadableFile where there is not even a header."""
        if self._header is None:
            raise UnreadableFile("empty")
        return Sheet(self._header[0], self._header[1], tuple(self._rows))
