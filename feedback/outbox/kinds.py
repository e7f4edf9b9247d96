"""The kinds of mail there are: rooms register theirs, the worker looks them up by name."""

from feedback.outbox.letters import MailKind

__all__ = ["MailKind", "UnknownKind", "find_kind", "get_kind", "register"]

_kinds: dict[str, MailKind] = {}


class UnknownKind(LookupError):
    """No room has registered a kind of mail by this name."""


def register(kind: MailKind) -> None:
    """Make a kind known; the same name again replaces it, as every app that starts does."""
    _kinds[kind.name] = kind


def get_kind(name: str) -> MailKind:
    """Return the kind of this name. Raises UnknownKind."""
    kind = find_kind(name)
    if kind is None:
        raise UnknownKind(name)
    return kind


def find_kind(name: str) -> MailKind | None:
    """Return the kind of this name, or None."""
    return _kinds.get(name)
