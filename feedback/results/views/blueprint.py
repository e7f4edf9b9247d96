"""What all of this room's pages share: the blueprint, names of measures, geometry of charts."""

from typing import Any

from flask import Blueprint, request
from flask_babel import get_locale
from flask_babel import gettext as _

from feedback.results import charts
from feedback.surveys.dimensions import MEASURED, get_dimension
from feedback.surveys.languages import text_in
from feedback.web.arguments import here_with

bp = Blueprint("results", __name__)
# What one page hands on to another that speaks of the same answers.
KEPT = ("period", "campaign", "kind", "segment", "owner", "team")


@bp.context_processor
def words_and_charts() -> dict[str, Any]:
    """Give this room's templates the names of measures and the geometry of charts."""
    asked = {name: value for name, value in request.args.items() if name in KEPT and value}
    return {"names": names, "charts": charts, "here_with": here_with, "asked": asked}


def names() -> dict[str, str]:
    """Return measure → its name in the reader's language."""
    language = str(get_locale())
    dimensions = {key: text_in(get_dimension(key).name, language) for key in MEASURED}
    return dimensions | {"index": _("Relationship index"), "csat": _("Satisfaction")}


def is_number(text: str) -> bool:
    """Say whether a text of an address is a number a key can have."""
    return text.isascii() and text.isdigit() and len(text) < 9
