"""The words for closed values in exports: what each code stands for."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from feedback.surveys.languages import NATIVE_NAMES

KINDS = {
    "client": _l("Client"),
    "partner": _l("Partner"),
    "internal": _l("Internal unit"),
    "community": _l("Community stakeholder"),
}
WEIGHTS = {
    "decision_maker": _l("Decision maker"),
    "influencer": _l("Influencer"),
    "user": _l("User"),
}
STATES = {
    "active": _l("Can be asked"),
    "unsubscribed": _l("Wants no mail"),
    "bounced": _l("Address refused"),
    "archived": _l("Archived"),
}
STAGES = {
    "never": _l("Never asked"),
    "waiting": _l("Mail still waits"),
    "not_delivered": _l("Mail could not be sent"),
    "bounced": _l("Address refused"),
    "withdrawn": _l("Invitation withdrawn"),
    "asked": _l("Asked, no answer yet"),
    "started": _l("Began to answer"),
    "answered": _l("Answered"),
}
CHANNELS = {
    "counter": _l("Counter"),
    "phone": _l("Phone"),
    "visit": _l("Visit"),
    "chat": _l("Chat"),
    "social": _l("Social media"),
}
LABELS = {
    "positive": _l("Positive"),
    "neutral": _l("Neutral"),
    "mixed": _l("Mixed"),
    "negative": _l("Negative"),
    "unsure": _l("Unsure"),
    "aside": _l("Not about us"),
    "waiting": _l("Not analysed yet"),
}
TEXT_LANGUAGES = {
    "id": _l("Indonesian"),
    "ms": _l("Malay"),
    "en": _l("English"),
    "mixed": _l("Mixed languages"),
    "unknown": _l("Language unclear"),
}
ACTS = {
    "request": _l("Request"),
    "threat": _l("Threat to leave"),
    "thanks": _l("Thanks"),
}
MEASURES = {
    "csat": _l("Satisfaction"),
    "nps": _l("Recommendation"),
    "index": _l("Relationship index"),
}
CONTRADICTIONS = {
    "high": _l("High score, negative words"),
    "low": _l("Low score, positive words"),
}
ANSWER_STATES = {
    "answered": _l("Question answered"),
    "na": _l("Cannot judge"),
    "not_answered": _l("Not answered"),
    "not_asked": _l("Question not asked"),
}

# Column → its closed values.
OF_COLUMN: Mapping[str, Mapping[str, object]] = {
    "kind": KINDS,
    "weight": WEIGHTS,
    "language": NATIVE_NAMES,
    "state": STATES,
    "progress": STAGES,
    "channel": CHANNELS,
    "label": LABELS,
    "program_label": LABELS,
    "text_language": TEXT_LANGUAGES,
    "acts": ACTS,
    "own_measure": MEASURES,
    "contradiction": CONTRADICTIONS,
    "answer_state": ANSWER_STATES,
}
