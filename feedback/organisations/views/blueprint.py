"""The room's blueprint, and the words its templates and those of later rooms may use."""

from typing import Any

from flask import Blueprint
from flask_babel import lazy_gettext as _l

from feedback.organisations.forms import FIELD_WORDS, KINDS, LANGUAGES, WEIGHTS
from feedback.web.arguments import here_with, number_argument, page_number, text_argument

__all__ = ["bp", "number_argument", "page_number", "text_argument"]

bp = Blueprint("organisations", __name__)

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
