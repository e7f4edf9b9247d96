"""What every response carries and what no request gets past: headers, cookies, hosts, sizes."""

import dataclasses
from collections.abc import Iterator

import pytest
from flask import Flask, request, session
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedback import create_app
from feedback.config import Settings
from feedback.extensions import csrf, db
from feedback.web.assets import HTMX_CDN
from feedback.web.security import refuse_cross_site

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": (
        f"default-src 'none'; script-src 'self' {HTMX_CDN}; style-src 'self'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; frame-src 'none'"
    ),
}
# Method, address, the status that shows which kind of response it is.
KINDS = [
    ("GET", "/login", 200),
    ("HEAD", "/login", 200),
    ("GET", "/static/css/base.css", 200),
    ("GET", "/static/css/no-such.css", 404),
    ("GET", "/no-such-page", 404),
    ("GET", "/account", 302),
    ("GET", "/language", 405),
    ("POST", "/language", 400),
    ("GET", "/planted/refused", 403),
    ("GET", "/planted/broken", 500),
    ("OPTIONS", "/login", 200),
]


# What a browser tells about where a form comes from, and the answer.
FROM: list[tuple[dict[str, str], int]] = [
    ({}, 200),
    ({"Sec-Fetch-Site": "same-origin"}, 200),
    ({"Sec-Fetch-Site": "none"}, 200),
    ({"Origin": "http://localhost"}, 200),
    ({"Origin": "null"}, 200),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "http://localhost.evil.example"}, 403),
    ({"Origin": "http://localhost:8001"}, 403),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, 403),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, 403),
]


@pytest.fixture
def planted(bare_app: Flask) -> FlaskClient:
    """A client of the app with a page that is refused, one that breaks, one that reads a form."""
    _plant(bare_app)
    return bare_app.test_client()


def _plant(app: Flask) -> None:
    def broken() -> str:
        raise RuntimeError("planted secret")

    @csrf.exempt
    def echo() -> str:
        refuse_cross_site()
        return f"{len(request.form)} fields, {len(request.get_data())} bytes"

    def remember() -> str:
        session["seen"] = True
        return "remembered"

    def refused() -> tuple[str, int]:
        return "refused", 403

    app.add_url_rule("/planted/broken", view_func=broken)
    app.add_url_rule("/planted/refused", view_func=refused)
    app.add_url_rule("/planted/cookie", view_func=remember)
    app.add_url_rule("/planted/echo", view_func=echo, methods=["GET", "POST"])


@pytest.fixture
def over_tls(settings: Settings) -> Iterator[FlaskClient]:
    """A client of an installation that people reach over TLS."""
    app = create_app(dataclasses.replace(settings, base_url="https://kesan.example.com"))
    _plant(app)
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()


def _carried(response: TestResponse) -> dict[str, str | None]:
    return {name: response.headers.get(name) for name in HEADERS}


def test_every_kind_of_response_carries_the_headers(planted: FlaskClient) -> None:
    """FLK-06: page, file, redirect, refusal and error alike."""
    for method, address, status in KINDS:
        response = planted.open(address, method=method)
        assert response.status_code == status, f"{method} {address}"
        assert _carried(response) == HEADERS, f"{method} {address}"
        assert "Strict-Transport-Security" not in response.headers


def test_with_the_local_copy_of_htmx_no_other_origin_may_send_scripts(settings: Settings) -> None:
    """PRV-14: one setting keeps respondents from meeting a third party."""
    app = create_app(dataclasses.replace(settings, htmx_source="local"))
    policy = app.test_client().get("/login").headers["Content-Security-Policy"]
    with app.app_context():
        db.engine.dispose()
    assert "script-src 'self';" in policy
    assert "http" not in policy


