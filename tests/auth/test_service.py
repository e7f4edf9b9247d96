"""People who can log in are made whole or not at all."""

import pytest
from flask import Flask

from feedback.auth.models import User
from feedback.auth.queries import anybody, list_users
from feedback.auth.service import UserExists, create_user, speak
from feedback.extensions import db

PASSWORD = "correct horse battery"


def test_a_fresh_installation_has_nobody(app: Flask) -> None:
    """SEC-21: no default account."""
    assert not anybody()
    assert list_users() == []


def test_a_person_is_made_with_one_role_and_a_hashed_password(app: Flask) -> None:
    """FLK-12: argon2id, never the password itself."""
    user = create_user(" Rina@Kesan.Example.com ", "Rina Invented", "manager", PASSWORD, "id")
    assert anybody()
    assert (user.email, user.name, user.language) == (
        "rina@kesan.example.com",
        "Rina Invented",
        "id",
    )
    assert [role.name for role in user.roles] == ["manager"]
    assert user.active
    assert user.created_at.tzinfo is not None
    assert user.password.startswith("$argon2id$")
    assert PASSWORD not in user.password


def test_one_address_is_one_person(app: Flask) -> None:
    create_user("rina@kesan.example.com", "Rina", "viewer", PASSWORD)
    with pytest.raises(UserExists):
        create_user("RINA@kesan.example.com ", "Rina", "admin", PASSWORD)
    assert [person.email for person in list_users()] == ["rina@kesan.example.com"]


@pytest.mark.parametrize(
    ("role", "password", "said"),
    [
        ("owner", PASSWORD, "no such role: owner"),
        ("", PASSWORD, "no such role"),
        ("viewer", "eleven char", "at least 12 characters"),
        ("viewer", "", "at least 12 characters"),
    ],
)
def test_an_unknown_role_or_a_short_password_is_refused(
    app: Flask, role: str, password: str, said: str
) -> None:
    """FLK-12: twelve characters are enough, eleven are not."""
    with pytest.raises(ValueError, match=said):
        create_user("rina@kesan.example.com", "Rina", role, password)
    assert not anybody()


def test_twelve_and_many_characters_are_taken(app: Flask) -> None:
    """FLK-12: up to 128, of any kind."""
    create_user("a@kesan.example.com", "A", "viewer", "twelve chars")
    create_user("b@kesan.example.com", "B", "viewer", "ключ 🔑 " * 16)
    assert len(list_users()) == 2


def test_people_are_listed_by_name_without_those_who_left(app: Flask) -> None:
    for name in ("Citra", "Adi", "Bayu"):
        create_user(f"{name}@kesan.example.com", name, "viewer", PASSWORD)
    db.session.query(User).filter_by(name="Bayu").update({"active": False})
    db.session.commit()
    assert [person.name for person in list_users()] == ["Adi", "Citra"]


def test_a_person_keeps_the_chosen_language(app: Flask) -> None:
    user = create_user("rina@kesan.example.com", "Rina", "viewer", PASSWORD)
    speak(user, "ms")
    db.session.expire_all()
    assert user.language == "ms"
