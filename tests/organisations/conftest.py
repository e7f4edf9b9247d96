"""Fixtures of the room's tests: a thread that may write, and the worker at its side."""

from collections.abc import Callable

import pytest

from feedback.extensions import db
from feedback.organisations import service
from feedback.storage import set_reading


@pytest.fixture(autouse=True)
def _requests_end(request: pytest.FixtureRequest) -> None:
    """End each request's transaction, as the server does; the tests' context outlives requests."""
    set_reading(False)
    if "app" in request.fixturenames:

        def end(_error: BaseException | None) -> None:
            db.session.rollback()
            set_reading(False)

        request.getfixturevalue("app").teardown_request(end)


@pytest.fixture
def work() -> Callable[[], None]:
    """Give a function that lets the worker do all that is pending."""

    def until_idle() -> None:
        set_reading(False)
        while service.check_next() or service.import_next():
            pass

    return until_idle
