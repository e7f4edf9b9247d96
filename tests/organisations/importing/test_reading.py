"""Files of every make become the same table."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from feedback.organisations.importing import sheet as limits
from feedback.organisations.importing.reading import is_quick, plain, read
from feedback.organisations.importing.sheet import UnreadableFile
from tests.builders.organisations import a_csv, a_workbook

HEADER = ("Organisation", "Name", "Email")
AWKWARD = (
    "O'Brien",
    'Dewi "Ayu"',
    "Siti binti Ahmad",
    "王",
    "Łukasz",
    "<b>x</b>",
    '=HYPERLINK("http://example.com")',
    "{{7*7}}",
    "-5; DROP",
    "Budi, S.E.",
)
ROWS = [HEADER, *(("PT Rekaan", name, f"p{n}@example.com") for n, name in enumerate(AWKWARD))]


def names(content: bytes) -> list[str]:
    return [cells[1] for _number, cells in read(content).rows]


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    return refused.value.code


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_awkward_names_arrive_verbatim(delimiter: str, encoding: str) -> None:
    assert names(a_csv(*ROWS, delimiter=delimiter, encoding=encoding)) == list(AWKWARD)


def test_awkward_names_arrive_verbatim_from_a_workbook() -> None:
    assert names(a_workbook(*ROWS)) == list(AWKWARD)


def test_a_list_in_windows_code_page_is_read() -> None:
    assert names(a_csv(HEADER, ("Café", "Zoë", "z@example.com"), encoding="cp1252")) == ["Zoë"]


def test_big_endian_utf_16_is_read() -> None:
    content = b"\xfe\xff" + a_csv(HEADER, ("PT", "王", "w@example.com"), encoding="utf-16-be")
    assert names(content) == ["王"]


def test_commas_inside_cells_do_not_mislead_the_delimiter() -> None:
    text = "Nama;Email;Jabatan\nAyu, S.E.;a@example.com;Kepala, Umum\nB;b@example.com;1,5\n"
    assert read(text.encode()).header == ("Nama", "Email", "Jabatan")


def test_excels_own_line_about_the_delimiter_is_obeyed_and_not_counted() -> None:
    found = read(b"sep=;\r\nName;Email\r\nAyu;a@example.com\r\n")
    assert (found.header_row, found.rows) == (1, ((2, ("Ayu", "a@example.com")),))


def test_rows_keep_the_numbers_of_the_spreadsheet() -> None:
    text = '\nName,Email\nAyu,a@example.com\n\n"Two\nlines",b@example.com\nCitra,c@example.com\n'
    assert [number for number, _cells in read(text.encode()).rows] == [3, 5, 6]


def test_rows_of_a_workbook_keep_their_numbers() -> None:
    content = a_workbook((), HEADER, (), ("PT", "Ayu", "a@example.com"))
    assert [number for number, _cells in read(content).rows] == [4]


def test_numbers_of_a_workbook_are_read_as_typed() -> None:
    content = a_workbook(HEADER, ("PT", 12.0, 7), ("PT", 1.5, None))
    assert [cells for _number, cells in read(content).rows] == [("PT", "12", "7"), ("PT", "1.5")]


def test_the_plain_form_reads_back_identical() -> None:
    found = read(a_workbook((), *ROWS, (), ("PT", "Two\nlines", "x@example.com")))
    assert read(plain(found)) == found


def test_a_look_at_the_head_stops_there() -> None:
    assert len(read(a_csv(*ROWS), most_rows=3).rows) == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n , \n", "empty"),
        (b"Name,Email\nA\0yu,a@example.com\n", "not_text"),
        (b"\x81\x8d\x8f\x90", "not_text"),
        (b"PK\x03\x04 no workbook", "damaged"),
        (b"\xd0\xcf\x11\xe0 an old one", "old_workbook"),
        (b'Name,Email\n"Ayu,a@example.com\nBudi,b@example.com\n', "open_quote"),
        (b",".join([b"x"] * 61), "too_many_columns"),
        (b"Name\n" + b"x\n" * (limits.MAX_ROWS + 1), "too_many_rows"),
    ],
)
def test_what_is_no_contact_list_is_refused_with_its_reason(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refusal(target.getvalue()) == "damaged"


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(21):
            member.write(b" " * 10_000_000)
    assert len(target.getvalue()) < 1_000_000
    assert refusal(target.getvalue()) == "too_large"


def test_a_workbook_whose_xml_declares_entities_is_refused() -> None:
    source = io.BytesIO(a_workbook(*ROWS))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = b'<!DOCTYPE x [<!ENTITY e "lol">]>' + text.replace(b"?>", b"?>", 1)
            new.writestr(name, text)
    assert refusal(target.getvalue()) == "damaged"


def test_a_far_away_row_does_not_make_a_million_rows() -> None:
    book = Workbook()
    book.active.cell(1, 1, "Name")
    book.active.cell(1_048_576, 1, "Ayu")
    target = io.BytesIO()
    book.save(target)
    assert read(target.getvalue()).rows == ((1_048_576, ("Ayu",)),)


def test_a_giant_cell_is_cut_beyond_what_any_field_takes() -> None:
    found = read(b"Name,Email\n" + b"x" * 1_000_000 + b",a@example.com\n")
    assert len(found.rows[0][1][0]) == limits.MAX_CELL + 1


def test_only_large_workbooks_are_left_to_the_worker() -> None:
    assert is_quick(a_workbook(*ROWS))
    assert is_quick(a_csv(*ROWS))
    assert not is_quick(a_workbook(HEADER, *[("PT Rekaan", "x" * 30, "y")] * 15_000))
