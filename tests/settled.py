"""A fixture for tests that need somebody to be there, but nobody to log in."""

import pytest

from feedback import clock
from feedback.auth.models import User
from feedback.extensions import db
from tests.rows import inside


@pytest.fixture(autouse=True)
def somebody(request: pytest.FixtureRequest) -> None:
    """Let a colleague be there who made the campaigns; hashing a password takes too long."""
    if "bare_app" not in request.fixturenames:
        return
    with inside(request.getfixturevalue("bare_app")):
        db.session.add(
            User(
                email="rina@kesan.example.com",
                name="Rina Invented",
                password="none that could be typed",
                fs_uniquifier="rina",
                created_at=clock.now(),
            )
        )
        db.session.commit()
