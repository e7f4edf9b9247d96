"""Deletes files whose time is over, and what killed attempts have left behind."""

from datetime import datetime

from sqlalchemy import update

from feedback import clock, storage
from feedback.extensions import db
from feedback.results.exports.models import Export
from feedback.results.exports.orders import KEPT
from feedback.results.exports.queries import orders
from feedback.results.exports.service.workplace import folder, remove


def has_expired() -> bool:
    """Say whether a file has to go."""
    return bool(orders.list_expired(clock.now(), 1))


def remove_expired() -> int:
    """Delete the files of expired orders and return how many; their rows stay as the record.

    The file goes before its name: killed in between, it is looked for once more.
    """
    now = clock.now()
    with storage.reading():
        names = {export.id: export.file for export in orders.list_expired(now)}
        db.session.rollback()
    for export_id, file in names.items():
        remove(file)
        db.session.execute(
            update(Export)
            .where(Export.id == export_id, Export.file == file)
            .values(file="")
            .execution_options(synchronize_session=False)
        )
    db.session.commit()
    _sweep(now)
    return len(names)


def _sweep(now: datetime) -> None:
    """Delete what belongs to no order and has not been touched for as long as files are kept."""
    with storage.reading():
        known = orders.list_files()
        db.session.rollback()
    for path in folder().iterdir():
        if path.name not in known and now.timestamp() - path.stat().st_mtime > KEPT.total_seconds():
            remove(path.name)
