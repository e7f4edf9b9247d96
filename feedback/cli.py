"""Commands of the whole installation: set up, worker, what runs here."""

import signal

import click
from flask import Flask, current_app
from flask_migrate import upgrade

from feedback import jobs, pipeline, storage
from feedback.analytics import service as analytics
from feedback.config import Settings
from feedback.surveys import service as surveys


def register(app: Flask) -> None:
    """Add the commands to the app."""
    app.cli.add_command(setup)
    app.cli.add_command(worker)
    app.cli.add_command(doctor)


@click.command()
def setup() -> None:
    """Bring the database to this release and publish the shipped questionnaires."""
    upgrade()
    surveys.install_shipped()
    analytics.fill_new()


@click.command()
def worker() -> None:
    """Import lists, write invitations, hand mails over, analyse comments; until stopped."""
    work(current_app._get_current_object())  # type: ignore[attr-defined]


def work(app: Flask) -> None:
    """Be a worker until SIGTERM or SIGINT; what is in hand then is finished first."""
    told: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _frame: told.append(number))
    jobs.run_while(lambda: not told, app, pipeline.lanes(app))


@click.command()
def doctor() -> None:
    """Say which database and mail way are in use, and whether they keep Kesan's promises."""
    settings: Settings = current_app.config["KESAN"]
    click.echo(f"database: {storage.describe(settings.sqlalchemy_url)}")
    way = f"SMTP {settings.mail_server}:{settings.mail_port} ({settings.mail_security})"
    click.echo(f"mail: {way if settings.mail_server else 'kept in the local mailbox'}")
    click.echo(f"address in mails: {settings.base_url}")
