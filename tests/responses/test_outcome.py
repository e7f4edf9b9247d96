"""Tests of what an answered form calls for, and of promises counted in working days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.responses.outcome import Mood, outcome, working_day
from feedback.surveys.definition import parse
from tests.surveys.generated import a_definition, a_question

ASKED = parse(
    a_definition(
        {
            "key": "s",
            "title": {"en": "S", "id": "S", "ms": "S"},
            "questions": [
                a_question("csat", type="csat"),
                a_question("nps", type="nps"),
                a_question("call", type="flag"),
            ],
        }
    )
)


@pytest.mark.parametrize(
    ("values", "mood"),
    [
        ({"nps": "10", "csat": "5"}, Mood.PROMOTER),
        ({"nps": "9"}, Mood.PROMOTER),
        ({"csat": "4"}, Mood.PROMOTER),
        ({"nps": "8", "csat": "5"}, Mood.PASSIVE),
        ({"nps": "7"}, Mood.PASSIVE),
        ({"csat": "3"}, Mood.PASSIVE),
        ({"nps": "6", "csat": "5"}, Mood.LOW),
        ({"nps": "0"}, Mood.LOW),
        ({"nps": "10", "csat": "2"}, Mood.LOW),
        ({"call": "yes"}, Mood.UNKNOWN),
        ({}, Mood.UNKNOWN),
    ],
)
def test_thanks_fit_what_was_answered(values: dict[str, str], mood: Mood) -> None:
    assert outcome(ASKED, values, is_known=True).mood == mood


@pytest.mark.parametrize(
    ("values", "is_known", "promised"),
    [
        ({"csat": "1"}, True, True),
        ({"csat": "1"}, False, False),  # nobody knows whom to call
        ({"csat": "1", "call": "no"}, True, False),  # who wants no call gets none
        ({"csat": "1", "call": "yes"}, False, True),
        ({"nps": "3"}, True, True),
        ({"csat": "5", "call": "yes"}, True, True),
        ({"csat": "5"}, True, False),
        ({}, True, False),
    ],
)
def test_a_call_is_promised_to_who_asked_or_is_known_to_be_dissatisfied(
    values: dict[str, str], is_known: bool, promised: bool
) -> None:
    assert outcome(ASKED, values, is_known).is_promised is promised


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 23), 2, date(2026, 11, 25)),  # Monday
        (date(2026, 11, 19), 2, date(2026, 11, 23)),  # Thursday
        (date(2026, 11, 20), 2, date(2026, 11, 24)),  # Friday
        (date(2026, 11, 21), 2, date(2026, 11, 24)),  # Saturday
        (date(2026, 11, 22), 2, date(2026, 11, 24)),  # Sunday
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_weekends_do_not_count(start: date, days: int, end: date) -> None:
    assert working_day(start, days) == end


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 30))
def test_a_promise_ends_on_a_working_day_with_as_many_before_it(start: date, days: int) -> None:
    end = working_day(start, days)
    assert end.weekday() < 5
    passed = [date.fromordinal(each) for each in range(start.toordinal() + 1, end.toordinal() + 1)]
    assert sum(each.weekday() < 5 for each in passed) == days
