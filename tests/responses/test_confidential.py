"""What somebody is thanked with and promised whose answers stay confidential (PRV-13)."""

import pytest
from flask import Flask

from tests.builders.campaigns import an_invitation, token_of
from tests.builders.organisations import a_contact
from tests.responses.browsing import Person
from tests.rows import inside


@pytest.fixture
def colleague(bare_app: Flask) -> Person:
    """Somebody asked in a confidential campaign."""
    with inside(bare_app):
        for _ in range(4):
            a_contact()
        given = {"questionnaire": "internal_unit", "confidentiality": "confidential"}
        token = token_of(an_invitation(a_contact(), **given))
    return Person(bare_app, token)


def test_nobody_is_said_to_read_the_answers(colleague: Person) -> None:
    receipt = colleague.follow(colleague.answer_all())
    assert "individual answers are not shown" in receipt.text
    assert "reads your answers" not in receipt.text


@pytest.mark.parametrize("answers", [{"flag": "yes"}, {"csat": 1}, {"csat": 1, "flag": "yes"}])
def test_nobody_promises_to_get_in_touch_with_somebody_unknown(
    colleague: Person, answers: dict[str, object]
) -> None:
    receipt = colleague.follow(colleague.answer_all(**answers))
    assert "gets in touch with you" not in receipt.text
    told = "Nobody here learns that you asked for a follow-up" in receipt.text
    assert told == ("flag" in answers)
