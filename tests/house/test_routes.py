"""No route is forgotten: each has a guard, refuses what it must, and every page is whole."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Rule
from werkzeug.test import TestResponse

from feedback.auth.roles import ROLES, may
from tests.house.pages import complaints, unprotected_forms
from tests.house.visitors import NOBODY, a_visitor

# Routes that bring no guard of ours, and why that is right.
BROUGHT_ALONG = {
    "static": "style sheets and scripts, the same for everybody",
    "security.login": "whoever logs in is nobody yet",
    "security.logout": "ends one's own session and shows nothing",
}
# What anybody may call. A new entry here is a decision, not a repair of this test.
PUBLIC = {
    "account.language",
    "account.own",
    "responses.show",
    "responses.save_page",
    "responses.save_answer",
    "responses.thanks",
    "responses.unsubscribe_page",
    "responses.unsubscribe",
    "responses.walk_in_start",
    "responses.walk_in",
    "responses.save_walk_in_page",
    "responses.save_walk_in_answer",
    "responses.walk_in_thanks",
    "responses.kiosk_thanks",
    "results.digest_page",
    "results.stop_digest",
}
# Forms without a session, so without a CSRF token: the token in the path is the proof (SEC-14).
WITHOUT_TOKEN = {
    "responses.save_page",
    "responses.save_answer",
    "responses.unsubscribe",
    "responses.save_walk_in_page",
    "responses.save_walk_in_answer",
    "results.stop_digest",
}
STALE = "Please confirm once more"


@pytest.fixture
def house(bare_app: Flask) -> Flask:
    """The app as people meet it: each request in a context of its own."""
    return bare_app


def _guard(app: Flask, rule: Rule) -> str | None:
    return getattr(app.view_functions[rule.endpoint], "guard", None)


def _methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def _address(app: Flask, rule: Rule) -> str:
    """Return an address of the rule; the objects in it do not exist."""
    values: dict[str, object] = {}
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            values[name] = sorted(converter.items)[0]
        else:
            values[name] = 987654 if isinstance(converter, IntegerConverter) else "nothing-here"
    return str(app.url_map.bind("localhost").build(rule.endpoint, values))


def _calls(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    for rule in app.url_map.iter_rules():
        for method in _methods(rule):
            yield rule, method, _address(app, rule)


def _answer(response: TestResponse) -> str:
    if response.status_code == 302 and "/login" in response.location.split("?")[0]:
        return "to the login page"
    if response.status_code == 403:
        return "refused"
    return "broken" if response.status_code >= 500 else "let in"


def test_every_route_has_a_guard(house: Flask) -> None:
    forgotten = {
        rule.endpoint
        for rule in house.url_map.iter_rules()
        if not _guard(house, rule) and rule.endpoint not in BROUGHT_ALONG
    }
    assert forgotten == set()


def test_a_planted_route_without_guard_is_found(house: Flask) -> None:
    house.add_url_rule("/planted", "planted", lambda: "anything")
    with pytest.raises(AssertionError, match="planted"):
        test_every_route_has_a_guard(house)


def test_only_these_routes_are_public(house: Flask) -> None:
    rules = house.url_map.iter_rules()
    assert {rule.endpoint for rule in rules if _guard(house, rule) == "public"} == PUBLIC


def test_every_guard_names_a_permission_that_some_role_carries(house: Flask) -> None:
    guards = {_guard(house, rule) for rule in house.url_map.iter_rules()} - {None, "public"}
    assert {guard for guard in guards if not may(list(ROLES), str(guard))} == set()


@pytest.mark.parametrize("role", [NOBODY, *ROLES])
def test_each_role_meets_exactly_what_its_permissions_open(house: Flask, role: str) -> None:
    """SEC-09: the expected answers come from the table of roles, for every route there is."""
    house.config["WTF_CSRF_ENABLED"] = False
    visitor = a_visitor(house, role)
    expected, met = {}, {}
    for rule, method, address in _calls(house):
        guard = _guard(house, rule)
        if guard is None or guard == "public":
            continue
        call = f"{method} {rule.rule}"
        allowed = "let in" if may([role], guard) else "refused"
        expected[call] = "to the login page" if role == NOBODY else allowed
        met[call] = _answer(visitor.open(address, method=method))
    assert met == expected
    assert met


@pytest.mark.parametrize("role", [NOBODY, "admin"])
def test_a_form_without_token_is_refused_everywhere_but_on_personal_links(
    house: Flask, role: str
) -> None:
    """SEC-14: the exempt endpoints are a list of names, never a pattern."""
    visitor = a_visitor(house, role)
    passed = set()
    for rule, method, address in _calls(house):
        if method != "GET":
            response = visitor.open(address, method=method, data={"any": "thing"})
            if response.status_code != 400 or STALE not in response.text:
                passed.add(rule.endpoint)
    assert passed == WITHOUT_TOKEN


def test_personal_links_answer_without_a_cookie(house: Flask) -> None:
    """FLK-03: who follows a personal link gets no cookie."""
    with_cookie = set()
    for rule, method, address in _calls(house):
        if rule.endpoint.startswith("responses."):
            response = house.test_client().open(address, method=method)
            if "Set-Cookie" in response.headers:
                with_cookie.add(f"{method} {rule.rule}")
    assert with_cookie == set()


def _pages(app: Flask, visitor: FlaskClient) -> Iterator[tuple[str, TestResponse]]:
    for rule, method, address in _calls(app):
        if method == "GET" and not rule.arguments:
            yield address, visitor.get(address, follow_redirects=True)


@pytest.mark.parametrize("role", [NOBODY, "admin"])
def test_every_page_is_whole(house: Flask, role: str) -> None:
    found = {}
    for address, response in _pages(house, a_visitor(house, role)):
        if response.status_code != 200:
            found[address] = [str(response.status_code)]
        elif response.mimetype == "text/html":
            found[address] = complaints(response.text)
    assert {address: said for address, said in found.items() if said} == {}
    assert "/login" in found


def test_every_form_on_a_managers_page_carries_its_token(house: Flask) -> None:
    """FLK-08: the token is a field of the form, so forms work without JavaScript."""
    pages = [(a, r) for a, r in _pages(house, a_visitor(house, "admin")) if "html" in r.mimetype]
    assert {a: n for a, r in pages if (n := unprotected_forms(r.text))} == {}


def test_every_page_speaks_the_language_asked_for(house: Flask) -> None:
    """A11Y-08: the page says which language it is in."""
    visitor = a_visitor(house, "admin")
    for address, _response in _pages(house, visitor):
        for language in ("en", "id", "ms"):
            page = visitor.get(f"{address}?lang={language}", follow_redirects=False)
            if page.status_code == 200 and page.mimetype == "text/html":
                assert f'<html lang="{language}"' in page.text, f"{address} in {language}"
