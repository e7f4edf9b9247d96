"""Error pages: what happened, what to do, an id to ask about; never a stack trace (SEC-21)."""

import logging
import secrets
from http import HTTPStatus

from flask import Flask, current_app, g, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError
from werkzeug.exceptions import HTTPException, SecurityError

from feedback.extensions import db

log = logging.getLogger("kesan.errors")


def init_errors(app: Flask) -> None:
    """Map exceptions of the web and the database to pages."""
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(DatabaseError, _database_away)
    app.register_error_handler(Exception, _unexpected)


def _words(code: int) -> tuple[str, str]:
    words = {
        400: (_("This form cannot be read"), _("Go back, check what you entered and try again.")),
        403: (_("Not for your role"), _("Ask an administrator if you need this page.")),
        404: (_("Page not found"), _("The address may be mistyped, or the page has moved.")),
        405: (_("This address takes no such request"), _("Go back and use the page's buttons.")),
        413: (_("This is too large"), _("Send a smaller file or a shorter text.")),
        429: (_("Too many attempts"), _("Wait a minute, then try again.")),
    }
    return words.get(code, (_("This did not work"), _("Go back and try again.")))


def _http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    if isinstance(error, SecurityError):
        return "This host name is not ours.", 400  # no page: its links would carry that name
    code = error.code or 500
    if code < HTTPStatus.BAD_REQUEST:
        return error  # a redirect raised as an exception
    title, advice = _words(code)
    return render_template("errors/error.html", title=title, advice=advice), code


def _stale_form(_error: CSRFError) -> tuple[str, int]:
    """Show what was sent in a form with a fresh token, so that nothing typed is lost (FLK-05)."""
    return (
        render_template(
            "errors/resend.html",
            title=_("Please confirm once more"),
            advice=_("Your session was renewed since you opened the page. Nothing is lost."),
            fresh_token=True,
        ),
        400,
    )


def _database_away(error: DatabaseError) -> tuple[str, int] | tuple[str, int, dict[str, str]]:
    """Keep what was sent in the page and offer to send it again (STO-11)."""
    if isinstance(error, DataError | IntegrityError | ProgrammingError):
        return _unexpected(error)  # a fault of ours, which trying again does not mend
    db.session.rollback()
    if "_login_user" not in g:
        # The page is drawn for nobody: asking who is logged in would need the database again.
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    log.error("database not available: %s on %s", type(error.orig).__name__, request.endpoint)
    return (
        render_template(
            "errors/resend.html",
            title=_("Not saved yet"),
            advice=_("Storage is busy at the moment. Your entries are kept on this page."),
            fresh_token=False,
        ),
        503,
        {"Retry-After": "10"},
    )


def _unexpected(error: Exception) -> tuple[str, int]:
    number = secrets.token_hex(4)
    log.error("error %s on %s", number, request.endpoint, exc_info=error)
    return (
        render_template(
            "errors/error.html",
            title=_("Something went wrong on our side"),
            advice=_("Try again. If it happens again, tell us this number: %(id)s", id=number),
        ),
        500,
    )
