"""Commands that analyse: texts from a pipe, and all stored comments anew."""

import json
import sys

import click
from flask.cli import AppGroup

from feedback.sentiment import service

sentiment = AppGroup("sentiment", help="What comments say.")


@sentiment.command("analyse")
def analyse_lines() -> None:
    """Read one text per line from standard input, write one JSON object per line."""
    from feedback.sentiment.analyse import analyse  # noqa: PLC0415 - heavy, only where used

    for line in sys.stdin:
        click.echo(json.dumps(analyse(line.rstrip("\n")).to_dict(), ensure_ascii=False))


@sentiment.command("reanalyse")
@click.option("--all", "everything", is_flag=True, help="Also comments of the present version.")
def reanalyse(everything: bool) -> None:
    """Analyse stored comments anew; can be stopped and started again at any time."""
    service.mark_all(only_older=not everything)
    total = service.count_waiting()
    with click.progressbar(length=total, label="Comments") as bar:
        while service.analyse_next():
            bar.update(service.SLICE)
    click.echo(f"{total} comments analysed.")
