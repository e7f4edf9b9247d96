"""Transactions are whole, wait their turn, and keep the instant of every time."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from feedback import storage
from tests.storage.table import mark


def _count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM mark")).scalar_one())


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


def test_rows_that_are_there_already_are_left_out(engine: Engine) -> None:
    with Session(engine) as session:
        session.execute(mark.insert().values(id=1, times=9))
        storage.insert_ignoring(session, mark, [{"id": 1, "times": 0}, {"id": 2, "times": 5}])
        storage.insert_ignoring(session, mark, [])
        rows = session.execute(mark.select().order_by(mark.c.id)).all()
        assert [(row.id, row.times) for row in rows] == [(1, 9), (2, 5)]


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
