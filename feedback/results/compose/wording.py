"""Sentences of the pages as plain text, so that paper and mail say the same as the screen."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import get_template_attribute
from flask_babel import get_locale
from flask_babel import gettext as _

from feedback.analytics.figures import Interval
from feedback.results.summary import Statement
from feedback.surveys.dimensions import MEASURED, get_dimension
from feedback.surveys.languages import text_in
from feedback.web.filters import score, signed

Names = Mapping[str, str]

WORDS = "results/report/words.html"
DEFINITIONS = "results/report/definitions.html"
REVIEWS = "macros/reviews.html"


def names() -> dict[str, str]:
    """Return measure → its name in the reader's language."""
    language = str(get_locale())
    dimensions = {key: text_in(get_dimension(key).name, language) for key in MEASURED}
    return dimensions | {"index": _("Relationship index"), "csat": _("Satisfaction")}


def spoken(template: str, macro: str, *given: Any) -> str:
    """Return what a macro says, without markup; what people typed comes out as typed."""
    return str(get_template_attribute(template, macro)(*given).striptags())


def say(told: Iterable[Statement], known: Names) -> list[str]:
    """Put statements in words."""
    return [spoken("results/_headline.html", "say", each, known) for each in told]


def signs() -> Mapping[str, str]:
    """Return label of a comment → its sign."""
    found: Mapping[str, str] = get_template_attribute(REVIEWS, "signs")
    return found


def label_word(label: str) -> str:
    """Return label of a comment → its word; the waiting ones are told, too."""
    return _("Not analysed yet") if label == "waiting" else spoken(REVIEWS, "label_word", label)


def limits(interval: Interval, sign: bool = False) -> str:
    """Return both ends of an interval: 70–75, or −3 to +5 where it goes below zero."""
    if sign:
        return _("%(lo)s to %(hi)s", lo=signed(interval.lo), hi=signed(interval.hi))
    return f"{score(interval.lo)}–{score(interval.hi)}"
