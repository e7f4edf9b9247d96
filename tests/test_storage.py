"""What every database connection promises, tried on the real database in use."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import Column, Engine, Integer, MetaData, Table, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from feedback import create_app, storage
from feedback.auth.models import Role
from feedback.config import Settings
from feedback.extensions import db

SAFE = ["3.44.6", "3.44.9", "3.50.7", "3.50.8", "3.51.3", "3.52.1", "3.53.4", "4.0.0"]
FAULTY = ["3.7.0", "3.40.1", "3.44.5", "3.45.0", "3.49.2", "3.50.6", "3.51.0", "3.51.2", "3.52.0"]
PROMISED = {"synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0}

marks = MetaData()
mark = Table(
    "mark",
    marks,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", storage.Utc),
    Column("times", Integer, nullable=False, server_default="0"),
)


def _version(written: str) -> tuple[int, ...]:
    return tuple(int(part) for part in written.split("."))


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """An engine under the promises, on the database in use, with a table to write into."""
    url = settings.sqlalchemy_url
    made = create_engine(url, **storage.engine_options(url))
    storage.keep_promises(made)
    with storage.reading(False):
        marks.create_all(made)
        yield made
    made.dispose()


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine under the promises on a SQLite file, whatever database the run is about."""
    url = f"sqlite:///{tmp_path / 'promised.db'}"
    made = create_engine(url, **storage.engine_options(url))
    storage.keep_promises(made)
    yield made
    made.dispose()


def _pragmas(engine: Engine) -> dict[str, object]:
    with engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", *PROMISED)
        }


def _count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM mark")).scalar_one())


@pytest.mark.parametrize("version", SAFE)
def test_a_release_without_the_fault_writes_ahead(version: str) -> None:
    """STO-01: fixed in 3.51.3 and in the branches 3.44.6 and 3.50.7."""
    assert storage.journal_mode(_version(version)) == "wal"


@pytest.mark.parametrize("version", FAULTY)
def test_a_release_with_the_fault_is_refused_the_write_ahead_log(version: str) -> None:
    """STO-01: the fault is in 3.7.0 to 3.51.2; 3.52.0 was withdrawn."""
    assert storage.journal_mode(_version(version)) == "delete"


def test_the_linked_release_is_the_one_that_was_judged(sqlite_engine: Engine) -> None:
    """STO-01: the library in use is asked, not the one Python brought."""
    with sqlite_engine.connect() as connection:
        linked = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    assert linked == storage.sqlite_driver().sqlite_version
    assert _pragmas(sqlite_engine)["journal_mode"] == storage.journal_mode(_version(linked))


def test_an_old_library_really_falls_back_to_the_rollback_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """STO-01: even a file that a newer library left in WAL."""
    with sqlite3.connect(tmp_path / "kesan.db") as left:
        assert left.execute("PRAGMA journal_mode=wal").fetchone() == ("wal",)
        left.execute("CREATE TABLE kept (id INTEGER)")
    left.close()
    monkeypatch.setattr(storage.sqlite_driver(), "sqlite_version_info", (3, 40, 1))
    app = create_app(Settings(data_dir=str(tmp_path)))
    with app.app_context():
        assert _pragmas(db.engine) == {"journal_mode": "delete", **PROMISED}
        assert inspect(db.engine).has_table("kept")
        db.engine.dispose()


def test_the_database_is_described_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = storage.sqlite_driver()
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 53, 4))
    assert storage.describe("sqlite:///a.db").endswith(
        f"SQLite {driver.sqlite_version}, journal wal"
    )
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 40, 1))
    assert "journal delete (this build has the WAL-reset fault" in storage.describe("sqlite:///a")
    shown = storage.describe("postgresql+psycopg://kesan:secret@db/kesan")
    assert "secret" not in shown
    assert "db/kesan" in shown


