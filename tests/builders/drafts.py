"""Builders of drafts of questionnaires, and of edits as somebody makes them."""

from feedback.auth.models import User
from feedback.surveys import drafting, service
from feedback.surveys.drafting import Edit
from feedback.surveys.models import SurveyDraft
from tests.surveys.generated import a_definition, a_section, a_text

NEW = {"type": "agreement", "text": {"en": "New words"}}


def a_draft(actor: User) -> SurveyDraft:
    """A draft of a new questionnaire with two sections of two questions."""
    return service.start_import(actor, a_definition(a_section("a", 2), a_section("b", 2)))


def edited(draft: SurveyDraft, key: str, words: str = "New words") -> Edit:
    """An edit of a question as somebody sees it now."""
    seen = drafting.seen(draft.definition, "change_question", key)
    return Edit("change_question", key, {**NEW, "text": a_text(words)}, seen)
