"""Which summaries are kept, and when one is made again."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from feedback.results.kept.codec import FORM
from feedback.results.scope import Scope, Selection

# Up to so many organisations a summary is made while the reader waits, from the newest answers.
LARGE_FROM = 250
LEAST_AGE = timedelta(seconds=60)
# Of its time the worker spends at most this part on making one summary again and again.
PART = 20


def key_of(scope: Scope) -> str | None:
    """Return the key of a scope's kept summary; None for selections that are not kept.

    Owners' and teams' organisations are few enough to be added up while one waits.
    """
    chosen = scope.selection
    if chosen.owner_id is not None or chosen.team_id is not None:
        return None
    return f"{FORM}:{scope.key}:{chosen.kind}:{chosen.segment}"


# Not a summary: how persons differ in every wave and from wave to wave, whatever the scope.
WAVES = f"{FORM}:waves"


def selections(kinds: Iterable[str], segments: Iterable[str]) -> list[Selection]:
    """Return which organisations the last 365 days are kept for: all, each kind, segment, both."""
    names, parts = list(kinds), list(segments)
    of_kinds = [Selection(kind=kind) for kind in names]
    of_segments = [Selection(segment=segment) for segment in parts]
    both = [Selection(kind=kind, segment=segment) for kind in names for segment in parts]
    return [Selection(), *of_kinds, *of_segments, *both]


def is_due(checked_at: datetime | None, seconds: float, now: datetime) -> bool:
    """Say whether a summary that took so many seconds is to be looked at again.

    >>> from datetime import UTC
    >>> made = datetime(2026, 1, 1, tzinfo=UTC)
    >>> is_due(made, 1, made + timedelta(seconds=59)), is_due(made, 30, made + LEAST_AGE)
    (False, False)
    >>> is_due(made, 1, made + timedelta(seconds=60)), is_due(None, 0, made)
    (True, True)
    """
    if checked_at is None:
        return True
    return now - checked_at >= max(LEAST_AGE, timedelta(seconds=PART * seconds))


def oldest_first(
    wanted: Sequence[tuple[str, Scope]], known: dict[str, tuple[datetime, float]], now: datetime
) -> tuple[str, Scope] | None:
    """Return what is to be made next: the first that is missing, else the oldest that is due.

    What is kept of all organisations comes first: of selections there may be hundreds.
    """
    for some in (
        [each for each in wanted if each[1].selection.is_all],
        [each for each in wanted if not each[1].selection.is_all],
    ):
        missing = next((each for each in some if each[0] not in known), None)
        due = [each for each in some if each[0] in known and is_due(*known[each[0]], now)]
        oldest = min(due, key=lambda each: known[each[0]][0], default=None)
        if missing or oldest:
            return missing or oldest
    return None
