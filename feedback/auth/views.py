"""The pages of one's own account, and the binding of Flask-Security."""

from datetime import timedelta

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_security import SQLAlchemyUserDatastore, current_user
from werkzeug.wrappers import Response

from feedback.auth import queries, service
from feedback.auth.access import allowed, public
from feedback.auth.forms import LoginForm
from feedback.auth.models import Role, User
from feedback.extensions import db, security
from feedback.web.languages import LANGUAGES
from feedback.web.returning import is_local

bp = Blueprint("account", __name__)


def init_auth(app: Flask) -> None:
    """Bind Flask-Security: login, logout by POST, sessions that end at a password change."""
    wrong = (_l("Email address and password do not match."), "error")
    app.config.update(
        SECURITY_PASSWORD_SALT=app.config["SECRET_KEY"],
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 – a method, not a password
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_DEFAULT_REMEMBER_ME=False,
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/login",
        SECURITY_LOGIN_USER_TEMPLATE="auth/login.html",
        SECURITY_FLASH_MESSAGES=False,
        # Pages of its own that Kesan does not use stay away.
        SECURITY_FRESHNESS=timedelta(minutes=-1),
        SECURITY_STATIC_FOLDER=None,
        SECURITY_MSG_GENERIC_AUTHN_FAILED=wrong,
        SECURITY_MSG_USER_DOES_NOT_EXIST=wrong,
        SECURITY_MSG_INVALID_PASSWORD=wrong,
        SECURITY_MSG_DISABLED_ACCOUNT=wrong,
    )
    datastore = SQLAlchemyUserDatastore(db, User, Role)
    security.init_app(app, datastore, login_form=LoginForm)
    security.login_context_processor(lambda: {"nobody_yet": not queries.anybody()})
    app.jinja_env.globals["allowed"] = allowed


@bp.post("/language")
@public
def language() -> Response:
    """Switch the language of the pages for the person logged in."""
    wanted = request.form.get("language", "")
    if current_user.is_authenticated and wanted in LANGUAGES:
        service.speak(current_user, wanted)
    back = request.form.get("back", "")
    return redirect(back if is_local(back) else "/", 303)


@bp.get("/account")
@public
def own() -> str | Response:
    """Show one's own name, role and language."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login"))
    return render_template("auth/account.html")
