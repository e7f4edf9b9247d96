"""Tables as files for spreadsheet programs, in which no cell is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# What makes a spreadsheet program calculate, full-width forms included (SEC-04).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """Return the text with an apostrophe before what would begin a formula.

    One that stands there already gets another, so that no two texts become the same.

    >>> harmless("=1+1"), harmless("'=1+1"), harmless("late, twice"), harmless("")
    ("'=1+1", "''=1+1", 'late, twice', '')
    """
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file (RFC 4180, UTF-8 with the mark that Excel needs), every cell harmless."""
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow([harmless(cell) for cell in header])
    lines.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
