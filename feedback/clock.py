"""The only reader of the wall clock: aware times in UTC; can be set to another instant."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_set_to: ContextVar[datetime | None] = ContextVar("kesan_clock", default=None)


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return _set_to.get() or datetime.now(UTC)


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let the clock of this thread stand at an instant: for invented years and for tests.

    Raises ValueError for a time without zone.
    """
    if instant.tzinfo is None:
        raise ValueError("a time without zone")
    token = _set_to.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)
