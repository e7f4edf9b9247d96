"""What all of this room's pages share: the blueprint, names of measures, geometry of charts."""

from typing import Any

from flask import Blueprint, request

from feedback.results import charts
from feedback.results.compose.wording import names
from feedback.web.arguments import here_with

__all__ = ["bp", "is_number", "names"]

bp = Blueprint("results", __name__)
# What one page hands on to another that speaks of the same answers.
KEPT = ("period", "campaign", "kind", "segment", "owner", "team")


@bp.context_processor
def words_and_charts() -> dict[str, Any]:
    """Give this room's templates the names of measures and the geometry of charts."""
    asked = {name: value for name, value in request.args.items() if name in KEPT and value}
    return {"names": names, "charts": charts, "here_with": here_with, "asked": asked}


def is_number(text: str) -> bool:
    """Say whether a text of an address is a number a key can have."""
    return text.isascii() and text.isdigit() and len(text) < 9
