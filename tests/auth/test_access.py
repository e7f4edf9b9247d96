"""The guard of every page lets in exactly those whose role carries the permission."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from feedback.auth.access import public, requires
from feedback.auth.roles import MANAGE_CAMPAIGNS
from tests.house.visitors import NOBODY, a_visitor


def _guarded(app: Flask) -> Callable[[str], FlaskClient]:
    app.add_url_rule("/planted", view_func=requires(MANAGE_CAMPAIGNS)(planted))
    app.add_url_rule("/open", "open", view_func=public(lambda: "open"))
    return lambda role: a_visitor(app, role)


def planted() -> str:
    """Answer whoever is let in."""
    return "let in"


def test_the_guard_asks_for_login_then_for_the_permission(bare_app: Flask) -> None:
    """SEC-09: 302 to the login page, 403, or the page."""
    visitor = _guarded(bare_app)
    asked = visitor(NOBODY).get("/planted?a=1")
    assert asked.status_code == 302
    assert asked.headers["Location"] == "/login?next=/planted?a%3D1"
    assert visitor("viewer").get("/planted").status_code == 403
    assert visitor("manager").get("/planted").text == "let in"


def test_a_public_page_is_open_to_everybody(bare_app: Flask) -> None:
    visitor = _guarded(bare_app)
    assert [visitor(role).get("/open").text for role in (NOBODY, "viewer")] == ["open", "open"]


def test_a_guarded_view_says_what_it_requires() -> None:
    assert requires(MANAGE_CAMPAIGNS)(planted).guard == MANAGE_CAMPAIGNS  # type: ignore[attr-defined]
    assert public(lambda: "").guard == "public"  # type: ignore[attr-defined]
    assert requires(MANAGE_CAMPAIGNS)(planted).__doc__ == planted.__doc__
