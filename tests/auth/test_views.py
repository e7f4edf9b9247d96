"""Logging in, out and switching the language, over HTTP with real passwords."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedback import storage
from feedback.auth.models import User
from feedback.extensions import db
from tests.builders.people import PASSWORD, a_user
from tests.house.visitors import a_visitor

EMAIL = "rina@kesan.example.com"
WRONG = "Email address and password do not match."

NOT_LOCAL = [
    "https://evil.example",
    "http:evil.example",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    " https://evil.example",
    "/\x00/evil.example",
    "\x01https://evil.example",
    "/%0d%0aevil\r\nLocation: //evil.example",
    "javascript:alert(1)",
    "data:text/html,evil",
    "evil.example",
    "@evil.example",
    "?next=//evil.example",
    "/\u2028/evil.example",
    "/contacts\\..\\evil",
    "",
]
LOCAL = ["/", "/account", "/contacts?page=2&q=a", "/a//b"]


@pytest.fixture
def rina(bare_app: Flask) -> FlaskClient:
    """A client in front of the login page of an installation where Rina can log in."""
    with bare_app.app_context(), storage.reading(False):
        a_user(role="manager", email=EMAIL)
    return bare_app.test_client()


def _log_in(client: FlaskClient, email: str, password: str, **more: str) -> TestResponse:
    page = client.get("/login").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    data = {"email": email, "password": password, "csrf_token": token[1], **more}
    return client.post("/login", data=data)


def _is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def _without_changing_parts(html: str) -> str:
    return re.sub(r'name="csrf_token" value="[^"]+"', "", html).replace(EMAIL, "EMAIL")


def test_a_person_logs_in_with_address_and_password(rina: FlaskClient) -> None:
    response = _log_in(rina, EMAIL.upper(), PASSWORD)
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    assert EMAIL in rina.get("/account").text


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    rina: FlaskClient, bare_app: Flask
) -> None:
    """SEC-19: nobody learns from the login page who has an account."""
    known = _log_in(rina, EMAIL, "wrong horse battery")
    unknown = _log_in(bare_app.test_client(), "nobody@kesan.example.com", "wrong horse battery")
    assert known.status_code == unknown.status_code
    assert WRONG in known.text
    assert not _is_in(rina)
    unknown_page = unknown.text.replace("nobody@kesan.example.com", "EMAIL")
    assert _without_changing_parts(known.text) == _without_changing_parts(unknown_page)


def test_who_was_deactivated_is_answered_like_a_stranger(
    rina: FlaskClient, bare_app: Flask
) -> None:
    """SEC-19: with the right password too."""
    _deactivate(bare_app)
    gone = _log_in(rina, EMAIL, PASSWORD)
    assert WRONG in gone.text
    assert not _is_in(rina)


def _deactivate(app: Flask) -> None:
    with app.app_context(), storage.reading(False):
        db.session.query(User).update({"active": False})
        db.session.commit()


def test_a_session_ends_at_once_when_its_person_is_deactivated(bare_app: Flask) -> None:
    """SEC-18: the next request is nobody's."""
    visitor = a_visitor(bare_app, "admin")
    assert _is_in(visitor)
    _deactivate(bare_app)
    assert not _is_in(visitor)


def test_a_session_ends_when_its_person_gets_a_new_key(bare_app: Flask) -> None:
    """SEC-18: as after a changed password."""
    visitor = a_visitor(bare_app, "admin")
    with bare_app.app_context(), storage.reading(False):
        db.session.query(User).update({"fs_uniquifier": "another"})
        db.session.commit()
    assert not _is_in(visitor)


def test_only_a_pressed_button_logs_out(bare_app: Flask) -> None:
    """EML-01: opening an address never ends a session."""
    visitor = a_visitor(bare_app, "viewer")
    assert visitor.get("/logout").status_code == 405
    assert visitor.post("/logout").status_code == 400  # without the token of the form
    assert _is_in(visitor)
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/account").text)
    assert token
    response = visitor.post("/logout", data={"csrf_token": token[1]})
    assert response.status_code in (302, 303)
    assert response.headers["Location"] == "/login"
    assert not _is_in(visitor)


