"""What all of this room's pages share: the blueprint, names of measures, geometry of charts."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request, url_for

from feedback.results import charts, invited
from feedback.results.answers import MEASURES, Asked
from feedback.results.compose.wording import names
from feedback.results.explorer.filters import of_scope
from feedback.results.scope import Scope
from feedback.results.voices import SHOWN
from feedback.surveys.dimensions import DIMENSIONS
from feedback.web.arguments import here_with

__all__ = ["bp", "is_number", "names"]

bp = Blueprint("results", __name__)
# What one page hands on to another that speaks of the same answers.
KEPT = ("period", "campaign", "kind", "segment", "owner", "team")


@bp.context_processor
def words_and_charts() -> dict[str, Any]:
    """Give this room's templates the names of measures and the geometry of charts."""
    asked = {name: value for name, value in request.args.items() if name in KEPT and value}
    return {
        "names": names,
        "charts": charts,
        "here_with": here_with,
        "asked": asked,
        "answers_url": answers_url,
        "answers_urls": answers_urls,
        "invitations_url": invitations_url,
        "reviews_urls": reviews_urls,
    }


def answers_urls(scope: Scope, organisation_id: int | None = None) -> dict[str, str]:
    """Return measure → where the answers stand that its figure was made of; "" → all of them."""
    return {each: answers_url(scope, organisation_id, each) for each in ("", *MEASURES)}


def answers_url(scope: Scope, organisation_id: int | None, measure: str = "") -> str:
    """Return where the answers stand that one figure was made of."""
    asked = Asked(scope, organisation_id, measure)
    return _address("results.answers", asked.arguments())


def invitations_url(scope: Scope, organisation_id: int | None = None) -> str:
    """Return where the invitations stand that a response rate was made of."""
    asked = invited.Asked(scope, organisation_id)
    return _address("results.invitations", asked.arguments())


def reviews_urls(scope: Scope, organisation_id: int | None = None) -> dict[str, str]:
    """Return where the comments stand that a scope's figures count: all (""), by label, by
    dimension, and those whose words contradict the score.
    """
    own = of_scope(scope, organisation_id).arguments()
    filters = [("label", label) for label in SHOWN] + [("about", key) for key in DIMENSIONS]
    found = {value: {name: value} for name, value in filters} | {
        "": {},
        "contradicts": {"contradicts": "1"},
    }
    return {key: _address("results.reviews", own | given) for key, given in found.items()}


def _address(endpoint: str, arguments: Mapping[str, Any]) -> str:
    return url_for(endpoint, **arguments)


def is_number(text: str) -> bool:
    """Say whether a text of an address is a number a key can have."""
    return text.isascii() and text.isdigit() and len(text) < 9
