"""Make one summary after the other in the worker, and keep it."""

import time

from sqlalchemy import delete

from feedback import clock, storage
from feedback.extensions import db
from feedback.results.kept import queries
from feedback.results.kept.codec import FORM, encode
from feedback.results.kept.models import KeptSummary
from feedback.results.kept.pace import WAVES, oldest_first
from feedback.results.overview import Overview, overview
from feedback.results.peers import Peers, peers_of
from feedback.results.queries.pages import read_peers_by_wave, read_summary
from feedback.results.scope import Scope


def is_due() -> bool:
    """Say whether a summary of a large installation is missing or old."""
    return queries.is_large() and _next() is not None


def keep_next() -> bool:
    """Make and keep the summary that is due first; commit; say whether there was one.

    What it is made of is read without holding up anybody who writes.
    """
    with storage.reading():
        wanted = _next() if queries.is_large() else None
        if wanted is None:
            db.session.rollback()
            return False
        key, scope = wanted
        stamp = queries.stamp_of(scope)
        known = db.session.get(KeptSummary, key)
        same = known is not None and known.stamp == stamp
        db.session.rollback()
    if same:
        _checked(key)
    else:
        keep(key, scope, stamp)
    return True


def keep(key: str, scope: Scope, stamp: str) -> None:
    """Make one summary and keep it in place of the one there was; commit."""
    with storage.reading():
        row = _made(key, scope, stamp)
        db.session.rollback()
    # Those of an earlier release go as well: nobody can read them any more.
    old = ~KeptSummary.key.startswith(f"{FORM}:")
    db.session.execute(delete(KeptSummary).where(old | (KeptSummary.key == key)))
    db.session.add(row)
    db.session.commit()


def _next() -> tuple[str, Scope] | None:
    return oldest_first(queries.list_wanted(), queries.list_known(), clock.now())


def _checked(key: str) -> None:
    known = db.session.get(KeptSummary, key)
    if known is not None:
        known.checked_at = clock.now()
    db.session.commit()


def _summary(scope: Scope) -> tuple[Overview, Peers | None]:
    # Of a selection too, people differ as they do among all organisations.
    known = None if scope.selection.is_all else queries.find_peers(scope)
    facts = read_summary(scope, known)
    peers = peers_of(facts.tallies, {}, {}) if scope.selection.is_all else None
    return overview(facts), peers


def _made(key: str, scope: Scope, stamp: str) -> KeptSummary:
    begun, now = time.monotonic(), clock.now()
    summary, peers = (None, read_peers_by_wave(scope)) if key == WAVES else _summary(scope)
    return KeptSummary(
        key=key,
        stamp=stamp,
        made_at=now,
        checked_at=now,
        seconds=time.monotonic() - begun,
        summary=encode(summary),
        peers=encode(peers),
    )