def test_a_cookie_from_before_the_login_is_not_logged_in(
    rina: FlaskClient, bare_app: Flask
) -> None:
    """SEC-18: what somebody planted before stays nobody's."""
    rina.get("/login")
    before = rina.get_cookie("session")
    _log_in(rina, EMAIL, PASSWORD)
    after = rina.get_cookie("session")
    assert before
    assert after
    assert before.value != after.value
    planted = bare_app.test_client()
    planted.set_cookie("session", before.value)
    assert not _is_in(planted)


def test_login_leads_back_to_the_page_asked_for_and_nowhere_else(rina: FlaskClient) -> None:
    """SEC-13: the page after the login is one of ours."""
    assert _log_in(rina, EMAIL, PASSWORD, next="/account").headers["Location"] == "/account"


@pytest.mark.parametrize("first", [0, 8, 16])
def test_login_never_leads_to_another_site(rina: FlaskClient, first: int) -> None:
    """SEC-13: whatever stands behind `next`."""
    visitor = rina
    _log_in(visitor, EMAIL, PASSWORD)
    for target in NOT_LOCAL[first : first + 8]:
        response = visitor.get("/login", query_string={"next": target})
        assert _stays_here(response.headers.get("Location", "/")), repr(target)


def _stays_here(location: str) -> bool:
    """Say whether a browser that follows this stays on our host."""
    browsers_reading = re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/")
    here = browsers_reading.startswith("/") and not browsers_reading.startswith("//")
    return here or browsers_reading.startswith("http://localhost/")


def _switch(client: FlaskClient, back: str, language: str = "id") -> TestResponse:
    return client.post("/language", data={"language": language, "back": back})


def test_the_language_switch_leads_back_to_local_pages_only(bare_app: Flask) -> None:
    """SEC-13: every other form of an address leads to the first page."""
    visitor = a_visitor(bare_app, "viewer")
    bare_app.config["WTF_CSRF_ENABLED"] = False
    for back in NOT_LOCAL:
        response = _switch(visitor, back)
        assert (response.status_code, response.headers["Location"]) == (303, "/"), repr(back)
    for back in LOCAL:
        assert _switch(visitor, back).headers["Location"] == back


def test_the_language_switch_is_remembered_with_the_person(bare_app: Flask) -> None:
    visitor = a_visitor(bare_app, "viewer")
    bare_app.config["WTF_CSRF_ENABLED"] = False
    for wanted, spoken in (("ms", "ms"), ("fr", "ms"), ("", "ms"), ("en", "en")):
        _switch(visitor, "/account", wanted)
        assert f'<html lang="{spoken}"' in visitor.get("/account").text


def test_the_language_switch_of_nobody_changes_nobody(bare_app: Flask) -> None:
    a_visitor(bare_app, "viewer")
    bare_app.config["WTF_CSRF_ENABLED"] = False
    assert _switch(bare_app.test_client(), "/login").status_code == 303
    with bare_app.app_context():
        assert [user.language for user in db.session.query(User)] == ["en"]


def test_ones_own_account_is_shown_to_oneself_only(bare_app: Flask) -> None:
    assert bare_app.test_client().get("/account").headers["Location"] == "/login"
    page = a_visitor(bare_app, "manager").get("/account").text
    assert "Manager" in page
    assert "@kesan.example.com" in page


def test_a_fresh_installation_says_how_to_make_the_first_account(bare_app: Flask) -> None:
    """SEC-21: there is no account to guess."""
    command = "flask --app app auth create-user"
    assert command in bare_app.test_client().get("/login").text
    a_visitor(bare_app, "admin")
    assert command not in bare_app.test_client().get("/login").text


def test_an_incomplete_login_says_so_and_lets_nobody_in(rina: FlaskClient) -> None:
    for email, password in (("", ""), ("not an address", PASSWORD), (EMAIL, "")):
        response = _log_in(rina, email, password)
        assert "There is a problem" in response.text
        assert not _is_in(rina)
