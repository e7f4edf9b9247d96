"""Tests of what is printed and downloaded of public links: sheets and codes."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback.campaigns import qr, service
from feedback.campaigns.models import Campaign, PublicLink
from feedback.extensions import db
from tests.builders.links import a_link, public_token_of
from tests.house.pages import complaints
from tests.house.visitors import a_visitor
from tests.rows import inside

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


def _open(house: Flask, **given: str) -> tuple[int, int]:
    """Make an open campaign with one link; return their ids."""
    with inside(house):
        link = a_link(**given)
        return link.campaign_id, link.id


def test_one_sheet_for_each_link_in_use_is_printed(house: Flask, manager: FlaskClient) -> None:
    campaign_id, _link = _open(house, place="Counter 1")
    with inside(house):
        campaign = db.session.get_one(Campaign, campaign_id)
        a_link(campaign, place="Counter 2")
        service.withdraw_link(a_link(campaign, place="Gone"))
    for paper in ("a4", "a5"):
        page = manager.get(f"/campaigns/{campaign_id}/sheets?paper={paper}")
        assert page.status_code == 200
        assert page.text.count('<section class="sheet">') == 2
        assert "Gone" not in page.text
        assert f"css/sheet-{paper}.css" in page.text
        assert complaints(page.text) == []


def test_a_sheet_carries_the_code_of_its_link_and_its_address(
    house: Flask, manager: FlaskClient
) -> None:
    campaign_id, link_id = _open(house, place=TYPED)
    with inside(house):
        link = db.session.get_one(PublicLink, link_id)
        token, address = public_token_of(link), service.address(link)
    page = manager.get(f"/campaigns/{campaign_id}/sheets").text
    assert qr.drawn(address).path in page
    assert f"localhost/q/{token}" in page
    assert "<script>alert" not in page


def test_a_sheet_invites_in_three_languages_its_own_first(
    house: Flask, manager: FlaskClient
) -> None:
    campaign_id, _link = _open(house, language="ms")
    page = manager.get(f"/campaigns/{campaign_id}/sheets").text
    invitations = page.partition('class="sheet-invitations"')[2].partition("</div>")[0]
    assert re.findall(r'<p lang="(\w\w)">', invitations) == ["ms", "en", "id"]


def test_the_sheet_of_one_link_alone_is_printed(house: Flask, manager: FlaskClient) -> None:
    campaign_id, link_id = _open(house)
    with inside(house):
        a_link(db.session.get_one(Campaign, campaign_id), place="Another")
    page = manager.get(f"/campaigns/{campaign_id}/sheets?link={link_id}")
    assert page.text.count('<section class="sheet">') == 1
    for wrong in ("?link=987654", "?paper=a3", "?link=987654&paper=a4"):
        assert manager.get(f"/campaigns/{campaign_id}/sheets{wrong}").status_code == 404


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_a_code_is_downloaded_as_a_file(house: Flask, manager: FlaskClient, kind: str) -> None:
    campaign_id, link_id = _open(house, place="Counter/1 “A”")
    with inside(house):
        address = service.address(db.session.get_one(PublicLink, link_id))
    answer = manager.get(f"/campaigns/{campaign_id}/links/{link_id}/qr.{kind}")
    assert answer.status_code == 200
    assert answer.data == {"svg": qr.svg, "png": qr.png}[kind](address)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=qr-Counter-1-A.{kind}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