def test_every_connection_keeps_the_settings(sqlite_engine: Engine) -> None:
    """STO-02: read back on every connection, after the pool renewed it too."""
    first = _pragmas(sqlite_engine)
    assert {name: first[name] for name in PROMISED} == PROMISED
    with sqlite_engine.connect() as connection:
        connection.invalidate()
    assert _pragmas(sqlite_engine) == first
    sqlite_engine.dispose()
    assert _pragmas(sqlite_engine) == first
    with sqlite_engine.connect() as held, sqlite_engine.connect() as second:
        assert held.connection.dbapi_connection is not second.connection.dbapi_connection
        assert second.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2


def test_the_database_file_is_not_mapped_into_memory(sqlite_engine: Engine) -> None:
    """STO-01: mapping was part of the reported corruptions."""
    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA mmap_size").scalar() in (None, 0)


def test_a_commit_is_answered_only_once_it_is_on_the_disk(engine: Engine) -> None:
    """STO-04: synchronous FULL on SQLite; fsync and synchronous_commit on PostgreSQL."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        else:
            said = [
                connection.exec_driver_sql(f"SHOW {name}").scalar_one()
                for name in ("fsync", "synchronous_commit")
            ]
            assert said == ["on", "on"]


def test_a_database_set_to_answer_early_is_not_used_like_that(settings: Settings) -> None:
    """STO-04: SQLite is set right, PostgreSQL refused with the setting's name."""
    url = settings.sqlalchemy_url
    if url.startswith("sqlite"):
        careless = create_engine(url, **storage.engine_options(url))
        event.listen(careless, "connect", lambda c, _: c.execute("PRAGMA synchronous=OFF"))
        storage.keep_promises(careless)
        assert _pragmas(careless)["synchronous"] == 2
    else:
        careless = create_engine(url, connect_args={"options": "-c synchronous_commit=off"})
        storage.keep_promises(careless)
        with pytest.raises(storage.StorageUnfit, match="synchronous_commit=off"):
            careless.connect()
    careless.dispose()


def test_a_table_made_in_a_failed_transaction_is_gone(engine: Engine) -> None:
    """STO-02: tables are part of the transaction (F5)."""

    def fail_halfway() -> None:
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE halfway (id INTEGER)"))
            connection.execute(text("INSERT INTO halfway VALUES (1)"))
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        fail_halfway()
    assert not inspect(engine).has_table("halfway")


def test_a_failed_part_is_undone_without_the_rest(engine: Engine) -> None:
    """STO-02: savepoints roll back to where they began."""
    with Session(engine) as session:
        session.execute(mark.insert().values(id=1))
        part = session.begin_nested()
        session.execute(mark.insert().values(id=2))
        part.rollback()
        session.commit()
        assert [row.id for row in session.execute(mark.select())] == [1]


def test_a_second_writer_waits_instead_of_failing(engine: Engine) -> None:
    """STO-02: read, then write, while another does the same; both changes are kept (F4)."""
    with engine.begin() as connection:
        connection.execute(mark.insert().values(id=1))
    holding, failures = threading.Event(), []

    def add(slowly: bool) -> None:
        try:
            with engine.begin() as connection:
                connection.execute(text("SELECT times FROM mark")).all()
                if slowly:
                    connection.execute(text("UPDATE mark SET times = times + 1"))
                    holding.set()
                    threading.Event().wait(0.4)
                else:
                    connection.execute(text("UPDATE mark SET times = times + 1"))
        except DBAPIError as error:
            failures.append(error)

    first = threading.Thread(target=add, args=(True,))
    first.start()
    assert holding.wait(5)
    add(slowly=False)
    first.join()
    assert failures == []
    with engine.connect() as connection:
        assert connection.execute(text("SELECT times FROM mark")).scalar_one() == 2


