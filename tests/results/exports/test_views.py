"""The pages of exports: who may order and fetch, that reading writes nothing, what they say."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from feedback import clock
from feedback.auth.models import User
from feedback.extensions import db
from feedback.results.exports import service
from feedback.results.exports.models import Export
from feedback.results.exports.orders import KEPT, KINDS
from tests.builders.confidential import a_confidential_campaign
from tests.builders.exports import a_slice, an_order, csv_lines, made, path_to, worked
from tests.builders.organisations import a_contact
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
)
from tests.house.pages import complaints
from tests.house.visitors import a_visitor
from tests.rows import dump, inside

Login = Callable[[str], FlaskClient]


def newest_user() -> User:
    """Return who has logged in last."""
    return db.session.scalars(select(User).order_by(User.id.desc()).limit(1)).one()


def ordered(client: FlaskClient, **given: object) -> str:
    """Order an export by the form and return the address of its page."""
    form = {"what": "contacts", "campaign": 0, "file": "csv", "values": "labels"}
    answer = client.post("/exports/new", data=form | given)
    assert answer.status_code == 303, answer.text
    return answer.location


def words(html: str) -> str:
    """Return the page's text, spaces folded."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_from_the_order_to_the_file_in_hand(login: Login) -> None:
    contact = a_contact(name="=1+1")
    reader = login("manager")
    page = ordered(reader)
    assert "This starts within a few seconds." in reader.get(page).text
    worked()
    shown = words(reader.get(page).text)
    assert "1 row, as many as were counted when the data were read." in shown
    answer = reader.post(f"{page}/data")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    day = clock.now().date().isoformat()
    assert f"contacts-{day}.csv" in answer.headers["Content-Disposition"]
    header, line = csv_lines(answer.data)
    assert dict(zip(header, line, strict=True))["Email address"] == contact.email
    assert dict(zip(header, line, strict=True))["Contact"] == "'=1+1"
    codebook = reader.post(f"{page}/codebook")
    assert "codebook" in codebook.headers["Content-Disposition"]
    assert csv_lines(codebook.data)[0][0] == "Part"


def test_a_workbook_comes_as_one(login: Login) -> None:
    a_contact()
    reader = login("admin")
    page = ordered(reader, file="xlsx", values="raw")
    worked()
    answer = reader.post(f"{page}/data")
    assert answer.mimetype.endswith("spreadsheetml.sheet")
    assert "contacts-raw-" in answer.headers["Content-Disposition"]
    assert load_workbook(io.BytesIO(answer.data)).sheetnames == ["Data", "Codebook"]
    assert "codebook" not in reader.get(page).text.replace("Codebook", "")
    assert reader.post(f"{page}/codebook").status_code == 404


@pytest.mark.parametrize("path", ["/exports", "/exports/new", "/exports/1", "/exports/1/progress"])
def test_a_viewer_gets_no_export(login: Login, path: str) -> None:
    """SEC-10: looking at results does not mean taking them along."""
    made("contacts")
    viewer = login("viewer")
    assert viewer.get(path).status_code == 403
    assert viewer.post("/exports/new", data={"what": "contacts"}).status_code == 403
    assert viewer.post("/exports/1/data").status_code == 403


def test_a_viewer_is_not_offered_any(bare_app: Flask) -> None:
    viewer, manager = a_visitor(bare_app, "viewer"), a_visitor(bare_app, "manager")
    with inside(bare_app):
        home = an_organisation_with(1)
        campaign = a_campaign()
        a_sent_response(invitations_of(campaign, home)[0], all_points(4))
        address = f"/campaigns/{campaign.id}/summary"
    assert "/exports" not in viewer.get(address).text
    assert "/exports/new?what=answers&amp;campaign=" in manager.get(address).text


def test_an_order_of_somebody_else_is_not_there(bare_app: Flask) -> None:
    """SEC-09 and SEC-10: not even for an administrator who knows the address."""
    owner = a_visitor(bare_app, "manager")
    others = [a_visitor(bare_app, role) for role in ("manager", "admin")]
    bare_app.config["WTF_CSRF_ENABLED"] = False
    with inside(bare_app):
        a_contact()
    page = ordered(owner)
    with inside(bare_app):
        worked()
    for other in others:
        assert other.get(page).status_code == 404
        assert other.get(f"{page}/progress").status_code == 404
        assert other.post(f"{page}/data").status_code == 404
        assert page not in other.get("/exports").text
    assert owner.post(f"{page}/data").status_code == 200


def test_taking_a_file_along_is_noted_and_looking_at_it_is_not(login: Login) -> None:
    a_contact()
    reader = login("manager")
    page = ordered(reader)
    worked()
    for _ in range(2):
        assert reader.post(f"{page}/data").status_code == 200
    export = db.session.scalars(select(Export)).one()
    assert (export.downloads, export.written, export.kind) == (2, 1, "contacts")
    assert export.downloaded_at is not None
    assert export.owner_id == newest_user().id
    assert "2 times, last" in words(reader.get(page).text)


