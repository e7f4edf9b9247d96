"""Engines under the promises: on the database in use, and on SQLite whatever that is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from feedback import storage
from feedback.config import Settings
from tests.storage.table import marks


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
