"""Builders of people who log in."""

import itertools

from feedback.auth.models import User
from feedback.auth.service import create_user

_numbers = itertools.count(1)

PASSWORD = "correct horse battery"


def a_user(role: str = "manager", **given: str) -> User:
    """Make a person with this role who can log in with PASSWORD."""
    number = next(_numbers)
    return create_user(
        email=given.get("email", f"{role}{number}@kesan.example.com"),
        name=given.get("name", f"Rina Invented {number}"),
        role=role,
        password=given.get("password", PASSWORD),
        language=given.get("language", "en"),
    )
