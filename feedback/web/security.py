"""What every request and response carries: read-only GETs, headers, cookies, host names."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

from feedback.config import Settings, keys
from feedback.storage import set_reading
from feedback.web.assets import HTMX_CDN

MOST_FIELDS = 2_000
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    # Anything stricter makes Flask-WTF refuse every form over HTTPS; anything looser would
    # tell the CDN the personal link (F8).
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


def init_security(app: Flask, settings: Settings) -> None:
    """Set limits, cookies and hosts, and attach the request and response rules to the app."""
    secret_key, token_key = keys(settings)
    app.config.update(
        SECRET_KEY=secret_key,
        TOKEN_KEY=token_key,
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_PARTS=MOST_FIELDS,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        SESSION_COOKIE_NAME="__Host-session" if settings.is_https else "session",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        WTF_CSRF_TIME_LIMIT=None,  # bound to the session: a slow writer loses nothing (FLK-05)
    )
    if int(settings.proxy_hops):
        hops = int(settings.proxy_hops)
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.before_request(_readers_read)
    app.before_request(_limit_fields)
    app.teardown_request(lambda _error: set_reading(False))
    app.after_request(lambda response: _with_headers(response, settings))


def _readers_read() -> None:
    set_reading(request.method in SAFE_METHODS)


def _limit_fields() -> None:
    """Refuse forms of absurdly many fields, which only multipart parsing limits itself (F10)."""
    if request.mimetype == "application/x-www-form-urlencoded":
        sent = request.get_data(cache=True, parse_form_data=False)
        if sent.count(b"&") >= MOST_FIELDS:
            abort(413)


def _with_headers(response: Response, settings: Settings) -> Response:
    for name, value in _FIXED.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", content_policy(settings))
    if settings.is_https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("HX-Request")
    return response


def content_policy(settings: Settings, frames: str = "'none'") -> str:
    """Return the content security policy of our pages; `frames` says what they may embed."""
    script = "'self'" if settings.htmx_source == "local" else f"'self' {HTMX_CDN}"
    return (
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        f"base-uri 'none'; object-src 'none'; frame-src {frames}"
    )


def refuse_cross_site() -> None:
    """Refuse a form sent from another site to a page that has no cookie and so no CSRF token.

    Browsers say where a form comes from; mail servers' one-click POSTs say nothing and pass
    (FLK-05, EML-05).
    """
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        abort(403)
    origin = request.headers.get("Origin")
    if origin and origin != "null" and urlsplit(origin).netloc != request.host:
        abort(403)
