"""Runs the migrations on Kesan's own engine, each in one transaction."""

from alembic import context
from flask import current_app

from feedback import storage
from feedback.extensions import db


def run() -> None:
    """Bring the database to the newest schema."""
    assert not context.is_offline_mode(), "Kesan migrates the database it is connected to"
    storage.set_reading(False)
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            # Waiting for a lock would queue every respondent behind the migration (STO-14).
            connection.exec_driver_sql("SET lock_timeout = '1s'")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,  # SQLite alters a table by making it anew
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


assert current_app
run()
