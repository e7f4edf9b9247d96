"""Commands that make the roll-ups anew and that compare them with the raw answers."""

import click
from flask.cli import AppGroup

from feedback.analytics import service

analytics = AppGroup("analytics", help="Sums that figures are made of.")
SHOWN = 20


@analytics.command("rebuild")
@click.option("--campaign", type=int, help="Only this campaign (by its number).")
@click.option("--organisation", type=int, help="Only this organisation (by its number).")
def rebuild(campaign: int | None, organisation: int | None) -> None:
    """Make integers and roll-ups anew from what was sent."""
    if campaign is not None and organisation is not None:
        raise click.UsageError("Give a campaign or an organisation, not both.")
    click.echo(f"{service.rebuild(campaign, organisation)} responses added up anew.")


@analytics.command("check")
def check() -> None:
    """Compare roll-ups with the raw answers; fail where anything differs."""
    found = 0
    for each in service.check():
        found += 1
        if found <= SHOWN:
            where = " ".join(map(str, each.key))
            click.echo(f"{each.table} {where}: kept {each.kept}, answers say {each.right}")
    if found:
        raise click.ClickException(f"{found} rows differ; `flask analytics rebuild` mends them.")
    click.echo("Roll-ups and answers agree.")
