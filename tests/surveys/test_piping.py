"""Plain substitution of named fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.surveys.piping import FIELDS, fields_in, fill

NAMES = {
    "company": "Kesan Sdn Bhd",
    "organisation": "PT Maju",
    "contact": 'Dewi "Ayu"',
    "manager": "O'Brien",
}
PAYLOADS = [
    "{{7*7}}",
    "{{config}}",
    "{{company}}",
    "{0.__class__}",
    "{company.__class__}",
    "{company!r}",
    "{company:>99}",
    "{company[0]}",
    "{}",
    "{0}",
    "${7*7}",
    "${company}",
    "#{7*7}",
    "#{company}",
    "%(company)s",
    "$company",
    "{% print(1) %}",
    "{unknown}",
    "{Company}",
    "{ company }",
    "{company",
    "company}",
    "\\1 \\g<0>",
]


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_a_named_field_is_replaced(field: str) -> None:
    assert fill(f"<{{{field}}}>", NAMES) == f"<{NAMES[field]}>"


def test_a_field_is_replaced_wherever_it_stands() -> None:
    assert fill("{company}{company}, {manager}.", NAMES) == "Kesan Sdn BhdKesan Sdn Bhd, O'Brien."


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_no_field_stays_as_written(payload: str) -> None:
    """SEC-03: template payloads in a text come out verbatim."""
    assert fill(payload, NAMES) == payload


@pytest.mark.parametrize("payload", [*PAYLOADS, "{manager}", "{company}"])
def test_an_inserted_value_is_not_read_again(payload: str) -> None:
    """SEC-03: template payloads in a name come out verbatim."""
    assert fill("a {company} b", {**NAMES, "company": payload}) == f"a {payload} b"


def test_values_that_join_into_a_field_are_not_read_again() -> None:
    """SEC-03: two names cannot be put together into a third field."""
    fields = {**NAMES, "company": "{man", "contact": "ager}"}
    assert fill("{company}{contact}", fields) == "{manager}"


def test_a_field_without_a_value_stays_as_written() -> None:
    assert fill("{contact}", {"company": "Kesan"}) == "{contact}"


def test_a_name_outside_the_allowed_fields_is_not_replaced() -> None:
    assert fill("{password}", {"password": "secret"}) == "{password}"


@given(st.text(), st.text())
def test_any_value_arrives_whole_between_its_neighbours(before: str, value: str) -> None:
    """SEC-03: whatever a name contains, exactly that is inserted."""
    before = before.replace("{", "").replace("$", "").replace("#", "")
    assert fill(f"{before}{{company}}.", {"company": value}) == f"{before}{value}."


def test_the_words_in_single_braces_are_listed_known_or_not() -> None:
    assert fields_in("{company} {oops} {company} {{no}} ${no} {0.no}") == {"company", "oops"}
