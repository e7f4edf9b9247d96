"""Make one summary after the other in the worker, and keep it."""

import time
from collections.abc import Iterator

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from feedback import clock, storage
from feedback.extensions import db
from feedback.results.kept import queries
from feedback.results.kept.codec import encode
from feedback.results.kept.models import KeptOrder, KeptSummary
from feedback.results.kept.orders import Packed, orders_of
from feedback.results.kept.pace import WAVES, oldest_first
from feedback.results.overview import listed, overview
from feedback.results.peers import peers_of
from feedback.results.queries.pages import read_peers_by_wave, read_summary
from feedback.results.queries.quality import read_facts
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
        row, orders = _made(key, scope, stamp)
        wanted = [each for each, _ in queries.list_wanted()]
        db.session.rollback()
    # Those nobody asks for go as well: of a segment that is no more, of an earlier release.
    gone = KeptSummary.key.not_in(wanted) | (KeptSummary.key == key)
    try:
        db.session.execute(delete(KeptSummary).where(gone))
        db.session.add(row)
        db.session.flush()
        db.session.add_all(orders)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # another worker has just made it


def _next() -> tuple[str, Scope] | None:
    return oldest_first(queries.list_wanted(), queries.list_known(), clock.now())


def _checked(key: str) -> None:
    known = db.session.get(KeptSummary, key)
    if known is not None:
        known.checked_at = clock.now()
    db.session.commit()


def _made(key: str, scope: Scope, stamp: str) -> tuple[KeptSummary, list[KeptOrder]]:
    """Make a summary with the orders of its list, read in one transaction."""
    begun, now, orders = time.monotonic(), clock.now(), []
    row = KeptSummary(key=key, stamp=stamp, made_at=now, checked_at=now)
    if key == WAVES:
        row.peers = encode(read_peers_by_wave(scope))
    else:
        orders = [KeptOrder(key=key, **each._asdict()) for each in _summarised(row, scope)]
    row.seconds = time.monotonic() - begun
    return row, orders


def _summarised(row: KeptSummary, scope: Scope) -> Iterator[Packed]:
    """Write a scope's summary into the row; give the orders of its list."""
    # Of a selection too, people differ as they do among all organisations.
    known = None if scope.selection.is_all else queries.find_peers(scope)
    facts = read_summary(scope, known)
    summary = overview(facts)
    row.summary = encode(summary)
    if scope.selection.is_all:
        row.peers = encode(peers_of(facts.tallies, {}, {}))
    if scope.campaign_id is not None:
        row.quality = encode(read_facts(scope.campaign_id, summary.line))
    return orders_of(listed(facts))
