"""Runs the migrations on Kesan's own engine, each in one transaction."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from feedback import storage
from feedback.extensions import db
from feedback.results.explorer.search_table import is_part


def run() -> None:
    """Bring the database to the newest schema."""
    assert not context.is_offline_mode(), "Kesan migrates the database it is connected to"
    storage.set_reading(False)
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # Waiting for a lock would queue every respondent behind the migration (STO-14).
            connection.exec_driver_sql("SET lock_timeout = '1s'")
            connection.commit()
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            # SQLite makes an altered table anew and drops the old one. With foreign keys on, that
            # would delete every row that hangs on it; the switch works outside transactions only.
            _tell(connection, "PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,  # SQLite alters a table by making it anew
            compare_type=True,
            # No model stands for the search table of SQLite.
            include_name=lambda name, kind, _: kind != "table" or not is_part(name or ""),
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if sqlite:
            lost = _tell(connection, "PRAGMA foreign_key_check")
            assert not lost, f"rows without what they belong to: {lost[:5]}"
        # It goes with its settings: given back, whoever is next would write without foreign keys.
        connection.invalidate()


def _tell(connection: Connection, pragma: str) -> list[Any]:
    """Run a pragma on the bare connection: through SQLAlchemy it would begin a transaction."""
    rows: list[Any] = connection.connection.dbapi_connection.execute(pragma).fetchall()
    return rows


assert current_app
run()
