"""Claims on orders: every step is one UPDATE that holds only for who still has the claim."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from feedback import clock, storage
from feedback.extensions import db
from feedback.results.exports.models import Export
from feedback.results.exports.orders import KEPT, LEASE, OrderState, Wanted
from feedback.results.exports.queries import orders


class ClaimLost(Exception):
    """Another worker has taken the order up, because there was no sign of life."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An order in hand: what was ordered by whom, and the random name of the new file."""

    export_id: int
    file: str
    before: str  # the name an attempt left behind, "" if there was none
    attempts: int  # this one included
    wanted: Wanted
    owner: str


def claim_next(now: datetime) -> Claim | None:
    """Take the order that waits longest; None where there is none or somebody was quicker."""
    with storage.reading():
        found = orders.find_next(now)
        if found is None:
            db.session.rollback()
            return None
        claim = Claim(
            found.id,
            secrets.token_urlsafe(24),
            found.file,
            found.attempts + 1,
            found.wanted,
            found.owner.name or found.owner.email,
        )
        db.session.rollback()
    values = {"file": claim.file, "attempts": claim.attempts, "lease_until": now + LEASE}
    moved = db.session.execute(
        update(Export)
        .where(Export.id == claim.export_id, Export.file == claim.before, orders.waiting(now))
        .values(state=OrderState.RUNNING, started_at=now, written=0, expected=None, **values)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    return claim if moved.rowcount else None  # type: ignore[attr-defined]


def note(claim: Claim, lease: timedelta = LEASE, **values: object) -> None:
    """Store how far it is, as a sign of life. Raises ClaimLost."""
    if not _update(claim, lease_until=clock.now() + lease, **values):
        raise ClaimLost(claim.export_id)


def finish(claim: Claim, size: int) -> None:
    """Offer the file. Raises ClaimLost."""
    now = clock.now()
    values = {"bytes": size, "finished_at": now, "expires_at": now + KEPT}
    if not _update(claim, state=OrderState.DONE, lease_until=None, **values):
        raise ClaimLost(claim.export_id)


def fail(claim: Claim, code: str) -> None:
    """Say why there will be no file; nothing where the claim is lost."""
    values = {"failure": code, "file": "", "finished_at": clock.now()}
    _update(claim, state=OrderState.FAILED, lease_until=None, **values)


def _update(claim: Claim, **values: object) -> bool:
    held = (Export.state == OrderState.RUNNING, Export.file == claim.file)
    moved = db.session.execute(
        update(Export)
        .where(Export.id == claim.export_id, *held)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
    return bool(moved.rowcount)  # type: ignore[attr-defined]
