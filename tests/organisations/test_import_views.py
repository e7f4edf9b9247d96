"""Pages of an import over HTTP, from upload to result."""

import io
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from feedback.extensions import db
from feedback.organisations.models import Contact, ContactImport
from tests.builders.organisations import a_csv, a_workbook

Login = Callable[[str], FlaskClient]
Work = Callable[[], None]

HEADER = ("Perusahaan", "Nama", "Surel", "Bahasa")
GOOD = [
    ("PT Rekaan", "O'Brien", "obrien@example.com", "en"),
    ("PT Rekaan", 'Dewi "Ayu"', "ayu@example.com", "id"),
    ("Syarikat Contoh", "Siti binti Ahmad", "siti@example.com", "Melayu"),
    ("Syarikat Contoh", "<b>x</b>", "x@example.com", ""),
]
COLUMNS = {"organisation": "0", "name": "1", "email": "2", "language": "3"}
NONE = dict.fromkeys(
    [
        "role",
        "weight",
        "external_id",
        "kind",
        "segment",
        "yearly_value",
        "owner",
        "organisation_id",
    ],
    "-1",
)
DEFAULTS = {"default_language": "ms", "default_kind": "client", "default_weight": "user"}
MAPPING = COLUMNS | NONE | DEFAULTS


def upload(client: FlaskClient, content: bytes, name: str = "list.csv") -> TestResponse:
    return client.post("/contacts/import", data={"file": (io.BytesIO(content), name)})


def checked(client: FlaskClient, work: Work, *rows: tuple[str, ...]) -> str:
    """Bring a list as far as the preview; return its address."""
    response = upload(client, a_csv(HEADER, *rows))
    assert response.status_code == 303
    address = response.headers["Location"]
    assert client.post(f"{address}/mapping", data=MAPPING).status_code == 303
    work()
    return address


def test_a_list_is_imported_from_upload_to_result(login: Login, work: Work) -> None:
    client = login("manager")
    address = checked(client, work, *GOOD)
    preview = client.get(address).text
    assert "All 4 rows can be imported." in preview
    assert "O&#39;Brien" in preview
    assert client.post(f"{address}/confirm", data={"choice": "all"}).status_code == 303
    work()
    assert "list.csv is imported" in client.get(address).text
    found = {c.name: c.language for c in db.session.scalars(select(Contact))}
    assert found == {
        "O'Brien": "en",
        'Dewi "Ayu"': "id",
        "Siti binti Ahmad": "ms",
        "<b>x</b>": "ms",
    }


def test_a_workbook_is_imported_too(login: Login) -> None:
    client = login("manager")
    response = upload(client, a_workbook(HEADER, *GOOD), "list.xlsx")
    page = client.get(response.headers["Location"]).text
    assert "Siti binti Ahmad" in page
    assert '<option value="2" selected>Surel</option>' in page


def test_what_a_list_says_is_shown_as_text(login: Login, work: Work) -> None:
    """SEC-01: values, headings, file names and reasons."""
    client = login("manager")
    content = a_csv((*HEADER, "<u>x</u>"), ("<b>A</b>", "", "<i>@example.com", "<s>"))
    address = upload(client, content, "<em>.csv").headers["Location"]
    pages = client.get(address).text
    client.post(f"{address}/mapping", data=MAPPING)
    work()
    pages += client.get(address).text + client.get("/contacts/import").text
    for raw in ("<b>A", "<i>@", "<s>", "<u>x", "<em>.csv"):
        assert raw not in pages
        assert raw.replace("<", "&lt;").replace(">", "&gt;") in pages


def test_every_bad_row_is_listed_with_its_reason(login: Login, work: Work) -> None:
    client = login("manager")
    address = checked(
        client,
        work,
        GOOD[0],
        ("PT Rekaan", "Budi", "OBRIEN@example.com", "en"),
        ("PT Rekaan", "", "c@example.com", "Klingon"),
    )
    page = client.get(address).text
    assert "1 of 3 rows can be imported, 2 cannot." in page
    assert "Row 2 has this address already." in page
    assert "The name is missing." in page
    assert "Not a language Kesan speaks" in page
    assert "<td>4</td>" in page


