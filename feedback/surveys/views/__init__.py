"""Pages of questionnaires: which there are, what each asks, and the builder."""

from feedback.surveys.views import (
    building,
    lists,
    overview,
    previewing,
    publishing,
    questions,
    rules,
    sections,
)
from feedback.surveys.views.blueprint import bp

__all__ = [
    "bp",
    "building",
    "lists",
    "overview",
    "previewing",
    "publishing",
    "questions",
    "rules",
    "sections",
]
