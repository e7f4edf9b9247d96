"""Migrations make exactly the tables of the models, and a failed one leaves nothing behind."""

import contextlib
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Column, Integer, MetaData, Table, inspect, text

from feedback import create_app
from feedback.config import Settings
from feedback.extensions import db
from feedback.results.explorer.search_table import is_part
from feedback.storage import reading

MIGRATIONS = Path(__file__).parents[2] / "migrations"
# What stands behind one answered invitation, first what others hang on.
FILLED = (
    *("user", "survey", "survey_version", "organisation", "contact", "campaign", "invitation"),
    *("survey_response", "answer", "submission", "scored_response", "person_score"),
    "comment_analysis",
)
FAILING = '''"""Fails halfway."""
from alembic import op
import sqlalchemy as sa

revision = "0bad"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("halfway", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("role") as batch:
        batch.add_column(sa.Column("halfway", sa.Integer()))
    op.execute("INSERT INTO halfway (id) VALUES (1)")
    raise RuntimeError("halfway")
'''


def _differences() -> list[object]:
    with db.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": _named}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, db.metadata))


def _named(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the search table, which no model stands for; tests/results/explorer has it."""
    return kind != "table" or not is_part(name or "")


def _head() -> str:
    heads = ScriptDirectory(str(MIGRATIONS)).get_heads()
    assert len(heads) == 1, "two migrations claim to be the newest"
    return heads[0]


def _version() -> str:
    with db.engine.connect() as connection:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def test_an_empty_database_becomes_what_the_models_say(app: Flask) -> None:
    """STO-14: the migrated schema equals the models, on the database in use."""
    assert _differences() == []
    assert _version() == _head()
    tables = {name for name in inspect(db.engine).get_table_names() if not is_part(name)}
    assert tables == {*db.metadata.tables, "alembic_version"}


def test_a_planted_table_without_migration_is_found(app: Flask) -> None:
    planted = Table("planted", db.metadata, Column("id", Integer, primary_key=True))
    try:
        assert [change[0] for change in _differences()] == ["add_table"]
    finally:
        db.metadata.remove(planted)


def test_a_migration_that_fails_halfway_leaves_nothing_behind(app: Flask, tmp_path: Path) -> None:
    """STO-14: a migration is one transaction, its tables included (F5)."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder)
    (folder / "versions" / "halfway.py").write_text(FAILING.format(head=_head()))
    with pytest.raises(SystemExit):
        upgrade(directory=str(folder))
    assert not inspect(db.engine).has_table("halfway")
    assert "halfway" not in {c["name"] for c in inspect(db.engine).get_columns("role")}
    assert _version() == _head()
    assert _differences() == []


def test_what_runs_after_an_upgrade_has_its_own_settings_again(bare_app: Flask) -> None:
    """In the same process: foreign keys hold, and who waits for a lock waits as usual."""
    asked = "PRAGMA foreign_keys", 1
    with bare_app.app_context():
        if db.engine.dialect.name == "postgresql":
            asked = "SHOW lock_timeout", "0"
        upgrade()
        with reading(), contextlib.ExitStack() as all_there_are:
            for _ in range(3):
                connection = all_there_are.enter_context(db.engine.connect())
                assert connection.scalar(text(asked[0])) == asked[1]


def test_a_second_upgrade_changes_nothing(app: Flask) -> None:
    upgrade()
    assert _differences() == []
    assert _version() == _head()


def test_an_upgrade_keeps_every_row(tmp_path: Path) -> None:
    """STO-14: a table made anew by SQLite does not take the rows with it that hang on it."""
    app = create_app(Settings(data_dir=str(tmp_path)))
    with app.app_context():
        upgrade(revision="0001")
        _fill()
        upgrade()
        with db.engine.connect() as connection:
            for table in FILLED:
                count = connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
                assert count == 1, table
            on = connection.execute(text("PRAGMA foreign_keys")).scalar_one()
        db.engine.dispose()
    assert on == 1


def _fill() -> None:
    """Put one row into each table of an answered invitation, whatever its columns are called."""
    with db.engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection, only=FILLED)
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        for name in FILLED:
            table = tables.tables[name]
            row = {c.name: _value(c) for c in table.columns if not c.nullable or c.primary_key}
            connection.execute(table.insert().values(row))


def _value(column: Column[Any]) -> object:
    known = {"state": "open", "confidentiality": "named", "kind": "client", "weight": "user"}
    if column.name in known:
        drafted = (column.table.name, column.name) == ("campaign", "state")
        return "draft" if drafted else known[column.name]
    if column.name == "language":
        return "en"
    kind = column.type.python_type
    if kind is datetime:
        return datetime(2026, 1, 1)  # noqa: DTZ001 - a reflected column knows no zones
    if kind is bytes:
        return b"x"
    if kind in (dict, list):
        return {}
    return "x" if kind is str else 1
