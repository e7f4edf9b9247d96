"""Make and change people who log in."""

import secrets

from flask_security.utils import hash_password
from sqlalchemy import select

from feedback import clock
from feedback.auth.models import Role, User
from feedback.auth.roles import ROLES
from feedback.extensions import db


class UserExists(ValueError):
    """Somebody with this address logs in already."""


def create_user(email: str, name: str, role: str, password: str, language: str = "en") -> User:
    """Make a person who can log in, with one role; commit.

    Raises UserExists for a known address, ValueError for an unknown role or a password
    shorter than 12 characters.
    """
    if role not in ROLES:
        raise ValueError(f"no such role: {role}")
    if len(password) < 12:
        raise ValueError("a password has at least 12 characters")
    address = email.strip().lower()
    if db.session.scalar(select(User.id).where(User.email == address)):
        raise UserExists(address)
    user = User(
        email=address,
        name=name,
        language=language,
        password=hash_password(password),
        active=True,
        fs_uniquifier=secrets.token_hex(32),
        created_at=clock.now(),
        roles=[_role(role)],
    )
    db.session.add(user)
    db.session.commit()
    return user


def speak(user: User, language: str) -> None:
    """Remember in which language this person reads Kesan; commit."""
    user.language = language
    db.session.commit()


def _role(name: str) -> Role:
    role = db.session.scalar(select(Role).where(Role.name == name))
    if role is None:
        role = Role(name=name)
        db.session.add(role)
    return role
