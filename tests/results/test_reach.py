"""Of whom we know anything: organisations, decision makers and yearly value behind the answers."""

import pytest
from flask import Flask

from feedback import clock
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.results import scope
from feedback.results.listing import Known
from feedback.results.queries.organisations import count_reach
from feedback.results.reach import reach
from feedback.results.scope import Scope, Selection
from tests.builders.portfolio import NOW, Portfolio
from tests.results.conftest import Reader
from tests.rows import inside


def test_an_organisation_is_heard_with_its_first_answer() -> None:
    found = reach([Known(1, "A", 3, 500), Known(2, "B", 0, 1_500), Known(3, "C", 1)], (2, 5))
    assert (found.accounts, found.silent) == ((2, 3), 1)
    assert found.value == (500, 2_000)
    assert found.value_share == 0.25
    assert found.decision_makers == (2, 5)


def test_without_any_yearly_value_there_is_no_share_of_it() -> None:
    assert reach([Known(1, "A", 3), Known(2, "B", 0, 0)], (0, 0)).value_share is None
    assert reach([], (0, 0)).value_share is None
    assert reach([], (0, 0)).silent == 0


def deciders(reader: Reader, within: Scope) -> tuple[int, int]:
    """Count the decision makers of a scope."""
    with reader.app.app_context(), clock.standing_at(NOW):
        return count_reach(within)


def test_decision_makers_are_those_of_the_organisations_chosen(reader: Reader) -> None:
    """By hand: of each organisation with people the first; of partners all three answered."""
    recent = scope.portfolio(NOW)
    heard, everybody = deciders(reader, recent)
    assert everybody == 27  # 29 with people, without "Gone", which is put away, and "Not asked"
    assert heard < everybody
    assert deciders(reader, recent.of(Selection(kind="partner"))) == (3, 3)
    assert deciders(reader, recent.of(Selection(kind="internal"))) == (0, 1)
    assert deciders(reader, recent.of(Selection(segment="solo")))[1] == 1


def test_in_a_wave_decision_makers_are_those_who_were_asked(reader: Reader) -> None:
    made = reader.made.campaigns
    assert deciders(reader, scope.wave(made["Partners 2026"], NOW, NOW)) == (3, 3)
    asked = deciders(reader, scope.wave(made["Pulse 2026"], NOW, NOW))[1]
    assert asked == 8  # seven of food, and "Silent"


def test_a_decision_maker_who_left_is_not_waited_for(world: Flask, made: Portfolio) -> None:
    with inside(world):
        first = db.session.query(Contact).filter_by(
            organisation_id=made.organisations["Silent"], weight="decision_maker"
        )
        before = count_reach(scope.portfolio(NOW))
        first.one().archived_at = NOW
        db.session.commit()
        heard, everybody = count_reach(scope.portfolio(NOW))
    assert (heard, everybody) == (before[0], before[1] - 1)


@pytest.mark.parametrize(
    ("query", "value"), [("", "85,300 of 105,300"), ("segment=solo", "40,000 of 40,000")]
)
def test_the_page_shows_how_much_of_the_yearly_value_was_heard(
    reader: Reader, query: str, value: str
) -> None:
    """By hand: 36,000 retail, 7,500 plain, 40,000 alone, 1,800 partners; 20,000 silent."""
    part = reader.portfolio(query).main.one(id="reach")
    assert value in part.text
    assert "Organisations heard" in part.text
