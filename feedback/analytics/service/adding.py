"""Add integers to the roll-ups: each row by one statement, never by reading, adding and saving."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from sqlalchemy import Insert, and_, delete, insert, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from feedback.analytics.contributions import KEYS, SUMS, Key
from feedback.analytics.models import ROLLUPS
from feedback.extensions import db


def add(delta: Mapping[Key, tuple[int, ...]]) -> None:
    """Add a difference to the roll-ups; part of the caller's transaction.

    Rows are taken in the order of their keys, so that two writers never wait for each other in
    a circle. A row whose people are gone goes as well: what was never there leaves no trace.
    """
    fewer: dict[str, list[tuple[int | str, ...]]] = defaultdict(list)
    for (name, key), vector in delta.items():
        if vector[0] < 0:
            fewer[name].append(key)
    for name, rows in _by_table(delta).items():
        _upsert(name, rows)
    for name, keys in fewer.items():
        _prune(name, keys)


def put(rows: Mapping[Key, tuple[int, ...]]) -> None:
    """Insert rows where there are none; part of the caller's transaction."""
    for name, given in _by_table(rows).items():
        db.session.connection().execute(insert(ROLLUPS[name]), given)


def _by_table(rows: Mapping[Key, tuple[int, ...]]) -> dict[str, list[dict[str, int | str]]]:
    """Give the rows of each table by their columns' names, in the order of the keys."""
    found: dict[str, list[dict[str, int | str]]] = defaultdict(list)
    for (name, key), vector in sorted(rows.items()):
        names = (*KEYS[name], *SUMS[name])
        found[name].append(dict(zip(names, (*key, *vector), strict=True)))
    return found


def _upsert(name: str, rows: list[dict[str, int | str]]) -> None:
    connection = db.session.connection()
    connection.execute(_adding(name, connection.dialect.name), rows)


@cache
def _adding(name: str, dialect_name: str) -> Insert:
    """Return the statement that adds to the rows of a table; it is the same every time."""
    table = ROLLUPS[name]
    dialect = sqlite if dialect_name == "sqlite" else postgresql
    new = dialect.insert(table)
    grown = {column: table.c[column] + new.excluded[column] for column in SUMS[name]}
    keys = [table.c[column] for column in KEYS[name]]
    return new.on_conflict_do_update(index_elements=keys, set_=grown)


def _prune(name: str, keys: list[tuple[int | str, ...]]) -> None:
    table = ROLLUPS[name]
    own = tuple_(*(table.c[column] for column in KEYS[name]))
    empty = delete(table).where(and_(table.c.n == 0, own.in_(keys)))
    db.session.execute(empty)


def clear(name: str, **where: int) -> None:
    """Delete the rows of a roll-up with these values; part of the caller's transaction."""
    table = ROLLUPS[name]
    chosen = [table.c[column] == value for column, value in where.items()]
    db.session.execute(delete(table).where(*chosen))
