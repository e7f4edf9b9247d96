"""Look up people who log in."""

from sqlalchemy import exists, select

from feedback.auth.models import User
from feedback.extensions import db


def anybody() -> bool:
    """Say whether at least one person can log in; a fresh installation has nobody."""
    return bool(db.session.scalar(select(exists().select_from(User))))


def list_users() -> list[User]:
    """Return everybody who can log in, by name."""
    return list(db.session.scalars(select(User).where(User.active).order_by(User.name, User.id)))
