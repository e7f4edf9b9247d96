"""Looks at a database from outside the app's requests: every row, counts, faults on demand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from sqlite3 import OperationalError as DriverError
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event, func, select
from sqlalchemy.exc import DBAPIError, OperationalError

from feedback import storage
from feedback.extensions import db

Dump = dict[str, list[str]]


@contextmanager
def inside(app: Flask) -> Iterator[None]:
    """Be inside the app as a writer, whatever the requests before have left behind."""
    with app.app_context(), storage.reading(False):
        yield


def dump(app: Flask) -> Dump:
    """Return every column of every row of every table, as texts in a fixed order."""
    with app.app_context(), storage.reading(), db.engine.connect() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in db.metadata.sorted_tables
        }


def cells(app: Flask) -> list[Any]:
    """Return the value of every cell of every row of every table."""
    with app.app_context(), storage.reading(), db.engine.connect() as connection:
        return [
            cell
            for table in db.metadata.sorted_tables
            for row in connection.execute(select(table))
            for cell in row
        ]


def count(model: type[Any], *conditions: Any) -> int:
    """Count the rows of a table as the database holds them now."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def fault(kind: type[DBAPIError] = OperationalError) -> DBAPIError:
    """Return what SQLAlchemy raises where the disk is full, or another error of a database."""
    return kind("", {}, DriverError("database or disk is full"))


@contextmanager
def failing_commit(engine: Engine, kind: type[DBAPIError] = OperationalError) -> Iterator[None]:
    """Let every commit of a writer fail, as on a full disk."""

    def refuse(_connection: Connection) -> None:
        raise fault(kind)

    with _listening(engine, "commit", refuse):
        yield


@contextmanager
def failing_at(engine: Engine, beginning: str) -> Iterator[None]:
    """Let every statement fail that begins with these words."""

    def refuse(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(beginning):
            raise fault()

    with _listening(engine, "before_cursor_execute", refuse):
        yield


BEGINNINGS = ("PRAGMA query_only", "BEGIN", "SET TRANSACTION")


@contextmanager
def counting_statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements sent to the database; many rows in one statement count once.

    What begins a transaction is left out: it differs between the two databases.
    """
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(BEGINNINGS):
            sent.append(statement)

    with _listening(engine, "before_cursor_execute", note):
        yield sent


@contextmanager
def _listening(target: Any, name: str, listener: Callable[..., None]) -> Iterator[None]:
    event.listen(target, name, listener)
    try:
        yield
    finally:
        event.remove(target, name, listener)
