"""Readers cannot write: the database itself refuses (EML-01)."""

import pytest
from flask import Flask
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from feedback import storage
from feedback.auth.models import Role
from feedback.extensions import db
from tests.storage.table import mark


def _count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM mark")).scalar_one())


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
