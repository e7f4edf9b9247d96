"""Fixtures of people who answer: a link in a fresh installation."""

from collections.abc import Callable

import pytest
from flask import Flask

from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Campaign, Invitation
from feedback.extensions import db
from feedback.storage import set_reading
from tests.builders.campaigns import an_invitation, token_of
from tests.builders.organisations import a_contact
from tests.responses.browsing import Person
from tests.rows import inside
from tests.settled import somebody

__all__ = ["somebody"]


@pytest.fixture(autouse=True)
def _writers_write() -> None:
    """A GET of an earlier test leaves this thread a reader."""
    set_reading(False)


@pytest.fixture
def invitation(app: Flask) -> Invitation:
    """An invitation of a running campaign, inside the app."""
    return an_invitation(a_contact())


@pytest.fixture
def token(bare_app: Flask) -> str:
    """The token of an invitation of a running campaign."""
    with inside(bare_app):
        return token_of(an_invitation(a_contact()))


@pytest.fixture
def person(bare_app: Flask, token: str) -> Person:
    """Somebody with that link."""
    return Person(bare_app, token)


@pytest.fixture
def close_campaign(bare_app: Flask) -> Callable[[], None]:
    """Give a function that closes the only campaign there is."""

    def close() -> None:
        with inside(bare_app):
            campaigns.close(db.session.query(Campaign).one())

    return close
