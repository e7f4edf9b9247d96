"""Commands about people who log in."""

import click
from flask.cli import AppGroup

from feedback.auth import service
from feedback.auth.roles import ROLES

auth = AppGroup("auth", help="People who log in.")


@auth.command("create-user")
@click.argument("email")
@click.option("--name", default="", help="Name shown to colleagues.")
@click.option("--role", type=click.Choice(ROLES), default="admin", show_default=True)
@click.option("--language", type=click.Choice(["en", "id", "ms"]), default="en", show_default=True)
@click.password_option(help="At least 12 characters; asked for where not given.")
def create_user(email: str, name: str, role: str, language: str, password: str) -> None:
    """Make a person who can log in, the first administrator for example."""
    try:
        user = service.create_user(email, name or email, role, password, language)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{user.email} can log in now, as {role}.")