def test_all_rows_are_refused_while_one_is_bad(login: Login, work: Work) -> None:
    client = login("manager")
    address = checked(client, work, GOOD[0], ("", "B", "b@example.com", ""))
    response = client.post(f"{address}/confirm", data={"choice": "all"}, follow_redirects=True)
    assert "Some rows cannot be imported." in response.text
    client.post(f"{address}/confirm", data={"choice": "good"})
    work()
    assert db.session.scalars(select(Contact.name)).all() == ["O'Brien"]
    done = client.get(address).text
    assert "The organisation is missing." in done


def test_wrong_columns_keep_what_was_chosen(login: Login) -> None:
    client = login("manager")
    address = upload(client, a_csv(HEADER, *GOOD)).headers["Location"]
    response = client.post(f"{address}/mapping", data=MAPPING | {"email": "-1", "role": "1"})
    assert response.status_code == 422
    assert "Choose the column that holds this." in response.text
    assert "Another field has this column already." in response.text
    assert '<option value="ms" selected>Bahasa Melayu</option>' in response.text


def test_a_column_that_is_not_in_the_list_is_refused(login: Login) -> None:
    client = login("manager")
    address = upload(client, a_csv(HEADER, *GOOD)).headers["Location"]
    response = client.post(f"{address}/mapping", data=MAPPING | {"email": "77"})
    assert response.status_code == 422


def test_a_file_that_is_no_list_is_refused_with_the_reason(login: Login) -> None:
    response = upload(login("manager"), b"\xd0\xcf\x11\xe0", "old.xls")
    assert response.status_code == 422
    assert "This is an old Excel file" in response.text


def test_no_file_is_said_kindly(login: Login) -> None:
    response = login("manager").post("/contacts/import", data={})
    assert response.status_code == 422
    assert "Choose a file." in response.text


def test_a_list_of_nine_megabytes_is_taken_and_of_eleven_is_not(login: Login) -> None:
    client = login("manager")
    row = ("PT Rekaan", "x" * 180, "p@example.com", "")
    assert upload(client, a_csv(HEADER, *[row] * 45_000)).status_code == 303
    assert upload(client, b"x" * 11_000_000).status_code == 413


def test_other_pages_take_no_such_mass(login: Login) -> None:
    response = login("manager").post("/contacts/new", data={"name": "x" * 2_000_000})
    assert response.status_code == 413


def test_an_upload_without_the_forms_token_is_refused(app: Flask, login: Login) -> None:
    """SEC: the larger limit does not go round the check of the form."""
    client = login("manager")
    app.config["WTF_CSRF_ENABLED"] = True
    assert upload(client, a_csv(HEADER, *GOOD)).status_code == 400
    assert db.session.scalars(select(ContactImport)).all() == []


def test_progress_is_polled_and_works_without_scripts(login: Login, work: Work) -> None:
    client = login("manager")
    address = upload(client, a_csv(HEADER, *GOOD)).headers["Location"]
    client.post(f"{address}/mapping", data=MAPPING)
    page = client.get(address).text
    assert f'hx-get="{address}/progress" hx-trigger="every 1s"' in page
    assert f'<a href="{address}">Refresh</a>' in page
    fragment = client.get(f"{address}/progress", headers={"HX-Request": "true"})
    assert 'id="import-progress"' in fragment.text
    assert "HX-Refresh" not in fragment.headers
    work()
    assert client.get(f"{address}/progress").headers["HX-Refresh"] == "true"


def test_a_file_found_damaged_later_says_so(login: Login, work: Work) -> None:
    client = login("manager")
    content = a_csv(HEADER, *GOOD, *GOOD) + b'"PT A,Ayu,ayu@example.com,\r\n'
    address = upload(client, content).headers["Location"]
    client.post(f"{address}/mapping", data=MAPPING)
    work()
    page = client.get(address).text
    assert "cannot be imported" in page
    assert "A quotation mark is opened and never closed" in page


def test_many_problems_are_shown_page_by_page(login: Login, work: Work) -> None:
    client = login("manager")
    address = checked(client, work, *[("", f"P{n}", f"p{n}@example.com", "") for n in range(60)])
    assert "1–50 of 60" in client.get(address).text
    assert "51–60 of 60" in client.get(f"{address}?page=2").text
