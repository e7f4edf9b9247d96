"""Which rooms there are, in the order of the data, and what each hands to the app."""

from flask import Flask

from feedback.auth import views as auth_views
from feedback.auth.cli import auth


def register_rooms(app: Flask) -> None:
    """Register every room's pages, commands and listeners."""
    auth_views.init_auth(app)
    app.register_blueprint(auth_views.bp)
    app.cli.add_command(auth)
