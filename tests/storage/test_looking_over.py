"""The database knows what it holds, so that it plans queries well."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import text

from feedback import clock, pipeline, storage
from feedback.extensions import db
from tests.builders.organisations import an_organisation
from tests.rows import counting_statements


def known_tables() -> set[str]:
    """Return the tables of which SQLite keeps what it has seen of them."""
    there = db.session.scalar(text("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"))
    found = db.session.scalars(text("SELECT tbl FROM sqlite_stat1")) if there else ()
    return set(found)


def test_tables_that_have_grown_are_looked_at_once(app: Flask) -> None:
    for _ in range(30):
        an_organisation()
    with counting_statements(db.engine) as sent:
        storage.look_over(db.session)
    if db.engine.dialect.name == "postgresql":
        assert sent == []
        return
    assert "organisation" in known_tables()
    with counting_statements(db.engine) as sent:
        storage.look_over(db.session)
    assert not [each for each in sent if 'ANALYZE "main"."organisation"' in each]


def test_the_worker_looks_over_at_its_start_and_then_hourly(app: Flask) -> None:
    now = clock.now()
    with clock.standing_at(now):
        step = pipeline.look_over()
        assert step.pending()
        step.work()
        assert not step.pending()
    with clock.standing_at(now + timedelta(minutes=59)):
        assert not step.pending()
    with clock.standing_at(now + timedelta(hours=1)):
        assert step.pending()


def test_statements_are_planned_for_their_own_values(app: Flask) -> None:
    if db.engine.dialect.name == "sqlite":
        return  # plans each of them anyway
    db.session.rollback()
    assert db.session.scalar(text("SHOW plan_cache_mode")) == "force_custom_plan"
