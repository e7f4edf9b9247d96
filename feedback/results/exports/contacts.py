"""People and how far they were asked, as one row each."""

KEYS = (
    *("contact_id", "contact", "email", "organisation_id", "organisation", "kind", "segment"),
    *("role", "weight", "language", "external_id", "state", "progress", "invitations", "answers"),
    *("asked_at", "started_at", "answered_at", "unsubscribed_at", "bounced_at", "archived_at"),
)
STATES = ("active", "unsubscribed", "bounced", "archived")
STAGES = (
    *("never", "waiting", "not_delivered", "bounced", "withdrawn", "asked", "started"),
    "answered",
)


def state(archived: object, unsubscribed: object, bounced: object) -> str:
    """Return whether a person can be asked, else the strongest reason why not.

    >>> state(None, None, None), state(None, "2026-11-28", "2026-11-01")
    ('active', 'unsubscribed')
    """
    if archived:
        return "archived"
    if unsubscribed:
        return "unsubscribed"
    return "bounced" if bounced else "active"


def stage(
    invitations: int, *, answered: object, started: object, kept: int, mails: tuple[int, int, int]
) -> str:
    """Return how far a person came: with `kept` invitations not withdrawn, and mails as folded.

    `mails` says whether any was accepted by a server, bounced, or was lost.

    >>> stage(1, answered=None, started=None, kept=1, mails=(1, 0, 0))
    'asked'
    """
    accepted, bounced, lost = mails
    reached = (
        (not invitations, "never"),
        (answered, "answered"),
        (started, "started"),
        (not kept, "withdrawn"),
        (accepted, "asked"),
        (bounced, "bounced"),
        (lost, "not_delivered"),
    )
    return next((name for holds, name in reached if holds), "waiting")
