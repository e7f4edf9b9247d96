"""Finds orders: one's own, the one that waits longest, those whose file has to go."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.results.exports.models import Export
from feedback.results.exports.orders import OPEN, OrderState


def find_own(export_id: int, user_id: int) -> Export | None:
    """Return this person's order of this number; those of others are as if they were not."""
    return db.session.scalar(
        select(Export).where(Export.id == export_id, Export.owner_id == user_id)
    )


def list_own(user_id: int, limit: int, start: int = 0) -> Sequence[Export]:
    """Return a person's orders, newest first."""
    own = select(Export).where(Export.owner_id == user_id).order_by(Export.id.desc())
    return db.session.scalars(own.offset(start).limit(limit)).all()


def count_own(user_id: int, open_only: bool = False) -> int:
    """Count a person's orders, or those that are not finished."""
    conditions = [Export.owner_id == user_id]
    if open_only:
        conditions.append(Export.state.in_(OPEN))
    return db.session.scalar(select(func.count(Export.id)).where(*conditions)) or 0


def campaign_names(exports: Iterable[Export]) -> dict[int | None, str]:
    """Return campaign id → name for the campaigns of these orders, in one query."""
    ids = {export.wanted.campaign_id for export in exports} - {None}
    rows = db.session.execute(select(Campaign.id, Campaign.name).where(Campaign.id.in_(ids)))
    return {row[0]: row[1] for row in rows}


def waiting(now: datetime) -> ColumnElement[bool]:
    """Say in the database which orders a worker may take: new ones, and those left behind."""
    lapsed = and_(Export.state == OrderState.RUNNING, Export.lease_until <= now)
    return or_(Export.state == OrderState.QUEUED, lapsed)


def find_next(now: datetime) -> Export | None:
    """Return the order that waits longest, or None."""
    return db.session.scalar(select(Export).where(waiting(now)).order_by(Export.id).limit(1))


def list_expired(now: datetime, limit: int = 100) -> Sequence[Export]:
    """Return orders whose file is still there and has to go."""
    gone = (Export.state == OrderState.DONE, Export.file != "", Export.expires_at <= now)
    return db.session.scalars(select(Export).where(*gone).limit(limit)).all()


def list_files() -> set[str]:
    """Return the names of all files there should be."""
    return set(db.session.scalars(select(Export.file).where(Export.file != "")))
