"""What must be in order before a campaign is launched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from feedback.campaigns.audience import Headcount
from feedback.campaigns.confidentiality import CONFIDENTIAL, LEAST, NAMED
from feedback.surveys.definition import Questionnaire
from feedback.surveys.layout import estimated_seconds
from feedback.surveys.mirror import is_mirror
from feedback.surveys.piping import FIELDS, fields_in

MAX_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the checks found; `code` names the sentence, `blocks` whether it forbids launch."""

    code: str
    blocks: bool
    detail: str = ""


def find(
    questionnaire: Questionnaire,
    messages: Mapping[str, Mapping[str, str]],
    headcount: Headcount,
    closes_at: datetime,
    now: datetime,
    confidentiality: str = NAMED,
) -> list[Finding]:
    """Return what stands against a launch, blocking findings first."""
    found = [Finding("nobody", blocks=True)] if headcount.mails == 0 else []
    if confidentiality == CONFIDENTIAL:
        found += _about_confidence(questionnaire, headcount.mails)
    if is_mirror(questionnaire.key):
        found.append(Finding("team_by_mail", blocks=False))
    found += _about_any(questionnaire, closes_at, now)
    for language in headcount.by_language:
        found += _message(language, messages.get(language, {}))
    return _blocking_first(found)


def find_public(
    questionnaire: Questionnaire, links: int, closes_at: datetime, now: datetime
) -> list[Finding]:
    """Return what stands against collecting by so many public links, blocking findings first."""
    found = [Finding("no_link", blocks=True)] if links == 0 else []
    found += _about_any(questionnaire, closes_at, now)
    return _blocking_first(found)


def _about_confidence(questionnaire: Questionnaire, mails: int) -> list[Finding]:
    found = []
    if 0 < mails < LEAST:
        found.append(Finding("too_few_asked", blocks=True))  # nothing of it could ever be shown
    if any(question.type == "flag" for question in questionnaire.questions):
        found.append(Finding("asks_for_contact", blocks=False))
    return found


def _about_any(questionnaire: Questionnaire, closes_at: datetime, now: datetime) -> list[Finding]:
    found = []
    if closes_at <= now:
        found.append(Finding("closing_past", blocks=True))
    if estimated_seconds(questionnaire) > MAX_SECONDS:
        found.append(Finding("too_long", blocks=False))
    return found


def _blocking_first(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: not finding.blocks)


def _message(language: str, message: Mapping[str, str]) -> list[Finding]:
    if not message.get("subject", "").strip() or not message.get("message", "").strip():
        return [Finding("message_missing", blocks=True, detail=language)]
    unknown = (fields_in(message["subject"]) | fields_in(message["message"])) - FIELDS
    return [Finding("unknown_field", blocks=True, detail=f"{{{name}}}") for name in sorted(unknown)]
