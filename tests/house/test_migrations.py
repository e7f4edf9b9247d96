"""Migrations make exactly the tables of the models, and a failed one leaves nothing behind."""

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Column, Integer, Table, inspect, text

from feedback.extensions import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"
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
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, db.metadata))


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
    assert set(inspect(db.engine).get_table_names()) == {*db.metadata.tables, "alembic_version"}


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


def test_a_second_upgrade_changes_nothing(app: Flask) -> None:
    upgrade()
    assert _differences() == []
    assert _version() == _head()
