"""What every database connection promises: durable commits, readers that cannot write."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from sqlalchemy import BigInteger, Connection, DateTime, Engine, Integer, event, text
from sqlalchemy.dialects import postgresql as postgresql_dialect
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.types import TypeDecorator

BUSY_SECONDS = 5
RECYCLE_SECONDS = 3_600
SAMPLED_ROWS = 1_000

_reading: ContextVar[bool] = ContextVar("kesan_reading", default=False)


class StorageUnfit(RuntimeError):
    """The database cannot keep Kesan's promises; the message says what to change."""


def sqlite_driver() -> ModuleType:
    """Return the driver with the newer SQLite: pysqlite3 where it has a build, else Python's."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415
    except ImportError:
        return sqlite3
    return dbapi2


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Say whether this SQLite release is free of the WAL-reset fault (STO-01).

    Fixed in 3.51.3 and in the branches 3.44.6 and 3.50.7; 3.52.0 was withdrawn.
    """
    if version[:2] in ((3, 44), (3, 50)):
        return version >= ((3, 44, 6) if version[:2] == (3, 44) else (3, 50, 7))
    return version >= (3, 51, 3) and version[:3] != (3, 52, 0)


def search_is_innocuous(version: tuple[int, ...]) -> bool:
    """Say whether triggers may write to the search table of a schema that is not trusted.

    From 3.44.0 on. Before, a schema has to be trusted for it; Kesan's own holds nothing that
    could do harm, so there that defence of a tampered file is what falls away.
    """
    return version >= (3, 44, 0)


def journal_mode(version: tuple[int, ...]) -> str:
    """Return the journal mode for this release: WAL where safe, else the rollback journal."""
    return "wal" if wal_is_safe(version) else "delete"


def describe(url: str) -> str:
    """Return one line for people: which database, and on SQLite which build and journal mode."""
    if not url.startswith("sqlite"):
        return make_url(url).render_as_string(hide_password=True)
    driver = sqlite_driver()
    line = f"SQLite {driver.sqlite_version}, journal {journal_mode(driver.sqlite_version_info)}"
    if not wal_is_safe(driver.sqlite_version_info):
        line += " (this build has the WAL-reset fault, so Kesan does without WAL: slower, but safe)"
    return line


def engine_options(url: str) -> dict[str, Any]:
    """Return what create_engine needs for this address."""
    if url.startswith("sqlite"):
        # A connection knows what `look_over` has found when it is opened, and never again.
        return {
            "module": sqlite_driver(),
            "connect_args": {"timeout": BUSY_SECONDS},
            "pool_recycle": RECYCLE_SECONDS,
        }
    return {"pool_pre_ping": True}


@contextmanager
def reading(on: bool = True) -> Iterator[None]:
    """Open transactions begun inside as readers: the database itself refuses their writes."""
    token = _reading.set(on)
    try:
        yield
    finally:
        _reading.reset(token)


def set_reading(on: bool) -> None:
    """Say for the rest of this request whether transactions are readers (EML-01)."""
    _reading.set(on)


def keep_promises(engine: Engine) -> None:
    """Attach the connection and transaction rules of STO-01 to STO-04 to the engine."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "connect", _check_postgresql)
        event.listen(engine, "begin", _begin_postgresql)


def look_over(session: Any) -> None:
    """Let SQLite sample tables that have grown much, so that it plans by what they hold; commit.

    Without it a query may read a whole campaign for one answer. PostgreSQL does it by itself;
    SQLite before 3.46 looks at tables in use only.
    One table after the other: who saves an answer meanwhile does not wait for all of them.
    """
    if session.get_bind().dialect.name != "sqlite":
        return
    # 0x10000: all tables, not only those in use; 1: say what is to be done and do nothing.
    wanted = session.scalars(text("PRAGMA optimize=0x10003")).all()
    session.commit()
    for statement in wanted:
        session.execute(text(f"PRAGMA analysis_limit={SAMPLED_ROWS}"))
        session.execute(text(statement))
        session.commit()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say, DDL included (F5)
    cursor = connection.cursor()
    version = sqlite_driver().sqlite_version_info
    mode = journal_mode(version)
    for pragma in (
        f"journal_mode={mode}",
        "synchronous=FULL",  # the only setting under which a committed answer is on the disk (F3)
        "foreign_keys=ON",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        f"trusted_schema={'OFF' if search_is_innocuous(version) else 'ON'}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if _reading.get():
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")
    else:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        # A read that turns into a write fails at once under contention; IMMEDIATE waits (F4).
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check_postgresql(connection: Any, _record: object) -> None:
    for name in ("fsync", "synchronous_commit"):
        row = connection.execute(f"SHOW {name}").fetchone()
        if row[0] == "off":
            raise StorageUnfit(f"PostgreSQL runs with {name}=off: a saved answer could be lost")
    # Asked for the sixth time, a statement would be planned for any values: of one owner's
    # organisations as of all.
    connection.execute("SET plan_cache_mode = force_custom_plan")
    connection.commit()


def _begin_postgresql(connection: Connection) -> None:
    if _reading.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


class Utc(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite itself has no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse naive times: they are how an hour gets lost."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give back an aware time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# 64-bit keys; on SQLite an INTEGER PRIMARY KEY is the row's own address.
BigKey = BigInteger().with_variant(Integer(), "sqlite")


def insert_ignoring(connection_or_session: Any, table: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows; those that break a unique key are left out silently, on both databases."""
    if not rows:
        return
    statement = inserting(connection_or_session, table).on_conflict_do_nothing()
    connection_or_session.execute(statement, rows)


def inserting(connection_or_session: Any, table: Any) -> Any:
    """Return an INSERT that can say what to do with a key that is there already."""
    name = connection_or_session.get_bind().dialect.name
    return (sqlite_dialect if name == "sqlite" else postgresql_dialect).insert(table)
