"""Tests of the pages of public links: who may, what is kept on errors, what is counted."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.campaigns import service
from feedback.campaigns.models import Campaign, PublicLink
from feedback.extensions import db
from feedback.outbox.models import Mail
from feedback.surveys import queries as surveys
from tests.builders.campaigns import a_draft
from tests.builders.links import a_link, a_public_draft
from tests.builders.organisations import a_contact, an_organisation
from tests.house.pages import complaints
from tests.house.visitors import a_visitor
from tests.rows import count, dump, inside

TYPED = '<script>alert(1)</script> {{7*7}} O\'Brien "Ayu" 王'


@pytest.fixture
def house(bare_app: Flask) -> Flask:
    """The app as people meet it, without form tokens."""
    bare_app.config["WTF_CSRF_ENABLED"] = False
    return bare_app


@pytest.fixture
def manager(house: Flask) -> FlaskClient:
    """Somebody who may manage campaigns."""
    return a_visitor(house, "manager")


def _draft(house: Flask) -> tuple[int, int]:
    """Make a public draft and a unit; return their ids."""
    with inside(house):
        return a_public_draft().id, an_organisation(kind="internal", name="Service desk").id


def _open(house: Flask, **given: str) -> tuple[int, int]:
    """Make an open campaign with one link; return their ids."""
    with inside(house):
        link = a_link(**given)
        return link.campaign_id, link.id


def _filled(unit_id: int, **changed: str) -> dict[str, str]:
    filled = {"place": "Counter 1", "channel": "counter", "staff_role": "cashier"}
    return {**filled, "organisation_id": str(unit_id), "language": "id", **changed}


def _links(house: Flask) -> list[PublicLink]:
    with inside(house):
        return list(db.session.query(PublicLink).order_by(PublicLink.id))


def test_a_public_campaign_is_made_without_audience_and_messages(
    house: Flask, manager: FlaskClient
) -> None:
    with inside(house):
        a_draft()
        version = surveys.find_newest_version("customer_moment")
        assert version is not None
        asked = version.id
    assert f'<option value="{asked}" selected' in manager.get("/campaigns/new-public").text
    filled = {"name": "Shops", "survey_version_id": str(asked), "company": "Sagara"}
    closes = re.search(r'value="(\d{4}-\d\d-\d\d)"', manager.get("/campaigns/new-public").text)
    assert closes
    answer = manager.post("/campaigns/new-public", data={**filled, "closes_on": closes[1]})
    assert answer.status_code == 303
    with inside(house):
        made = db.session.get_one(Campaign, int(answer.location.rpartition("/")[2]))
        assert (made.kind, made.state, made.messages, made.audience) == ("public", "draft", {}, {})


def test_a_public_draft_is_changed_by_its_own_form(house: Flask, manager: FlaskClient) -> None:
    campaign_id, _unit = _draft(house)
    page = manager.get(f"/campaigns/{campaign_id}/edit").text
    assert "rest_days" not in page
    closes = re.search(r'value="(\d{4}-\d\d-\d\d)"', page)
    version = re.search(r'<option value="(\d+)" selected', page)
    assert closes
    assert version
    filled = {"survey_version_id": version[1], "company": "Sagara", "closes_on": closes[1]}
    answer = manager.post(f"/campaigns/{campaign_id}/edit", data={**filled, "name": "Renamed"})
    assert answer.status_code == 303
    with inside(house):
        changed = db.session.get_one(Campaign, campaign_id)
        assert (changed.name, changed.kind) == ("Renamed", "public")


def test_a_link_is_added_by_its_form(house: Flask, manager: FlaskClient) -> None:
    campaign_id, unit_id = _draft(house)
    answer = manager.post(
        f"/campaigns/{campaign_id}/links/new", data=_filled(unit_id, kiosk="y", channel="chat")
    )
    assert (answer.status_code, answer.location) == (303, f"/campaigns/{campaign_id}#links")
    (link,) = _links(house)
    assert (link.place, link.channel, link.staff_role) == ("Counter 1", "chat", "cashier")
    assert (link.organisation_id, link.language, link.kiosk) == (unit_id, "id", True)


@pytest.mark.parametrize(
    "changed",
    [
        {"place": "  "},
        {"place": "p" * 121},
        {"channel": "fax"},
        {"organisation_id": "987654"},
        {"language": "xx"},
        {"staff_role": "r" * 121},
    ],
)
def test_a_wrong_link_is_refused_and_what_was_typed_stays(
    house: Flask, manager: FlaskClient, changed: dict[str, str]
) -> None:
    campaign_id, unit_id = _draft(house)
    filled = _filled(unit_id, staff_role="<b>kept</b>") | changed
    answer = manager.post(f"/campaigns/{campaign_id}/links/new", data=filled)
    assert answer.status_code == 422
    if "staff_role" not in changed:
        assert "&lt;b&gt;kept&lt;/b&gt;" in answer.text
    assert complaints(answer.text) == []
    assert _links(house) == []


def test_a_second_click_adds_no_second_link(house: Flask, manager: FlaskClient) -> None:
    campaign_id, unit_id = _draft(house)
    address = f"/campaigns/{campaign_id}/links/new"
    assert manager.post(address, data=_filled(unit_id)).status_code == 303
    again = manager.post(address, data=_filled(unit_id))
    assert again.status_code == 422
    assert "already" in again.text
    assert len(_links(house)) == 1


def test_many_links_are_added_from_pasted_lines(house: Flask, manager: FlaskClient) -> None:
    campaign_id, unit_id = _draft(house)
    lines = "Counter 1; counter; cashier\r\nService line; telepon\r\nShop in Bandung"
    answer = manager.post(
        f"/campaigns/{campaign_id}/links/several", data=_filled(unit_id, lines=lines)
    )
    assert answer.status_code == 303
    assert [(each.place, each.channel) for each in _links(house)] == [
        ("Counter 1", "counter"),
        ("Service line", "phone"),
        ("Shop in Bandung", "counter"),
    ]


def test_wrong_lines_are_named_one_by_one_and_nothing_typed_is_lost(
    house: Flask, manager: FlaskClient
) -> None:
    campaign_id, unit_id = _draft(house)
    lines = f"A; fax\nGood one\n; phone\n{TYPED}; counter; a; b"
    answer = manager.post(
        f"/campaigns/{campaign_id}/links/several", data=_filled(unit_id, lines=lines, kiosk="y")
    )
    assert answer.status_code == 422
    for number in (1, 3, 4):
        assert f"Line {number}:" in answer.text
    kept = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.DOTALL)
    assert kept
    assert kept[1].startswith("A; fax\nGood one\n; phone\n&lt;script&gt;")
    assert 'name="kiosk" value="y" checked' in answer.text
    assert complaints(answer.text) == []
    assert _links(house) == []


def test_a_pasted_line_that_has_a_link_already_is_named(house: Flask, manager: FlaskClient) -> None:
    campaign_id, link_id = _open(house, place="Counter 1")
    with inside(house):
        unit_id = db.session.get_one(PublicLink, link_id).organisation_id
    answer = manager.post(
        f"/campaigns/{campaign_id}/links/several", data=_filled(unit_id, lines="New\nCounter 1")
    )
    assert answer.status_code == 422
    assert "“Counter 1” has a link" in answer.text
    assert len(_links(house)) == 1


def test_a_draft_without_link_cannot_be_opened_and_says_why(
    house: Flask, manager: FlaskClient
) -> None:
    campaign_id, _unit = _draft(house)
    answer = manager.post(f"/campaigns/{campaign_id}/open")
    assert answer.status_code == 422
    assert "There is no link yet" in answer.text


def test_a_draft_with_a_link_is_opened_without_typing_a_count(
    house: Flask, manager: FlaskClient
) -> None:
    campaign_id, unit_id = _draft(house)
    manager.post(f"/campaigns/{campaign_id}/links/new", data=_filled(unit_id))
    answer = manager.post(f"/campaigns/{campaign_id}/open")
    assert (answer.status_code, answer.location) == (303, f"/campaigns/{campaign_id}")
    assert manager.post(f"/campaigns/{campaign_id}/open").status_code == 409
    with inside(house):
        assert db.session.get_one(Campaign, campaign_id).state == "running"


def test_a_public_campaign_cannot_be_launched_by_its_address(
    house: Flask, manager: FlaskClient
) -> None:
    """Its audience is everybody: a launch would mail the whole list."""
    with inside(house):
        a_contact()
    campaign_id, _link = _open(house)
    draft_id, _unit = _draft(house)
    for id_ in (campaign_id, draft_id):
        answer = manager.post(f"/campaigns/{id_}/launch", data={"count": "1"})
        assert answer.status_code == 409
    with inside(house):
        while service.invite_next():
            pass
        assert count(Mail) == 0


def test_pause_resume_and_close_move_a_public_campaign(house: Flask, manager: FlaskClient) -> None:
    campaign_id, _link = _open(house)
    for act in ("pause", "resume", "close"):
        answer = manager.post(f"/campaigns/{campaign_id}/{act}", follow_redirects=True)
        assert answer.status_code == 200
        assert complaints(answer.text) == []
    assert manager.post(f"/campaigns/{campaign_id}/links/new", data={}).status_code == 409


def test_withdrawing_asks_first_and_is_done_on_the_button(
    house: Flask, manager: FlaskClient
) -> None:
    campaign_id, link_id = _open(house)
    address = f"/campaigns/{campaign_id}/links/{link_id}/withdraw"
    asked = manager.get(address)
    assert asked.status_code == 200
    assert complaints(asked.text) == []
    assert _links(house)[0].withdrawn_at is None
    assert manager.post(address).status_code == 303
    assert _links(house)[0].withdrawn_at is not None
    assert "1 withdrawn link" in manager.get(f"/campaigns/{campaign_id}").text


def test_answers_are_counted_for_each_link_and_in_all(
    house: Flask, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PRV-07: how many, never who or when."""
    campaign_id, link_id = _open(house)
    counter = [lambda _ids: {campaign_id: {link_id: 1234}}]
    monkeypatch.setattr("feedback.campaigns.links._counters", counter)
    assert '<td class="num">1,234</td>' in manager.get(f"/campaigns/{campaign_id}").text
    assert "1,234" in manager.get("/campaigns").text


