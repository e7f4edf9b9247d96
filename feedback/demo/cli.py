"""The command that fills an installation with invented years."""

import click
from flask.cli import AppGroup

from feedback.demo import service

demo = AppGroup("demo", help="Invented data to look around in.")


@demo.command("load")
def load() -> None:
    """Load invented organisations, contacts and three past waves into an empty installation."""
    try:
        service.load(lambda line: click.echo(f"  {line}"))
    except service.NotEmpty:
        click.echo("There is data already; nothing invented was added.")
    click.echo("Demo logins (all people, organisations and answers are invented):")
    for address, role, password in service.logins():
        click.echo(f"  {role:8} {address:34} {password}")
