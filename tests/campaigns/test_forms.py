"""Tests of a campaign's form: what it takes, what it refuses, which columns come out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from feedback import clock
from feedback.campaigns import compose
from feedback.campaigns.forms import (
    CampaignForm,
    LaunchForm,
    current_values,
    end_of_day,
    last_day,
    starting_values,
)
from tests.builders.campaigns import a_draft

NOON = datetime(2026, 5, 10, 5, 0, tzinfo=UTC)  # noon in Jakarta
LATE = datetime(2026, 5, 10, 16, 59, 59, tzinfo=UTC)  # the last second of 10 May in Jakarta

FILLED = {
    "name": "Spring wave",
    "survey_version_id": "1",
    "company": "Sagara",
    "closes_on": "2026-05-24",
    "rest_days": "60",
    "en-subject": "How is {company}?",
    "en-message": "Dear {contact}",
    "id-subject": "Bagaimana {company}?",
    "id-message": "Halo {contact}",
    "ms-subject": "",
    "ms-message": "",
}


def _sent(app: Flask, at: datetime = NOON, **changed: Any) -> CampaignForm:
    """Return the form as filled in and sent, checked."""
    app.config["WTF_CSRF_ENABLED"] = False
    fields: MultiDict[str, str] = MultiDict({**FILLED, **changed})
    with clock.standing_at(at), app.test_request_context("/", method="POST", data=fields):
        form = CampaignForm(data=starting_values(compose.default_messages()))
        form.offer([(1, "Client relationship")], ["gold", "silver"])
        form.validate()
        return form


def _refused(app: Flask, at: datetime = NOON, **changed: Any) -> set[str]:
    """Return the names of the fields with an error."""
    return set(_sent(app, at, **changed).errors)


def test_a_filled_form_gives_the_columns_of_a_campaign(app: Flask) -> None:
    form = _sent(app, kinds=["client", "partner"], segments=["gold"], weights=["user"])
    assert form.errors == {}
    values = form.values()
    assert values["audience"] == {
        "kinds": ["client", "partner"],
        "segments": ["gold"],
        "weights": ["user"],
        "rest_days": 60,
    }
    assert values["closes_at"] == datetime(2026, 5, 24, 17, tzinfo=UTC)
    assert values["messages"]["id"] == {
        "subject": "Bagaimana {company}?",
        "message": "Halo {contact}",
    }
    assert (values["name"], values["company"], values["survey_version_id"]) == (
        "Spring wave",
        "Sagara",
        1,
    )


def test_a_form_carries_nothing_but_its_own_columns(app: Flask) -> None:
    """SEC-23: state, counts and owner never come from a form."""
    values = _sent(app, state="running", invited="9", created_by="1", id="5").values()
    assert set(values) == {
        "name",
        "survey_version_id",
        "company",
        "closes_at",
        "confidentiality",
        "audience",
        "messages",
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "   "),
        ("name", "x" * 201),
        ("name", "two\nlines"),
        ("name", "a\0b"),
        ("company", ""),
        ("company", "   "),
        ("company", "Sagara\r\nBcc: x@y.example.com"),
        ("survey_version_id", "2"),
        ("survey_version_id", "x"),
        ("closes_on", ""),
        ("closes_on", "24.5.2026"),
        ("closes_on", "2026-05-09"),
        ("closes_on", "0001-01-01"),
        ("rest_days", ""),
        ("rest_days", "-1"),
        ("rest_days", "366"),
        ("rest_days", "9" * 5_000),
        ("kinds", "enemy"),
        ("segments", "gone"),
        ("weights", "boss"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(app: Flask, field: str, value: str) -> None:
    assert _refused(app, **{field: value}) == {field}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("en-subject", "two\nlines"),
        ("en-subject", "x" * 151),
        ("en-subject", "Dear {surname}"),
        ("en-message", "Dear {0.__class__} {surname}"),
        ("en-message", "x" * 5_001),
    ],
)
def test_a_letter_that_cannot_be_is_refused_in_its_language(
    app: Flask, field: str, value: str
) -> None:
    assert _refused(app, **{field: value}) == {"en"}


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30"])
def test_a_closing_day_at_the_end_of_time_is_no_fault_of_ours(app: Flask, day: str) -> None:
    """The form refuses it or takes it; it does not break."""
    form = _sent(app, closes_on=day)
    assert form.errors or form.values()["closes_at"]


def test_the_last_day_may_be_today_where_the_company_is(app: Flask) -> None:
    """In Jakarta it is 11 May when in UTC it is still the 10th."""
    after_midnight = LATE + timedelta(seconds=1)
    assert _refused(app, LATE, closes_on="2026-05-10") == set()
    assert _refused(app, after_midnight, closes_on="2026-05-10") == {"closes_on"}


def test_the_end_of_a_day_and_the_last_day_belong_together(app: Flask) -> None:
    day = date(2026, 5, 24)
    assert last_day(end_of_day(day)) == day
    assert end_of_day(day) == datetime(2026, 5, 24, 17, tzinfo=UTC)


def test_a_draft_shown_and_sent_unchanged_stays_as_it_is(app: Flask) -> None:
    audience = {"kinds": ["client"], "segments": [], "weights": ["user"], "rest_days": 0}
    campaign = a_draft(audience=audience, closes_at=end_of_day(date(2030, 1, 31)))
    shown = current_values(campaign)
    assert shown["closes_on"] == date(2030, 1, 31)
    assert (shown["kinds"], shown["weights"], shown["rest_days"]) == (["client"], ["user"], 0)
    assert shown["en"] == campaign.messages["en"]


def test_a_new_campaign_starts_two_weeks_from_its_end(app: Flask) -> None:
    with clock.standing_at(LATE):
        values = starting_values({})
    assert values["closes_on"] == date(2026, 5, 24)
    assert values["company"] == "Sagara"


@pytest.mark.parametrize(("typed", "taken"), [("3", True), ("", False), ("three", False)])
def test_the_typed_count_is_a_number(app: Flask, typed: str, taken: bool) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/", method="POST", data={"count": typed}):
        assert LaunchForm().validate() is taken
