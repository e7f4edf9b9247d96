"""Tests of the unsubscribe link: asked on GET, done on POST, by people and by mail servers."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from feedback.campaigns import tokens
from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.outbox.models import Mail
from tests.campaigns.delivering import delivered
from tests.house.pages import complaints
from tests.responses.browsing import Person
from tests.rows import count, dump, inside

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def link(bare_app: Flask, token: str) -> str:
    """The unsubscribe link of the contact who was invited."""
    with inside(bare_app):
        contact_id = db.session.scalars(select(Invitation.contact_id)).one()
    return f"/u/{tokens.unsubscribe_token(bare_app.config['TOKEN_KEY'], contact_id)}"


@pytest.fixture
def server(bare_app: Flask) -> FlaskClient:
    """A mail provider that presses the button: no cookie, no page seen before."""
    return bare_app.test_client(use_cookies=False)


def _suppressed(app: Flask) -> int:
    with inside(app):
        return count(Contact, Contact.unsubscribed_at.isnot(None))


def test_asking_changes_nothing(bare_app: Flask, server: FlaskClient, link: str) -> None:
    """EML-05: GET ×100 → none."""
    before = dump(bare_app)
    for _ in range(50):
        assert server.get(link).status_code == 200
        assert server.head(link).status_code == 200
    assert dump(bare_app) == before
    assert complaints(server.get(link).text) == []


@pytest.mark.parametrize("data", [ONE_CLICK, {}, {"anything": "else"}])
def test_pressing_thrice_suppresses_once(
    bare_app: Flask, server: FlaskClient, link: str, data: dict[str, str]
) -> None:
    """EML-05: RFC 8058 without cookie or CSRF, 200 for repeats, no redirect."""
    answers = [server.post(link, data=data) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 200]
    assert _suppressed(bare_app) == 1
    assert complaints(answers[0].text) == []


def test_the_form_on_the_page_works(bare_app: Flask, server: FlaskClient, link: str) -> None:
    """EML-05: a plain form of the page itself."""
    page = Person(bare_app, "").client.get(link)
    assert f'action="{link}"' in page.text
    assert server.post(link, headers={"Origin": "http://localhost"}).status_code == 200


def test_after_unsubscribing_no_mail_goes_out(
    bare_app: Flask, server: FlaskClient, link: str
) -> None:
    """EML-05, EML-14."""
    server.post(link, data=ONE_CLICK)
    with inside(bare_app):
        assert delivered() == []


def test_unsubscribing_works_after_the_contact_is_gone(
    bare_app: Flask, server: FlaskClient, link: str
) -> None:
    """EML-05: retention does not break the link."""
    with inside(bare_app):
        for model in (Mail, Invitation, Contact):
            db.session.execute(delete(model))
        db.session.commit()
    assert [server.post(link, data=ONE_CLICK).status_code for _ in range(2)] == [200, 200]


def test_an_invitation_can_still_be_answered_after_unsubscribing(
    bare_app: Flask, server: FlaskClient, link: str, person: Person
) -> None:
    server.post(link, data=ONE_CLICK)
    assert person.answer_all().code == 303


def test_each_token_opens_its_own_purpose_only(
    bare_app: Flask, server: FlaskClient, link: str, token: str
) -> None:
    """SEC-07: personal link × unsubscribe link, only the diagonal passes."""
    unsubscribe = link.removeprefix("/u/")
    before = dump(bare_app)
    number, _, signature = unsubscribe.partition(".")
    for wrong in (token, f"{number}.{token}", signature, f"{int(number) + 1}.{signature}", "x"):
        assert server.post(f"/u/{wrong}", data=ONE_CLICK).status_code == 404
    for wrong in (unsubscribe, signature):
        assert server.get(f"/r/{wrong}").status_code == 404
        assert server.post(f"/r/{wrong}", data={"q.csat": "4"}).status_code == 404
    assert dump(bare_app) == before


def test_a_flipped_character_is_refused(bare_app: Flask, server: FlaskClient, link: str) -> None:
    """SEC-07."""
    flipped = link[:-1] + ("A" if link[-1] != "A" else "B")
    assert server.post(flipped, data=ONE_CLICK).status_code == 404
    assert _suppressed(bare_app) == 0
