"""The Inbox: mails read in the browser while no mail server is set, and the pause switch."""

from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from feedback.auth.access import requires
from feedback.auth.roles import MANAGE_OUTBOX, READ_MAILBOX
from feedback.config import Settings
from feedback.outbox import mailbox, queries, service
from feedback.web.assets import HTMX_CDN
from feedback.web.fragments import page_or_fragment

bp = Blueprint("outbox", __name__)
# For the navigation: whether there is an Inbox to show.
bp.record(lambda state: state.app.jinja_env.globals.update(inbox_available=inbox_available))

# What a mail's HTML may do in its frame: look as it looks, and follow a link on a click.
_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)


def inbox_available() -> bool:
    """Say whether mails stay in the local mailbox, so that there is an Inbox."""
    return not _settings().mail_server


@bp.get("/inbox")
@requires(READ_MAILBOX)
def inbox() -> str:
    """List the mails of the local mailbox, newest first."""
    return page_or_fragment(
        "outbox/inbox.html",
        "outbox/_list.html",
        listing=mailbox.get_page(_folder(), request.args.get("page", 1, type=int)),
        pause=queries.find_pause(),
    )


@bp.get("/inbox/<name>")
@requires(READ_MAILBOX)
def mail(name: str) -> Response:
    """Show one mail: its HTML in a frame, beside it its plain text."""
    response = make_response(render_template("outbox/mail.html", letter=_letter(name)))
    script = "'self'" if _settings().htmx_source == "local" else f"'self' {HTMX_CDN}"
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src {script}; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
        "base-uri 'none'; object-src 'none'; frame-src 'self'"
    )
    return response


@bp.get("/inbox/<name>/html")
@requires(READ_MAILBOX)
def mail_html(name: str) -> Response:
    """Serve a mail's own HTML for the frame, under a policy of its own."""
    response = make_response(mailbox.html_for_frame(_letter(name).html))
    response.headers["Content-Security-Policy"] = _MAIL_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.post("/outbox/resume")
@requires(MANAGE_OUTBOX)
def resume() -> AnyResponse:
    """Let the queue send again after a pause."""
    service.resume_queue()
    flash(_("Sending goes on."), "good")
    return redirect(url_for("outbox.inbox") if inbox_available() else "/", 303)


def _letter(name: str) -> mailbox.Opened:
    try:
        return mailbox.open_letter(_folder(), name)
    except mailbox.NoSuchLetter:
        abort(404)


def _folder() -> Path:
    if not inbox_available():
        abort(404)
    return _settings().folder / "mailbox"


def _settings() -> Settings:
    settings: Settings = current_app.config["KESAN"]
    return settings
