"""Takes orders and hands finished files out, to who ordered them and to nobody else."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import update

from feedback import clock
from feedback.extensions import db
from feedback.results.exports.csv_file import DATA
from feedback.results.exports.models import Export
from feedback.results.exports.orders import MOST_OPEN, OrderState, Refused, Wanted
from feedback.results.exports.queries import orders
from feedback.results.exports.service.contents import check
from feedback.results.exports.service.workplace import path_of


class FileGone(LookupError):
    """The file is not offered: not made yet, expired, or no longer whole on the disk."""


def place(wanted: Wanted, user_id: int) -> Export:
    """Place an order. Raises Refused, also for too many that still wait."""
    check(wanted)
    if orders.count_own(user_id, open_only=True) >= MOST_OPEN:
        raise Refused("too_many_orders")
    export = Export(
        owner_id=user_id,
        kind=wanted.kind,
        format=wanted.format,
        form=wanted.form,
        language=wanted.language,
        parameters=wanted.parameters,
        state=OrderState.QUEUED,
        created_at=clock.now(),
    )
    db.session.add(export)
    db.session.commit()
    return export


def fetch(export: Export, part: str) -> Path:
    """Note that a part of an order's file is taken along, return where it lies. Raises FileGone."""
    now = clock.now()
    if not export.is_offered(now):
        raise FileGone(export.id)
    path = path_of(export.file, part)
    if not path.is_file() or (part == DATA and path.stat().st_size != export.bytes):
        raise FileGone(export.id)
    if part == DATA:
        _note_download(export.id, now)
    return path


def _note_download(export_id: int, now: datetime) -> None:
    db.session.execute(
        update(Export)
        .where(Export.id == export_id)
        .values(downloads=Export.downloads + 1, downloaded_at=now)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()
