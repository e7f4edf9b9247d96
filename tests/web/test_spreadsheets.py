"""Files for spreadsheet programs."""

import csv
import io

import pytest

from feedback.web.spreadsheets import as_csv


@pytest.mark.parametrize("begin", list("=+-@\t\r\n\0＝＋－＠"))
def test_no_cell_is_taken_for_a_formula(begin: str) -> None:
    """SEC-04: what would begin a formula has an apostrophe before it."""
    read = list(csv.reader(io.StringIO(as_csv(("text",), [(f"{begin}1+1",)]).decode("utf-8-sig"))))
    assert read[1][0].startswith("'")


def test_cells_come_back_as_they_were() -> None:
    row = ['He said "late", twice', "two\nlines", "", "王 é", "a=b"]
    text = as_csv(("a", "b", "c", "d", "e"), [row]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b", "c", "d", "e"], row]
