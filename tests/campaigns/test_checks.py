"""Tests of what stands against a launch."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedback.campaigns.audience import Headcount
from feedback.campaigns.checks import Finding, find
from feedback.surveys.questionnaire import Question, Questionnaire, Section
from feedback.surveys.shipped import get_shipped

NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
TWO = Headcount(2, 0, 0, 0, {"en": 1, "id": 1})
MESSAGE = {"subject": "How is {company}?", "message": "Dear {contact} of {organisation}, {manager}"}
MESSAGES = {"en": MESSAGE, "id": MESSAGE}


def _found(
    messages: Mapping[str, Mapping[str, str]] = MESSAGES,
    headcount: Headcount = TWO,
    closes_at: datetime = LATER,
    questionnaire: Questionnaire | None = None,
) -> list[Finding]:
    asked = questionnaire or get_shipped("client_relationship")
    return find(asked, messages, headcount, closes_at, NOW)


def _longer() -> Questionnaire:
    shipped = get_shipped("client_relationship")
    texts = tuple(Question(f"x{number}", "long_text", shipped.title, None) for number in range(8))
    more = Section("more", shipped.title, texts)
    return replace(shipped, sections=(*shipped.sections, more))


def test_a_campaign_with_everything_has_no_finding() -> None:
    assert _found() == []


def test_nobody_to_write_to_forbids_a_launch() -> None:
    assert _found(headcount=Headcount(2, 1, 1, 0, {})) == [Finding("nobody", True)]


@pytest.mark.parametrize("closes_at", [NOW, NOW - timedelta(days=1)])
def test_a_closing_date_that_is_not_ahead_forbids_a_launch(closes_at: datetime) -> None:
    assert _found(closes_at=closes_at) == [Finding("closing_past", True)]


@pytest.mark.parametrize(
    "broken",
    [{}, {"subject": "", "message": "x"}, {"subject": "x", "message": " \n"}, {"subject": "x"}],
)
def test_a_blank_letter_in_a_language_somebody_reads_forbids_a_launch(
    broken: dict[str, str],
) -> None:
    found = _found(messages={"en": MESSAGE, "id": broken})
    assert found == [Finding("message_missing", True, "id")]


def test_a_blank_letter_in_a_language_nobody_reads_does_not_matter() -> None:
    assert _found(messages={**MESSAGES, "ms": {"subject": "", "message": ""}}) == []


def test_a_field_nobody_knows_forbids_a_launch_and_is_named() -> None:
    odd = {"subject": "{compny}", "message": "{contact} {surname}"}
    assert _found(messages={"en": MESSAGE, "id": odd}) == [
        Finding("unknown_field", True, "{compny}"),
        Finding("unknown_field", True, "{surname}"),
    ]


def test_subject_and_message_are_looked_at_apart() -> None:
    """Where the subject ends and the message begins no field can arise."""
    split = {"subject": "We like {", "message": "smiles} and more"}
    assert _found(messages={"en": split, "id": MESSAGE}) == []


def test_a_long_questionnaire_is_mentioned_but_forbids_nothing() -> None:
    assert _found(questionnaire=_longer()) == [Finding("too_long", False)]


def test_what_forbids_a_launch_stands_first() -> None:
    found = _found(headcount=Headcount(0, 0, 0, 0, {}), questionnaire=_longer())
    assert [finding.code for finding in found] == ["nobody", "too_long"]


def test_the_teams_own_questionnaire_is_not_meant_for_contacts() -> None:
    found = _found(questionnaire=get_shipped("team_self_assessment"))
    assert found == [Finding("team_by_mail", False)]
