"""Which rooms there are, in the order of the data, and what each hands to the app."""

from flask import Flask

from feedback import cli
from feedback.analytics import service as analytics
from feedback.analytics.cli import analytics as analytics_commands
from feedback.analytics.service import freezing
from feedback.auth import views as auth
from feedback.auth.cli import auth as auth_commands
from feedback.campaigns import service as campaigns
from feedback.campaigns import views as campaign_views
from feedback.campaigns.links import count_answers_with
from feedback.demo import views as inbox
from feedback.demo.cli import demo
from feedback.extensions import csrf
from feedback.organisations import views as organisations
from feedback.responses import views as responses
from feedback.responses.queries import count_by_link
from feedback.results import views as results
from feedback.results.digests import service as digests
from feedback.results.explorer import service as explorer
from feedback.results.explorer.cli import reviews as review_commands
from feedback.sentiment import service as sentiment
from feedback.sentiment import views as sentiment_views
from feedback.sentiment.cli import sentiment as sentiment_commands
from feedback.surveys import views as surveys


def register_rooms(app: Flask) -> None:
    """Register every room's pages, commands and listeners."""
    auth.init_auth(app)
    for blueprint in (
        auth.bp,
        organisations.bp,
        surveys.bp,
        campaign_views.bp,
        responses.bp,
        sentiment_views.bp,
        results.bp,
        inbox.bp,
    ):
        app.register_blueprint(blueprint)
    for view in (*responses.COOKIELESS, *results.COOKIELESS):
        csrf.exempt(view)
    campaigns.register_letters()
    digests.register_letters()
    count_answers_with(count_by_link)
    sentiment.listen()
    analytics.listen()
    freezing.listen()
    explorer.listen()
    commands = (auth_commands, sentiment_commands, analytics_commands, review_commands, demo)
    for group in commands:
        app.cli.add_command(group)
    cli.register(app)
