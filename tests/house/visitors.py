"""Browser-like clients of every role, each request in an app context of its own."""

from flask import Flask
from flask.testing import FlaskClient

from feedback import storage
from tests.builders.people import a_colleague

NOBODY = "nobody"


def a_visitor(app: Flask, role: str) -> FlaskClient:
    """Return a client logged in with the role, or one nobody has logged in with."""
    client = app.test_client()
    if role == NOBODY:
        return client
    with app.app_context(), storage.reading(False):
        key = a_colleague(role).fs_uniquifier
    with client.session_transaction() as session:
        session.update({"_user_id": key, "_fresh": True, "fs_cc": "set", "identity.id": key})
    return client
