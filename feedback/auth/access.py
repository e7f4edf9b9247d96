"""The guard of every page: says who may call a view, and is asked by tests whether it is there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app
from flask_security import current_user

from feedback.auth.roles import may

View = Callable[..., Any]


def requires(permission: str) -> Callable[[View], View]:
    """Let a view be called only by somebody whose role carries the permission.

    Nobody logged in: to the login page. Logged in without the permission: 403.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if not allowed(permission):
                abort(403)
            return view(*args, **kwargs)

        guarded.guard = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def public(view: View) -> View:
    """Mark a view that anybody may call; the house test lists them all."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def allowed(permission: str) -> bool:
    """Say whether the person logged in may do this."""
    return current_user.is_authenticated and may(
        [role.name for role in current_user.roles], permission
    )
