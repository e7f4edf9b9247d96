"""The draft of a questionnaire as data, and what can be done to it."""

from feedback.surveys.drafting.acts import (
    ACTS,
    WHOLE,
    Done,
    Edit,
    Outdated,
    aspect,
    perform,
    seen,
)
from feedback.surveys.drafting.asking import Asked, asked, asked_before, find_asked
from feedback.surveys.drafting.elements import (
    Definition,
    NotThere,
    Spot,
    digest_of,
    get_question,
    get_section,
    name_of,
    question_index,
    questions_of,
    section_index,
    settings_of,
    spot,
)
from feedback.surveys.drafting.keys import NOTHING_TAKEN, Taken, readable, unique
from feedback.surveys.drafting.operations import blank, replace
from feedback.surveys.drafting.sketch import blockers, problems, sketch

__all__ = [
    "ACTS",
    "NOTHING_TAKEN",
    "WHOLE",
    "Asked",
    "Definition",
    "Done",
    "Edit",
    "NotThere",
    "Outdated",
    "Spot",
    "Taken",
    "asked",
    "asked_before",
    "aspect",
    "blank",
    "blockers",
    "digest_of",
    "find_asked",
    "get_question",
    "get_section",
    "name_of",
    "perform",
    "problems",
    "question_index",
    "questions_of",
    "readable",
    "replace",
    "section_index",
    "seen",
    "settings_of",
    "sketch",
    "spot",
    "unique",
]
