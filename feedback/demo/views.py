"""The Inbox: where mails are read in the browser while no mail server is set."""

from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    render_template,
    request,
)

from feedback.auth.access import requires
from feedback.auth.roles import READ_MAILBOX
from feedback.config import Settings
from feedback.outbox import mailbox
from feedback.web.fragments import page_or_fragment
from feedback.web.security import content_policy

bp = Blueprint("mailbox", __name__, url_prefix="/inbox")
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


@bp.get("")
@requires(READ_MAILBOX)
def inbox() -> str:
    """List the mails of the local mailbox, newest first."""
    return page_or_fragment(
        "demo/inbox.html",
        "demo/_list.html",
        listing=mailbox.get_page(_folder(), request.args.get("page", 1, type=int)),
    )


@bp.get("/<name>")
@requires(READ_MAILBOX)
def mail(name: str) -> Response:
    """Show one mail: its HTML in a frame, beside it its plain text."""
    response = make_response(render_template("demo/mail.html", letter=_letter(name)))
    response.headers["Content-Security-Policy"] = content_policy(_settings(), frames="'self'")
    return response


@bp.get("/<name>/html")
@requires(READ_MAILBOX)
def mail_html(name: str) -> Response:
    """Serve a mail's own HTML for the frame, under a policy of its own."""
    response = make_response(mailbox.html_for_frame(_letter(name).html))
    response.headers["Content-Security-Policy"] = _MAIL_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


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
