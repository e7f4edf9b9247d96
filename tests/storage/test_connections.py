"""Every connection is durable: journal, synchronous commits, settings read back."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, inspect

from feedback import create_app, storage
from feedback.config import Settings
from feedback.extensions import db

SAFE = ["3.44.6", "3.44.9", "3.50.7", "3.50.8", "3.51.3", "3.52.1", "3.53.4", "4.0.0"]
FAULTY = ["3.7.0", "3.40.1", "3.44.5", "3.45.0", "3.49.2", "3.50.6", "3.51.0", "3.51.2", "3.52.0"]
PROMISED = {"synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "trusted_schema": 0}


def _version(written: str) -> tuple[int, ...]:
    return tuple(int(part) for part in written.split("."))


def _pragmas(engine: Engine) -> dict[str, object]:
    with engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", *PROMISED)
        }


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
        # Before 3.44.0 only a trusted schema lets triggers write to the search table.
        kept = PROMISED | {"trusted_schema": 1}
        assert _pragmas(db.engine) == {"journal_mode": "delete", **kept}
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