def test_a_reader_sees_the_last_commit_while_a_writer_is_busy(engine: Engine) -> None:
    with engine.begin() as writer:
        writer.execute(mark.insert().values(id=1))
        with storage.reading(), engine.connect() as reader:
            assert reader.execute(mark.select()).all() == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO mark (id) VALUES (1)",
        "UPDATE mark SET times = 5",
        "DELETE FROM mark",
        "CREATE TABLE more (id INTEGER)",
        "DROP TABLE mark",
    ],
)
def test_the_database_refuses_the_writes_of_a_reader(engine: Engine, statement: str) -> None:
    """EML-01: query_only on SQLite, a READ ONLY transaction on PostgreSQL."""
    with engine.begin() as connection:
        connection.execute(mark.insert().values(id=7))
    with storage.reading(), engine.connect() as connection:
        with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            connection.execute(text(statement))
        connection.rollback()
    assert not inspect(engine).has_table("more")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id, times FROM mark")).all() == [(7, 0)]


def test_a_connection_that_read_writes_again_afterwards(engine: Engine) -> None:
    with storage.reading():
        assert _count(engine) == 0
    with engine.begin() as connection:
        connection.execute(mark.insert().values(id=1))
    with storage.reading():
        assert _count(engine) == 1


def test_reading_inside_reading_ends_with_its_own_block(engine: Engine) -> None:
    with storage.reading():
        with storage.reading(False), engine.begin() as connection:
            connection.execute(mark.insert().values(id=1))
        with engine.connect() as connection, pytest.raises(DBAPIError, match=r"(?i)read-?only"):
            connection.execute(mark.insert().values(id=2))


@pytest.mark.parametrize(
    "given",
    [
        datetime(2026, 11, 21, 12, 30, 15, 123456, tzinfo=UTC),
        datetime(2026, 11, 21, 23, 30, tzinfo=ZoneInfo("Asia/Jakarta")),
        datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=8))),
        datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
    ],
)
def test_an_aware_time_comes_back_as_the_same_instant(engine: Engine, given: datetime) -> None:
    with engine.begin() as connection:
        connection.execute(mark.insert().values(id=1, at=given))
        back = connection.execute(mark.select()).one().at
    assert back == given.astimezone(UTC)
    assert back.tzinfo is UTC or back.utcoffset() == timedelta(0)


def test_no_time_stays_no_time(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(mark.insert().values(id=1, at=None))
        assert connection.execute(mark.select()).one().at is None


def test_a_time_without_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="a time without zone"), engine.begin() as connection:
        connection.execute(mark.insert().values(id=1, at=datetime(2026, 11, 21)))  # noqa: DTZ001
    assert _count(engine) == 0


def test_rows_that_are_there_already_are_left_out(engine: Engine) -> None:
    with Session(engine) as session:
        session.execute(mark.insert().values(id=1, times=9))
        storage.insert_ignoring(session, mark, [{"id": 1, "times": 0}, {"id": 2, "times": 5}])
        storage.insert_ignoring(session, mark, [])
        rows = session.execute(mark.select().order_by(mark.c.id)).all()
        assert [(row.id, row.times) for row in rows] == [(1, 9), (2, 5)]


def _planted_writer() -> str:
    db.session.add(Role(name="planted"))
    db.session.commit()
    return "written"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_view_that_writes_on_a_reading_request_fails(bare_app: Flask, method: str) -> None:
    """EML-01: mail programs open links; the database itself refuses what such a view writes."""
    bare_app.add_url_rule("/planted", view_func=_planted_writer, methods=["GET", "POST"])
    bare_app.config["WTF_CSRF_ENABLED"] = False
    client = bare_app.test_client()
    assert client.open("/planted", method=method).status_code >= 500
    with bare_app.app_context():
        assert db.session.query(Role).filter_by(name="planted").count() == 0
    assert client.post("/planted").text == "written"
    with bare_app.app_context():
        assert db.session.query(Role).filter_by(name="planted").count() == 1


def test_a_reading_request_leaves_no_trace_in_what_follows(bare_app: Flask) -> None:
    """EML-01: only the request itself reads; the thread's next work writes again."""
    bare_app.test_client().get("/login")
    with bare_app.app_context():
        db.session.add(Role(name="afterwards"))
        db.session.commit()
