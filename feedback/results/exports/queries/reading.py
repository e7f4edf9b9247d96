"""What everything of an export is read in: one transaction that sees one moment."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select, text

from feedback import storage
from feedback.campaigns.confidentiality import MODES
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.exports.orders import Wanted
from feedback.results.gate import names_people
from feedback.results.queries.selecting import selected

AT_ONCE = 500  # rows in memory at a time, however many there are
# Of campaigns of these modes, single people may be exported.
NAMING = tuple(mode for mode in MODES if names_people(mode))


@dataclass(frozen=True, slots=True)
class Reading:
    """How many things there are, counted by itself, and the things."""

    count: int
    rows: Iterator[Sequence[Any]]


@contextmanager
def one_moment() -> Iterator[None]:
    """Let everything read inside stand as it was when the first of it was read."""
    db.session.rollback()
    with storage.reading():
        try:
            # A reader of SQLite sees one moment anyway; PostgreSQL has to be told.
            if db.session.get_bind().dialect.name == "postgresql":
                db.session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
            yield
        finally:
            db.session.rollback()


def stream(statement: Select[Any]) -> Iterator[Sequence[Any]]:
    """Yield the rows of a statement, a few at a time."""
    yield from db.session.execute(statement.execution_options(yield_per=AT_ONCE))


def stream_in_order(ids: Select[Any], statement: Select[Any], key: Any) -> Iterator[Sequence[Any]]:
    """Yield the rows of a statement whose first column is `key`, in the order of `ids`.

    A database that sorts whole rows holds them all in memory (SQLite's sorter, as our build has
    it); here only the keys are.
    """
    ordered = db.session.scalars(ids).all()
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        place = {each: at for at, each in enumerate(some)}
        rows = db.session.execute(statement.where(key.in_(some))).all()
        yield from sorted(rows, key=lambda row, place=place: place[row[0]])  # type: ignore[misc]


def count(statement: Select[Any]) -> int:
    """Return the one number that a statement counts."""
    return db.session.scalar(statement) or 0


def narrowed(column: Any, order: Wanted) -> list[ColumnElement[bool]]:
    """Give the condition that `column` holds the key of an organisation that is ordered."""
    conditions = selected(order.selection)
    if order.organisation_id is not None:
        conditions.append(Organisation.id == order.organisation_id)
    return [column.in_(select(Organisation.id).where(*conditions))] if conditions else []


def find_campaign(campaign_id: int) -> Campaign | None:
    """Return a campaign that has been launched, or None."""
    campaign = db.session.get(Campaign, campaign_id)
    return campaign if campaign and campaign.launched_at else None


def list_campaigns() -> Sequence[Campaign]:
    """Return every campaign that has been launched, newest first."""
    launched = select(Campaign).where(Campaign.launched_at.is_not(None))
    newest = launched.order_by(Campaign.launched_at.desc(), Campaign.id.desc())
    return db.session.scalars(newest).all()
