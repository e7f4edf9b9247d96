"""Fixtures every room's tests stand on: an app on a fresh real database, clients, logins."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings as hypothesis_settings
from jinja2 import BytecodeCache, FileSystemBytecodeCache

from feedback import create_app
from feedback.config import Settings
from feedback.extensions import db
from tests import databases
from tests.builders.people import a_colleague
from tests.fixtures import browser, installation

__all__ = ["browser", "installation"]  # one browser for all who look at pages

_counter = itertools.count(1)

# A busy machine is no fault: time decides no test.
hypothesis_settings.register_profile("kesan", deadline=None)
hypothesis_settings.load_profile("kesan")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they stand on, so that a run on the other database finds its own."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "migrated" in fixtures:
            item.add_marker("database")
        if "browser" in fixtures:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def migrated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], str]]:
    """Migrate an empty database once; give a function that copies it and returns the address."""
    if request.config.getoption("--database") == "sqlite":
        folder = tmp_path_factory.mktemp("migrated")
        _migrate(Settings(data_dir=str(folder)))

        def copy(target: Path) -> str:
            shutil.copy(folder / "kesan.db", target / "kesan.db")
            return f"sqlite:///{target / 'kesan.db'}"

        yield copy
        return
    with databases.postgresql_server() as server:
        template = f"{server}/kesan_template"
        databases.administer(server, "CREATE DATABASE kesan_template")
        folder = tmp_path_factory.mktemp("migrated")
        _migrate(Settings(data_dir=str(folder), database_url=template))

        def clone(_target: Path) -> str:
            number = next(_counter)
            databases.administer(
                server,
                f"DROP DATABASE IF EXISTS kesan_{number - 1} WITH (FORCE)",  # of the test before
                f"CREATE DATABASE kesan_{number} TEMPLATE kesan_template",
            )
            return f"{server}/kesan_{number}"

        yield clone


def _migrate(settings: Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture
def settings(tmp_path: Path, migrated: Callable[[Path], str]) -> Settings:
    """Settings of an installation of its own, with a migrated, empty database."""
    return Settings(
        data_dir=str(tmp_path),
        database_url=migrated(tmp_path),
        base_url="http://localhost",
        company_name="Sagara",
        default_language="en",
        mail_from="feedback@sagara.example.com",
    )


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Where every app finds the templates that another one has compiled: that takes long."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def bare_app(settings: Settings, compiled: BytecodeCache) -> Iterator[Flask]:
    """The app without an application context, for tests that run servers or threads."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = compiled
    app.testing = True
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(bare_app: Flask) -> Iterator[Flask]:
    """The app inside an application context."""
    with bare_app.app_context():
        yield bare_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser-like client nobody has logged in with."""
    return app.test_client()


@pytest.fixture
def login(app: Flask) -> Callable[[str], FlaskClient]:
    """Give a function that returns a client logged in with a role."""

    def as_role(role: str = "manager") -> FlaskClient:
        user = a_colleague(role)
        fresh = app.test_client()
        with fresh.session_transaction() as session:
            session["_user_id"] = user.fs_uniquifier
            session["_fresh"] = True
            session["fs_cc"] = "set"
            session["identity.id"] = user.fs_uniquifier
        app.config["WTF_CSRF_ENABLED"] = False
        return fresh

    return as_role
