"""Commands about the index that reviews are found by."""

import click
from flask.cli import AppGroup

from feedback.results.explorer import service
from feedback.results.explorer.queries import indexing

reviews = AppGroup("reviews", help="Finding reviews.")


@reviews.command("index")
def make_index() -> None:
    """Make the index of reviews anew: words and filters, whatever is left of it.

    Kesan goes on meanwhile. Says how many entries had not been right.
    """
    with click.progressbar(length=indexing.count_commented(), label="Responses") as bar:
        wrong = service.make_anew(bar.update)
    click.echo(f"{indexing.count_entries()} reviews in the index; {wrong} had not been right.")
