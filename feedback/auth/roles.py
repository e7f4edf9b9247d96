"""What each role may do: one table, read by the guard of every page."""

VIEW_RESULTS = "results.view"
MANAGE_CONTACTS = "contacts.manage"
VIEW_CONTACTS = "contacts.view"
VIEW_SURVEYS = "surveys.view"
EDIT_SURVEYS = "surveys.edit"
VIEW_CAMPAIGNS = "campaigns.view"
MANAGE_CAMPAIGNS = "campaigns.manage"
READ_MAILBOX = "mailbox.read"
MANAGE_OUTBOX = "outbox.manage"
CORRECT_REVIEWS = "reviews.correct"
EXPORT_RESULTS = "results.export"

_VIEWER = frozenset({VIEW_RESULTS, VIEW_CONTACTS, VIEW_SURVEYS, VIEW_CAMPAIGNS})
_MANAGER = _VIEWER | {
    *(MANAGE_CONTACTS, EDIT_SURVEYS, MANAGE_CAMPAIGNS),
    *(READ_MAILBOX, CORRECT_REVIEWS, EXPORT_RESULTS),
}
_ADMIN = _MANAGER | {MANAGE_OUTBOX}

PERMISSIONS: dict[str, frozenset[str]] = {
    "viewer": _VIEWER,
    "manager": _MANAGER,
    "admin": _ADMIN,
}
ROLES = tuple(PERMISSIONS)


def may(role_names: list[str], permission: str) -> bool:
    """Say whether any of these roles carries the permission; unknown roles carry none."""
    return any(permission in PERMISSIONS.get(name, frozenset()) for name in role_names)
