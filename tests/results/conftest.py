"""Fixtures of the results' tests: a portfolio made once, its pages, and a copy for each test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache

from feedback import clock, create_app
from feedback.config import Settings
from feedback.extensions import db
from feedback.storage import reading, set_reading
from tests import databases
from tests.builders.portfolio import NOW, Portfolio, a_portfolio
from tests.house.visitors import a_visitor
from tests.results.screens import Screen
from tests.rows import inside


@dataclass(frozen=True, slots=True)
class Seeded:
    """A portfolio in a database of its own, and how to borrow a copy of that."""

    portfolio: Portfolio
    settings: Settings
    copy: databases.Copying


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads the portfolio's pages at NOW; each is fetched once, nothing changes."""

    app: Flask
    client: FlaskClient
    made: Portfolio
    seen: dict[str, Screen] = field(default_factory=dict)

    def read(self, path: str) -> Screen:
        """Return a page."""
        if path not in self.seen:
            with clock.standing_at(NOW), reading(False):
                answer = self.client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            self.seen[path] = Screen(path, answer.text)
        return self.seen[path]

    def portfolio(self, query: str = "") -> Screen:
        """Return the portfolio, filtered as the query says."""
        return self.read(f"/?{query}" if query else "/")

    def wave(self, name: str) -> Screen:
        """Return the summary of a campaign."""
        return self.read(f"/campaigns/{self.made.campaigns[name]}/summary")

    def lines(self, screen: Screen) -> dict[str, dict[str, str]]:
        """Return the lines of a summary's organisations, those of its further pages, too."""
        found = screen.cells("Organisations with index")
        while next_one := next(screen.main.all("a", rel="next"), None):
            screen = self.read(next_one.given["href"].partition("#")[0])
            found |= screen.cells("Organisations with index")
        return found

    def organisation(self, name: str, query: str = "") -> Screen:
        """Return the page of an organisation."""
        path = f"/organisations/{self.made.organisations[name]}"
        return self.read(f"{path}?{query}" if query else path)


@pytest.fixture(scope="session")
def seeded(migrated: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> Seeded:
    """Make a portfolio, once for all tests."""
    folder = tmp_path_factory.mktemp("portfolio")
    settings = Settings(
        data_dir=str(folder),
        database_url=migrated(folder),
        base_url="http://localhost",
        company_name="Sagara",
        default_language="en",
        mail_from="feedback@sagara.example.com",
    )
    app = create_app(settings)
    with inside(app):
        made = a_portfolio()
        db.session.remove()
        db.engine.dispose()
    return Seeded(made, settings, databases.copies_of(settings.database_url, folder))


@contextmanager
def _on_a_copy(seeded: Seeded, folder: Path, compiled: BytecodeCache) -> Iterator[Flask]:
    with seeded.copy(folder) as url:
        app = create_app(replace(seeded.settings, data_dir=str(folder), database_url=url))
        app.jinja_env.bytecode_cache = compiled
        app.testing = True
        app.config["WTF_CSRF_ENABLED"] = False
        yield app
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="session")
def reader(
    seeded: Seeded, compiled: BytecodeCache, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reader]:
    """Somebody who reads the pages of the portfolio; for tests that change nothing."""
    with _on_a_copy(seeded, tmp_path_factory.mktemp("read"), compiled) as app:
        yield Reader(app, a_visitor(app, "viewer"), seeded.portfolio)


@pytest.fixture
def world(seeded: Seeded, compiled: BytecodeCache, tmp_path: Path) -> Iterator[Flask]:
    """The app on a copy of the portfolio, to be changed; the clock stands at NOW."""
    with _on_a_copy(seeded, tmp_path, compiled) as app, clock.standing_at(NOW):
        yield app
        set_reading(False)


@pytest.fixture
def made(seeded: Seeded) -> Portfolio:
    """What the portfolio holds, by name."""
    return seeded.portfolio


@pytest.fixture
def viewer(world: Flask) -> FlaskClient:
    """Somebody who may look at the portfolio's results."""
    return a_visitor(world, "viewer")
