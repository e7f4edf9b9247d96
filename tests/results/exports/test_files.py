"""CSV and XLSX: nothing becomes a formula, nothing is lost, numbers stay numbers."""

import errno
import gc
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from feedback.results.exports import workbook
from feedback.results.exports.csv_file import CsvFile
from feedback.results.exports.orders import Refused
from feedback.results.exports.tables import Row
from feedback.results.exports.workbook import Workbook
from feedback.web.spreadsheets import harmless
from tests.builders.exports import csv_lines, sheet_lines

FORMULAS = (
    *(
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\0=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠a",
    ),
    *('=HYPERLINK("http://x.example.com","pay")', "=cmd|' /C calc'!A0", "'=1+1", "''=1+1"),
    # XlsxWriter's own markup of rich text: written unescaped, it would bring a cell along.
    '<r></r></is></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="inlineStr"><is><r></r>',
    *("<r><t>x</t></r>", "{=1+1}", "http://x.example.com", "mailto:a@example.com", "12", "TRUE"),
)
ACTIVE = tuple("=+-@\t\r\n\0＝＋－＠")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def original(text: str) -> str:
    """Undo what makes a text harmless."""
    guarded = text.startswith("'") and text.lstrip("'").startswith(ACTIVE)
    return text[1:] if guarded else text


def a_csv(*rows: Row, protect: object = harmless) -> bytes:
    """Write rows, the header first, as CSV."""
    files: dict[str, BinaryIO] = {}

    def new(part: str) -> BinaryIO:
        return files.setdefault(part, io.BytesIO())

    written = CsvFile(new, rows[0], protect)  # type: ignore[arg-type]
    written.add(rows[1:])
    written.finish([["key"]])
    return files["data"].getvalue()  # type: ignore[attr-defined]


def a_book(folder: Path, *rows: Row, protect: object = harmless) -> bytes:
    """Write rows, the header first, as a workbook."""
    file = io.BytesIO()
    names = ("Data", "Codebook")
    book = Workbook(lambda _part: file, rows[0], protect, folder, names)  # type: ignore[arg-type]
    book.add(rows[1:])
    book.finish([["key"], ["=1"]])
    return file.getvalue()


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_begins_a_formula_and_its_text_comes_back(text: str) -> None:
    """SEC-04."""
    lines = csv_lines(a_csv([text, "b"], [text, 1]))
    assert [original(line[0]) for line in lines] == [text, text]
    assert not lines[1][0].startswith(ACTIVE)


@pytest.mark.parametrize("text", FORMULAS)
def test_every_text_of_a_workbook_is_a_text_and_comes_back(tmp_path: Path, text: str) -> None:
    """SEC-04 and F13: no formula, no link, no number made of digits that were typed."""
    content = a_book(tmp_path, [text, "b"], [text, 1])
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    assert (sheet.max_row, sheet.max_column) == (2, 2)
    for row in (1, 2):
        cell = sheet.cell(row, 1)
        assert (cell.data_type, cell.hyperlink) == ("s", None)
        assert original(unescape(cell.value)) == text
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheets = [name for name in parts.namelist() if "worksheets" in name]
        assert all(b"<f>" not in parts.read(name) for name in sheets)


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_whatever_is_typed_comes_back_from_both(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    header = [f"c{at}" for at, _ in enumerate(texts)]
    (_, line) = csv_lines(a_csv(header, texts))
    assert [original(cell) for cell in line] == texts
    folder = tmp_path_factory.mktemp("book")
    (_, line) = sheet_lines(a_book(folder, header, texts))
    assert [original(unescape(cell)) for cell in line] == texts


def test_headers_that_differ_stay_two_columns(tmp_path: Path) -> None:
    """SEC-04: making one harmless must not make it another."""
    for read in (csv_lines(a_csv(["=a", "'=a"])), sheet_lines(a_book(tmp_path, ["=a", "'=a"]))):
        assert len(set(read[0])) == 2


def test_the_raw_form_has_no_apostrophes_and_still_no_formula(tmp_path: Path) -> None:
    (_, line) = csv_lines(a_csv(["a"], ["=1+1"], protect=str))
    assert line == ["=1+1"]
    cell = load_workbook(io.BytesIO(a_book(tmp_path, ["a"], ["=1+1"], protect=str))).active["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


MOMENT = datetime(2026, 11, 28, 16, 5, 7)  # noqa: DTZ001 - a sheet's cell has no zone
VALUES = [-5, 0, 12.25, Decimal("-0.5"), date(2026, 11, 28), MOMENT, "text", None]


def test_numbers_days_and_moments_are_what_they_are(tmp_path: Path) -> None:
    header = [str(at) for at, _ in enumerate(VALUES)]
    (_, line) = sheet_lines(a_book(tmp_path, header, VALUES))
    assert line == [-5, 0, 12.25, -0.5, datetime(2026, 11, 28), MOMENT, "text", None]  # noqa: DTZ001
    (_, line) = csv_lines(a_csv(header, VALUES))
    assert line == [
        *("-5", "0", "12.25", "-0.5", "2026-11-28", "2026-11-28 16:05:07", "text"),
        None,
    ]


def test_a_day_before_the_calendar_of_sheets_is_a_text(tmp_path: Path) -> None:
    (_, line) = sheet_lines(a_book(tmp_path, ["born"], [date(1899, 5, 1)]))
    assert line == ["1899-05-01"]


def test_a_csv_is_utf8_with_its_mark_and_lines_as_the_rfc_wants() -> None:
    content = a_csv(["a", "b"], ['say "no", twice', "王\n2"])
    assert content == '\ufeffa,b\r\n"say ""no"", twice","王\n2"\r\n'.encode()


def test_a_text_no_cell_can_hold_is_refused_not_cut(tmp_path: Path) -> None:
    """Complaint 8: nothing is shortened in silence. An emoji takes two units of a cell."""
    fitting, long = "🙂" * 16_383, "🙂" * 16_384
    (_, line) = sheet_lines(a_book(tmp_path, ["a"], [fitting]))
    assert line == [fitting]
    with pytest.raises(Refused, match="too_long_text"):
        a_book(tmp_path, ["a"], [long])
    (_, line) = csv_lines(a_csv(["a"], [long]))
    assert line == [long]


def test_more_columns_than_a_sheet_has_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="too_many_columns"):
        a_book(tmp_path, ["a"] * (workbook.MOST_COLUMNS + 1))


def test_a_row_of_another_width_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        a_book(tmp_path, ["a", "b"], ["only one"])


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_full_disk_is_told_as_what_it_is(tmp_path: Path) -> None:
    """Whatever fails inside the library comes out as the error of the operating system."""
    with open("/dev/full", "w+b", buffering=0) as full:
        book = Workbook(lambda _part: full, ["a"], harmless, tmp_path, ("Data", "Codebook"))
        book.add([["text"]])
        with pytest.raises(OSError) as caught:  # noqa: PT011 - the number says which
            book.finish([["key"]])
        assert caught.value.errno == errno.ENOSPC
        del book, caught
        gc.collect()  # the archive that could not be ended complains here, not in another test


def test_the_header_stays_in_view_and_can_be_filtered(tmp_path: Path) -> None:
    sheet = load_workbook(io.BytesIO(a_book(tmp_path, ["a", "b"], [1, 2]))).worksheets[0]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")
    assert sheet["A1"].font.bold
