"""Plain substitution of named fields."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.surveys.piping import FIELDS, SURVEY_FIELDS, fields_in, fill

NAMES = {
    "company": "Kesan Sdn Bhd",
    "organisation": "PT Maju",
    "contact": 'Dewi "Ayu"',
    "manager": "O'Brien",
    "place": "Front desk <1>",
    "channel": "counter",
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
    "{unknown|company}",
    "{{company|us}}",
    "${company|us}",
    "{company|{oops}",
    "{company|us",
    "{|us}",
]


@pytest.mark.parametrize("field", sorted(SURVEY_FIELDS))
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


@pytest.mark.parametrize("empty", [{}, {"organisation": ""}, {"organisation": " \t"}])
def test_words_behind_a_bar_stand_in_for_an_empty_value(empty: dict[str, str]) -> None:
    assert fill("Who at {organisation|your office}?", empty) == "Who at your office?"


def test_words_behind_a_bar_may_be_none_at_all() -> None:
    assert fill("Dear{contact|}!", {}) == "Dear!"


def test_a_value_goes_before_the_words_behind_the_bar() -> None:
    assert fill("{organisation|your office}", NAMES) == "PT Maju"


def test_an_empty_value_without_a_bar_reads_as_the_default_wording() -> None:
    defaults = {"organisation": "organisasi Anda"}
    assert fill("{organisation}", {"organisation": ""}, defaults) == "organisasi Anda"
    assert fill("{organisation}", {}, defaults) == "organisasi Anda"
    assert fill("{organisation|kantor}", {}, defaults) == "kantor"


def test_an_empty_value_without_any_wording_stays_empty() -> None:
    assert fill("[{contact}]", {"contact": ""}) == "[]"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_default_wording_is_not_read_again(payload: str) -> None:
    """SEC-03: what stands in for a name is inserted as it is, too."""
    assert fill("a {contact} b", NAMES | {"contact": ""}, {"contact": payload}) == f"a {payload} b"


@pytest.mark.parametrize("payload", ["7*7", "%(x)s", "$x", "<b>", "a|b", "\\1"])
def test_words_behind_a_bar_are_mere_words(payload: str) -> None:
    """SEC-03: they are no expression and no second field."""
    assert fill(f"{{contact|{payload}}}", {}) == payload


def test_a_mail_knows_no_place() -> None:
    assert {"place", "channel"} == SURVEY_FIELDS - FIELDS


@given(st.text(), st.text(min_size=1).filter(str.strip))
def test_any_value_arrives_whole_between_its_neighbours(before: str, value: str) -> None:
    """SEC-03: whatever a name contains, exactly that is inserted."""
    before = before.replace("{", "").replace("$", "").replace("#", "")
    assert fill(f"{before}{{company}}.", {"company": value}) == f"{before}{value}."


def test_the_words_in_single_braces_are_listed_known_or_not() -> None:
    found = fields_in("{company} {oops} {company|no} {{no}} ${no} {0.no} {{no|no}}")
    assert found == {"company", "oops"}
