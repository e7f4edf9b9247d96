"""Looks reviews up as the explorer's page does."""

from zoneinfo import ZoneInfo

from feedback.extensions import db
from feedback.results.explorer.filters import Place, Wanted
from feedback.results.explorer.found import Found
from feedback.results.explorer.queries import finding

JAKARTA = ZoneInfo("Asia/Jakarta")


def page(wanted: Wanted, place: Place | None = None) -> Found:
    """Return one page of reviews, as the database holds them now."""
    db.session.rollback()
    return finding.find(wanted, place, JAKARTA)


def found(**filters: str) -> list[int]:
    """Return the responses whose reviews stand on the first page, in its order."""
    return [each.response_id for each in page(Wanted(**filters)).reviews]