def test_no_get_writes_anything(bare_app: Flask) -> None:
    """EML-01."""
    visitor = a_visitor(bare_app, "manager")
    bare_app.config["WTF_CSRF_ENABLED"] = False
    with inside(bare_app):
        a_contact()
        page = f"/exports/{made('contacts', owner=newest_user()).id}"
        waiting = f"/exports/{an_order('contacts', owner=newest_user()).id}"
    before = dump(bare_app)
    for path in ("/exports", "/exports/new?what=answers", page, waiting, f"{waiting}/progress"):
        assert visitor.get(path).status_code == 200
    assert visitor.get(f"{page}/data").status_code == 405
    assert dump(bare_app) == before


def test_after_a_day_the_file_is_gone_and_the_page_says_so(login: Login) -> None:
    a_contact()
    reader = login("manager")
    page = ordered(reader)
    worked()
    with clock.standing_at(clock.now() + KEPT):
        assert reader.post(f"{page}/data").status_code == 404  # the worker has not come by yet
        assert "The file was deleted" in reader.get(page).text
        service.remove_expired()
        assert reader.post(f"{page}/data").status_code == 404
        shown = reader.get(page).text
    assert "The file was deleted" in shown
    assert "/exports/new?what=contacts" in shown


@pytest.mark.parametrize("harm", ["cut", "gone"])
def test_a_file_that_is_not_whole_any_more_is_not_handed_out(login: Login, harm: str) -> None:
    a_contact()
    reader = login("manager")
    page = ordered(reader)
    worked()
    path = path_to(db.session.scalars(select(Export)).one())
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.unlink()
    assert reader.post(f"{page}/data").status_code == 404


def test_a_confidential_campaign_is_refused_with_a_sentence(login: Login) -> None:
    an_organisation_with(5, kind="internal")
    campaign = a_confidential_campaign()
    reader = login("manager")
    sentence = "published for groups of at least 5 people only"
    page = reader.get(f"/exports/new?what=answers&campaign={campaign.id}")
    assert sentence in page.text
    for kind in KINDS:
        form = {"what": kind, "campaign": campaign.id, "file": "csv", "values": "raw"}
        answer = reader.post("/exports/new", data=form)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert db.session.scalars(select(Export)).all() == []


def test_what_is_missing_in_an_order_is_said_beside_it(login: Login) -> None:
    reader = login("manager")
    answer = reader.post("/exports/new", data={"what": "answers", "campaign": 0})
    assert answer.status_code == 422
    assert "Choose one campaign." in answer.text
    assert reader.post("/exports/new", data={"what": "secrets"}).status_code == 422
    for nonsense in ("campaign=4711", "campaign=x", "period=w4711", "period=soon", "period=12"):
        assert reader.get(f"/exports/new?{nonsense}").status_code == 404


def test_the_address_of_a_list_carries_its_filters_over(login: Login) -> None:
    home = an_organisation_with(2, segment="retail")
    an_organisation_with(3, segment="other")
    reader = login("manager")
    address = f"/exports/new?what=contacts&segment=retail&organisation={home.id}"
    page = reader.get(address).text
    assert "Narrowed to" in page
    assert home.name in page
    form = {"what": "contacts", "campaign": 0, "file": "csv", "values": "raw"}
    page = reader.post(address, data=form).location
    worked()
    assert len(csv_lines(reader.post(f"{page}/data").data)) == 3
    assert "retail" in words(reader.get(page).text)


def test_progress_is_a_fragment_that_reloads_the_page_once_it_stands_still(login: Login) -> None:
    a_contact()
    reader = login("manager")
    page = ordered(reader)
    answer = reader.get(f"{page}/progress", headers={"HX-Request": "true"})
    assert "HX-Refresh" not in answer.headers
    assert answer.text.lstrip().startswith('<div id="export-progress"')
    a_slice()
    assert "0 of 1" in words(reader.get(f"{page}/progress").text)
    worked()
    assert reader.get(f"{page}/progress").headers["HX-Refresh"] == "true"


def test_every_page_of_an_order_is_whole(login: Login) -> None:
    a_contact()
    reader = login("manager")
    assert "No exports yet" in reader.get("/exports").text
    page = ordered(reader)
    for _ in range(3):
        for path in (page, "/exports", "/exports/new"):
            assert complaints(reader.get(path).text) == []
        a_slice()
    worked()
    assert complaints(reader.get(page).text) == []
    failed = an_order("contacts", owner=newest_user())
    failed.state, failed.failure = "failed", "count"
    db.session.commit()
    shown = reader.get(f"/exports/{failed.id}").text
    assert complaints(shown) == []
    assert "Fewer or more rows came out than were counted" in shown
