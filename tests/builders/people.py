"""Builders of people who log in."""

import itertools
import secrets

from sqlalchemy import select

from feedback import clock
from feedback.auth.models import Role, User
from feedback.auth.service import create_user
from feedback.extensions import db

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


def a_colleague(role: str = "manager", **given: str) -> User:
    """Make a person with this role who has no password to log in with: hashing one takes long."""
    number = next(_numbers)
    known = db.session.scalar(select(Role).where(Role.name == role))
    user = User(
        email=given.get("email", f"{role}{number}@kesan.example.com"),
        name=given.get("name", f"Rina Invented {number}"),
        language=given.get("language", "en"),
        password="none that could be typed",
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        created_at=clock.now(),
        roles=[known or Role(name=role)],
    )
    db.session.add(user)
    db.session.commit()
    return user