def test_over_tls_browsers_are_told_to_stay_there(over_tls: FlaskClient) -> None:
    """FLK-06: HSTS of a year."""
    response = over_tls.get("/login", base_url="https://kesan.example.com")
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_pages_are_not_stored_and_vary_with_htmx(planted: FlaskClient) -> None:
    """FLK-09: personal pages stay out of every cache."""
    for address in ("/login", "/no-such-page", "/account"):
        response = planted.get(address)
        assert response.headers["Cache-Control"] == "no-store"
        assert "HX-Request" in response.headers["Vary"]


def test_files_are_kept_by_browsers(planted: FlaskClient) -> None:
    response = planted.get("/static/css/base.css")
    assert "max-age=31536000" in response.headers["Cache-Control"]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(planted: FlaskClient) -> None:
    """FLK-03: without TLS on this machine."""
    cookie = planted.get("/planted/cookie").headers["Set-Cookie"]
    assert cookie.startswith("session=")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert "Secure" not in parts


def test_over_tls_the_cookie_belongs_to_this_host_alone(over_tls: FlaskClient) -> None:
    """FLK-03: __Host- needs Secure, Path=/ and no domain."""
    page = over_tls.get("/planted/cookie", base_url="https://kesan.example.com")
    cookie = page.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Secure"} <= parts
    assert not any(part.startswith("Domain") for part in parts)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "localhost@evil.example"]
)
def test_another_host_name_is_refused(planted: FlaskClient, host: str) -> None:
    """SEC-15: links never carry a host the request brought."""
    for address in ("/login", "/account", "/no-such-page"):
        response = planted.get(address, headers={"Host": host})
        assert response.status_code == 400
        assert "evil" not in response.text
        assert "evil" not in response.headers.get("Location", "")


def test_our_host_names_are_answered(planted: FlaskClient) -> None:
    for host in ("localhost", "localhost:8000", "127.0.0.1"):
        assert planted.get("/login", headers={"Host": host}).status_code == 200


def test_forwarded_hosts_are_ignored_without_a_proxy(planted: FlaskClient) -> None:
    """FLK-13: X-Forwarded-* counts only where a proxy is set."""
    told = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    response = planted.get("/account", headers=told)
    assert response.status_code == 302
    assert "evil" not in response.headers["Location"]


def test_behind_a_proxy_its_host_is_checked_too(settings: Settings) -> None:
    """FLK-13: with one hop the proxy's word counts, and must be one of our names."""
    app = create_app(dataclasses.replace(settings, proxy_hops="1"))
    client = app.test_client()
    assert client.get("/login", headers={"X-Forwarded-Host": "evil.example"}).status_code == 400
    assert client.get("/login", headers={"X-Forwarded-Host": "localhost"}).status_code == 200
    with app.app_context():
        db.engine.dispose()


def test_an_oversized_form_is_refused(planted: FlaskClient) -> None:
    """FLK-04: url-encoded bodies are limited by the length of the whole."""
    response = planted.post("/planted/echo", data={"comment": "x" * 1_000_001})
    assert response.status_code == 413


def test_an_oversized_upload_is_refused(planted: FlaskClient) -> None:
    """FLK-04: multipart bodies likewise."""
    response = planted.post(
        "/planted/echo", data={"comment": "x" * 1_000_001}, content_type="multipart/form-data"
    )
    assert response.status_code == 413


def test_an_upload_of_too_many_parts_is_refused(planted: FlaskClient) -> None:
    """FLK-04: at most 2,000 parts."""
    many = {f"field{number}": "x" for number in range(2_001)}
    response = planted.post("/planted/echo", data=many, content_type="multipart/form-data")
    assert response.status_code == 413


def test_a_long_answer_is_taken(planted: FlaskClient) -> None:
    assert planted.post("/planted/echo", data={"comment": "x" * 200_000}).status_code == 200


def test_a_form_from_another_site_is_refused_where_there_is_no_token(planted: FlaskClient) -> None:
    """FLK-05: what browsers tell is believed; who tells nothing, as mail servers do, passes."""
    for headers, status in FROM:
        assert planted.post("/planted/echo", headers=headers).status_code == status, headers
        assert planted.get("/planted/echo", headers=headers).status_code == 200, headers
