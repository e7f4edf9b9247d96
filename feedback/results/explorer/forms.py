"""The words for the explorer's filters, their values and its orders."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from feedback.organisations.forms import KINDS
from feedback.results.explorer.filters import MOST_CERTAIN, MOST_NEGATIVE, NEWEST, RECENT

FILTER_WORDS: Mapping[str, Any] = {
    "text": _l("Words"),
    "label": _l("Sentiment"),
    "about": _l("About"),
    "side": _l("Judgement"),
    "act": _l("Speaks as"),
    "contradicts": _l("Words contradict the score"),
    "language": _l("Language"),
    "period": _l("Counts in"),
    "since": _l("Since"),
    "until": _l("Until"),
    "campaign": _l("Campaign"),
    "organisation": _l("Organisation"),
    "name": _l("Organisation's name"),
    "kind": _l("Kind"),
    "segment": _l("Segment"),
    "owner": _l("Owner"),
    "team": _l("In the account team"),
    "corrected": _l("Corrected by somebody"),
    "quoted": _l("Quotes only"),
}
ANY_WORDS: Mapping[str, Any] = {
    "label": _l("All"),
    "about": _l("Anything"),
    "side": _l("Any"),
    "act": _l("All"),
    "language": _l("All languages"),
    "campaign": _l("All campaigns"),
    "kind": _l("All kinds"),
    "segment": _l("All segments"),
}
VALUE_WORDS: Mapping[str, Mapping[str, Any]] = {
    "label": {
        "positive": _l("Positive"),
        "neutral": _l("Neutral"),
        "mixed": _l("Mixed"),
        "negative": _l("Negative"),
        "unsure": _l("Unsure"),
        "waiting": _l("Not analysed yet"),
        "aside": _l("Not about us"),
    },
    "side": {
        "positive": _l("Praise"),
        "neutral": _l("Mentioned only"),
        "negative": _l("Criticism"),
    },
    "act": {
        "request": _l("Request"),
        "threat": _l("Threat to leave"),
        "thanks": _l("Thanks"),
    },
    "language": {
        "id": _l("Indonesian"),
        "ms": _l("Malay"),
        "en": _l("English"),
        "mixed": _l("Mixed languages"),
        "unknown": _l("Language unclear"),
    },
    "kind": KINDS,
    "period": {RECENT: _l("the figures of the last 365 days")},
}
SORT_WORDS: Mapping[str, Any] = {
    NEWEST: _l("Newest first"),
    MOST_NEGATIVE: _l("Most negative first"),
    MOST_CERTAIN: _l("Most certain first"),
}
