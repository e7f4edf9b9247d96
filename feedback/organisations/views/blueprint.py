"""The room's blueprint, and the words its templates and those of later rooms may use."""

from typing import Any

from flask import Blueprint, request, url_for
from flask_babel import lazy_gettext as _l

from feedback.organisations.forms import FIELD_WORDS, KINDS, LANGUAGES, WEIGHTS

bp = Blueprint("organisations", __name__)

_MAX_NUMBER = 2**31

STATE_WORDS = {
    "active": (_l("Can be asked"), "good"),
    "unsubscribed": (_l("Wants no mail"), "off"),
    "bounced": (_l("Address refused"), "bad"),
    "archived": (_l("Archived"), "off"),
}
IMPORT_WORDS = {
    "reading": (_l("Being read"), "wait"),
    "uploaded": (_l("Waits for its columns"), "wait"),
    "checking": (_l("Being checked"), "wait"),
    "checked": (_l("Waits for your decision"), "wait"),
    "importing": (_l("Being imported"), "wait"),
    "done": (_l("Done"), "good"),
    "failed": (_l("Could not be read"), "bad"),
}


@bp.app_context_processor
def words() -> dict[str, Any]:
    """Give templates the words for kinds, weights and fields: `kind_words[organisation.kind]`."""
    return {"kind_words": KINDS, "weight_words": WEIGHTS}


@bp.context_processor
def words_of_this_room() -> dict[str, Any]:
    """Give this room's templates the words for its states and the addresses of its lists."""
    return {
        "language_words": LANGUAGES,
        "field_words": FIELD_WORDS,
        "state_words": STATE_WORDS,
        "import_words": IMPORT_WORDS,
        "here_with": here_with,
    }


def here_with(**changed: object) -> str:
    """Return the address of this page with some of its filters changed."""
    kept = request.args.to_dict() | (request.view_args or {}) | changed
    values = {name: value for name, value in kept.items() if value not in (None, "")}
    return url_for(request.endpoint or "", **values)


def text_argument(name: str, otherwise: str = "") -> str:
    """Return a filter from the address, without what PostgreSQL refuses to compare."""
    return request.args.get(name, otherwise).replace("\0", "").strip()[:200]


def number_argument(name: str) -> int | None:
    """Return a row's number from the address, None where none or nonsense is."""
    number = request.args.get(name, type=int)
    return number if number and 0 < number < _MAX_NUMBER else None


def page_number() -> int:
    """Return which page of a list is asked for, 1 where none or nonsense is."""
    return max(1, min(request.args.get("page", 1, type=int), 1_000_000))
