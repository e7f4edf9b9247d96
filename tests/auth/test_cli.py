"""The command that makes the first administrator."""

from flask import Flask

from feedback.auth.models import User
from feedback.auth.queries import list_users
from feedback.extensions import db

PASSWORD = "correct horse battery"


def test_the_command_makes_an_administrator_who_can_log_in(bare_app: Flask) -> None:
    command = ["auth", "create-user", "rina@kesan.example.com", "--password", PASSWORD]
    result = bare_app.test_cli_runner().invoke(args=command)
    assert result.exit_code == 0, result.output
    assert result.output == "rina@kesan.example.com can log in now, as admin.\n"
    with bare_app.app_context():
        (user,) = list_users()
        assert [role.name for role in user.roles] == ["admin"]
        assert (user.name, user.language) == ("rina@kesan.example.com", "en")


def test_the_command_takes_name_role_and_language(bare_app: Flask) -> None:
    command = ["auth", "create-user", "rina@kesan.example.com", "--name", "Rina Invented"]
    command += ["--role", "viewer", "--language", "ms", "--password", PASSWORD]
    assert bare_app.test_cli_runner().invoke(args=command).exit_code == 0
    with bare_app.app_context():
        (user,) = list_users()
        assert (user.name, user.language) == ("Rina Invented", "ms")
        assert [role.name for role in user.roles] == ["viewer"]


def test_the_command_asks_twice_for_the_password(bare_app: Flask) -> None:
    result = bare_app.test_cli_runner().invoke(
        args=["auth", "create-user", "rina@kesan.example.com"],
        input=f"{PASSWORD}\nanother password\n{PASSWORD}\n{PASSWORD}\n",
    )
    assert result.exit_code == 0
    assert PASSWORD not in result.output


def test_the_command_says_what_is_wrong(bare_app: Flask) -> None:
    run = bare_app.test_cli_runner().invoke
    command = ["auth", "create-user", "rina@kesan.example.com", "--password"]
    short = run(args=[*command, "short"])
    assert short.exit_code == 1
    assert short.output == "Error: a password has at least 12 characters\n"
    assert run(args=[*command, PASSWORD, "--role", "owner"]).exit_code == 2
    assert run(args=[*command, PASSWORD]).exit_code == 0
    again = run(args=[*command, PASSWORD])
    assert again.exit_code == 1
    assert "rina@kesan.example.com" in again.output
    assert "Traceback" not in again.output
    with bare_app.app_context():
        assert db.session.query(User).count() == 1