@pytest.mark.parametrize(
    "path",
    ["", "/links/{link}/withdraw", "/sheets", "/links/{link}/qr.svg", "/links/new"],
)
def test_looking_changes_nothing(house: Flask, manager: FlaskClient, path: str) -> None:
    """EML-01."""
    campaign_id, link_id = _open(house)
    before = dump(house)
    assert manager.get(f"/campaigns/{campaign_id}{path.format(link=link_id)}").status_code == 200
    assert dump(house) == before


def test_a_viewer_sees_links_and_prints_but_changes_nothing(house: Flask) -> None:
    """SEC-09: 403 for every act, and no button for it."""
    viewer = a_visitor(house, "viewer")
    campaign_id, link_id = _open(house)
    base, before = f"/campaigns/{campaign_id}", dump(house)
    for path in ("/open", "/links/new", "/links/several", f"/links/{link_id}/withdraw"):
        assert viewer.post(base + path, data={}).status_code == 403
    assert viewer.get("/campaigns/new-public").status_code == 403
    page = viewer.get(base).text
    assert "<form" not in page.partition("<main")[2]
    assert "withdraw" not in page
    assert viewer.get(f"{base}/sheets").status_code == 200
    assert dump(house) == before


def test_links_of_other_campaigns_are_not_found(house: Flask, manager: FlaskClient) -> None:
    """SEC-09: the campaign of the address must be the link's own."""
    _campaign, link_id = _open(house)
    other_id, _unit = _draft(house)
    for path in ("withdraw", "qr.svg", "qr.png"):
        assert manager.get(f"/campaigns/{other_id}/links/{link_id}/{path}").status_code == 404
    assert manager.post(f"/campaigns/{other_id}/links/{link_id}/withdraw").status_code == 404


def test_a_campaign_by_mail_has_no_pages_of_links(house: Flask, manager: FlaskClient) -> None:
    with inside(house):
        campaign_id = a_draft().id
    for path in ("links/new", "links/several", "sheets"):
        assert manager.get(f"/campaigns/{campaign_id}/{path}").status_code == 404
    assert manager.post(f"/campaigns/{campaign_id}/open").status_code == 409
