"""The choice on the account page, and the link that stops the summaries in one click."""

import re
from collections.abc import Callable

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from feedback.auth.models import User
from feedback.campaigns import tokens
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.results.digests import queries, service
from feedback.results.digests.compose import PURPOSE
from tests.builders.digests import MONDAY, a_reader, on, tick_once
from tests.builders.organisations import a_contact
from tests.campaigns.delivering import delivered
from tests.house.pages import complaints
from tests.house.visitors import a_visitor
from tests.rows import dump, inside

Login = Callable[[str], FlaskClient]


def stop_link(user: User) -> str:
    """Return the path of the link in this person's summary mails."""
    return f"/d/{tokens.signed(current_app.config['TOKEN_KEY'], PURPOSE, user.id)}"


def rhythm_of(user_id: int) -> str | None:
    """Return what is stored now."""
    db.session.rollback()
    return queries.find_rhythm(user_id)


def chosen(page: str) -> str:
    """Return which rhythm the account page shows as chosen."""
    (value,) = re.findall(r'name="rhythm" value="(\w*)" checked', page)
    return value


def test_nobody_gets_summaries_before_choosing(login: Login) -> None:
    page = login("viewer").get("/account").text
    assert chosen(page) == ""
    assert complaints(page) == []


@pytest.mark.parametrize("rhythm", ["weekly", "monthly", ""])
def test_a_choice_is_kept_and_shown(login: Login, rhythm: str) -> None:
    reader = login("viewer")
    reader.post("/account/digest", data={"rhythm": "weekly"})
    answer = reader.post("/account/digest", data={"rhythm": rhythm})
    assert answer.status_code == 303
    assert answer.location == "/account#digest"
    page = reader.get("/account").text
    assert chosen(page) == rhythm
    assert "Saved." in page


def test_a_rhythm_that_does_not_exist_changes_nothing(login: Login) -> None:
    reader = login("viewer")
    reader.post("/account/digest", data={"rhythm": "weekly"})
    reader.post("/account/digest", data={"rhythm": "hourly'--"})
    page = reader.get("/account").text
    assert chosen(page) == "weekly"
    assert "Choose how often." in page


def test_everybody_chooses_for_oneself_only(bare_app: Flask) -> None:
    """SEC-09."""
    bare_app.config["WTF_CSRF_ENABLED"] = False
    one, other = a_visitor(bare_app, "viewer"), a_visitor(bare_app, "manager")
    one.post("/account/digest", data={"rhythm": "weekly", "user_id": "2"})
    assert chosen(one.get("/account").text) == "weekly"
    assert chosen(other.get("/account").text) == ""


def test_the_link_asks_and_the_button_stops(client: FlaskClient) -> None:
    """EML-05: the page on GET, the effect on POST, no login, no cookie."""
    user = a_reader()
    path = stop_link(user)
    before = dump(current_app)
    for _ in range(3):
        page = client.get(path)
        assert page.status_code == 200
        assert complaints(page.text) == []
        assert "Set-Cookie" not in page.headers
    assert dump(current_app) == before
    done = client.post(path)
    assert done.status_code == 200
    assert "Set-Cookie" not in done.headers
    assert "You get no more summaries by mail" in done.text
    assert rhythm_of(user.id) is None


def test_mail_servers_may_press_the_button_again_and_again(client: FlaskClient) -> None:
    """RFC 8058: 200 for the first, for repeats, and for people who are gone."""
    user = a_reader()
    path, key = stop_link(user), current_app.config["TOKEN_KEY"]
    for _ in range(3):
        answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert client.post(f"/d/{tokens.signed(key, PURPOSE, 98_765)}").status_code == 200


def test_the_header_of_a_mail_stops_what_the_mail_is_about(client: FlaskClient) -> None:
    user = a_reader()
    with on(MONDAY):
        tick_once()
        (mail,) = delivered()
    path = str(mail["List-Unsubscribe"]).strip("<>").removeprefix("http://localhost")
    assert client.post(path).status_code == 200
    assert rhythm_of(user.id) is None
    with on("2026-12-07", 8):
        tick_once()
        assert delivered() == []


@pytest.mark.parametrize(("query", "language"), [("", "id"), ("?lang=ms", "ms")])
def test_the_page_speaks_the_persons_language(bare_app: Flask, query: str, language: str) -> None:
    with inside(bare_app):
        path = stop_link(a_reader(language="id"))
    assert f'<html lang="{language}"' in bare_app.test_client().get(path + query).text


def test_another_site_cannot_press_the_button(client: FlaskClient) -> None:
    user = a_reader()
    answer = client.post(stop_link(user), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert rhythm_of(user.id) == "weekly"


def test_a_token_opens_only_what_it_is_for(client: FlaskClient) -> None:
    """SEC-07: the link of a survey mail stops no summaries, and the other way round."""
    user, contact = a_reader(), a_contact()
    key = current_app.config["TOKEN_KEY"]
    of_survey = tokens.unsubscribe_token(key, user.id)
    of_digest = tokens.signed(key, PURPOSE, contact.id)
    for path in (
        f"/d/{of_survey}",
        f"/u/{of_digest}",
        f"{stop_link(user)[:-1]}{'A' if stop_link(user)[-1] != 'A' else 'B'}",
        stop_link(user).replace(f"/d/{user.id}.", f"/d/{user.id + 1}."),
        "/d/x",
        f"/d/{user.id}",
    ):
        assert client.post(path).status_code == 404, path
    assert rhythm_of(user.id) == "weekly"
    stopped = select(Contact.unsubscribed_at).where(Contact.id == contact.id)
    assert db.session.scalar(stopped) is None


def test_a_wrong_link_says_nothing_about_anybody(app: Flask, client: FlaskClient) -> None:
    """SEC-05: whether a person exists shows neither on GET nor on POST."""
    user = a_reader()
    service.choose(user, None)
    known, unknown = f"/d/{user.id}.{'x' * 27}", f"/d/{user.id + 9}.{'x' * 27}"
    assert client.get(known).text == client.get(unknown).text
    assert client.post(known).text == client.post(unknown).text
