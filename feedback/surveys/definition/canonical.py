"""Writes a questionnaire as data in one form only, and names that form by its digest."""

import hashlib
import json
from typing import Any

from feedback.surveys.languages import LANGUAGES, Text
from feedback.surveys.questionnaire import Question, Questionnaire, Section


def dump(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the definition as plain data for JSON; parse(dump(q)) == q.

    What is absent or off is left out, so a member added in a later release does not change the
    digest of a questionnaire that does not use it.
    """
    return _without_defaults(
        key=questionnaire.key,
        languages=list(questionnaire.languages),
        title=_text(questionnaire.title),
        intro=_text(questionnaire.intro),
        sections=[_section(section) for section in questionnaire.sections],
    )


def digest(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 (hex) of the canonical JSON; equal questionnaires have equal digests."""
    canonical = json.dumps(
        dump(questionnaire), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _section(section: Section) -> dict[str, Any]:
    return _without_defaults(
        key=section.key,
        title=_text(section.title),
        intro=_text(section.intro),
        shuffle_group=section.shuffle_group,
        shuffle_items=section.shuffle_items,
        questions=[_question(question) for question in section.questions],
    )


def _question(question: Question) -> dict[str, Any]:
    return _without_defaults(
        key=question.key,
        type=question.type,
        dimension=question.dimension,
        core=question.core,
        required=question.required,
        cannot_judge=question.cannot_judge,
        text=_text(question.text),
        help=_text(question.help),
        options=[{"key": each.key, "text": _text(each.text)} for each in question.options],
    )


def _text(text: Text | None) -> dict[str, str] | None:
    return None if text is None else {each: text[each] for each in LANGUAGES if each in text}


def _without_defaults(**members: object) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value not in (None, False, [])}
