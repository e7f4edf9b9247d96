"""Tests of the thank-you page: words by outcome, who gets in touch by when, changing answers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from feedback import clock
from feedback.extensions import db
from feedback.organisations.models import Organisation
from tests.builders.links import a_link, public_token_of
from tests.builders.people import a_user
from tests.house.pages import complaints
from tests.responses.browsing import Person
from tests.responses.passing import GOOD, Passerby
from tests.rows import inside

SUNDAY = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def sunday() -> Iterator[None]:
    """A Sunday morning in Jakarta."""
    with clock.standing_at(SUNDAY):
        yield


def _owned(app: Flask) -> None:
    with inside(app):
        owner = a_user(name="Ratna <i>Dewi</i>")
        db.session.query(Organisation).one().owner_id = owner.id
        db.session.commit()


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        ({"csat": 5, "nps": 10}, "goes well for you"),
        ({"csat": 4, "nps": 7}, "Both help."),
        ({"csat": 1, "nps": 10}, "something is wrong"),
    ],
)
def test_thanks_fit_what_was_answered(person: Person, scores: dict[str, int], words: str) -> None:
    receipt = person.follow(person.answer_all(**scores))
    assert words in receipt.text
    assert complaints(receipt.text) == []


@pytest.mark.usefixtures("sunday")
def test_who_asks_for_a_call_is_told_who_calls_by_when(bare_app: Flask, person: Person) -> None:
    """SEC-01: two working days from a Sunday is Tuesday; a name is somebody's text."""
    _owned(bare_app)
    receipt = person.follow(person.answer_all(flag="yes"))
    promise = "Ratna &lt;i&gt;Dewi&lt;/i&gt; of Sagara gets in touch with you by"
    assert f"{promise} Tuesday, 24 November." in receipt.text


@pytest.mark.usefixtures("sunday")
def test_where_nobody_owns_the_relationship_the_company_promises(person: Person) -> None:
    receipt = person.follow(person.answer_all(flag="yes"))
    assert "Sagara gets in touch with you by Tuesday, 24 November." in receipt.text


@pytest.mark.parametrize("scores", [{"csat": 5}, {"csat": 1}])
def test_nobody_is_called_who_said_no(person: Person, scores: dict[str, int]) -> None:
    receipt = person.follow(person.answer_all(flag="no", **scores))
    assert "in touch" not in receipt.text


@pytest.mark.usefixtures("sunday")
def test_the_promise_is_in_the_readers_language_and_calendar(person: Person) -> None:
    person.answer_all(flag="yes")
    assert "Selasa, 24 November" in person.open("/thanks?lang=id").text
    assert "Selasa, 24 November" in person.open("/thanks?lang=ms").text


@pytest.mark.usefixtures("sunday")
def test_once_the_day_is_over_it_says_what_to_do(person: Person) -> None:
    person.answer_all(flag="yes")
    with clock.standing_at(SUNDAY + timedelta(days=2)):
        assert "gets in touch" in person.open().text
    with clock.standing_at(SUNDAY + timedelta(days=3)):
        assert "If nobody has, write to us." in person.open().text


def test_a_change_is_confirmed_and_says_that_the_first_answers_are_kept(person: Person) -> None:
    """EML-04."""
    first = person.follow(person.answer_all(csat=5, nps=9))
    assert "kept as well" not in first.text
    assert "You can change them until" in first.text
    again = person.follow(person.answer_all(csat=1, nps=9))
    assert "kept as well" in again.text
    assert "something is wrong" in again.text


def test_an_answer_changed_but_not_sent_changes_no_thanks(person: Person) -> None:
    person.answer_all(csat=5, nps=9)
    person.autosave("csat", person.open("?p=1"), "1", seq=1)
    assert "goes well for you" in person.open().text


def test_after_closing_nothing_can_be_changed(
    person: Person, close_campaign: Callable[[], None]
) -> None:
    person.answer_all()
    close_campaign()
    receipt = person.open()
    assert receipt.code == 200
    assert "Change my answers" not in receipt.text


@pytest.mark.usefixtures("sunday")
def test_nobody_is_promised_a_call_whose_number_nobody_knows(bare_app: Flask) -> None:
    """At a public link only the answers themselves can say how to reach somebody."""
    with inside(bare_app):
        visitor = Passerby(bare_app, public_token_of(a_link()))
    page = visitor.follow(visitor.answer(**GOOD, flag="yes"))
    receipt = visitor.follow(visitor.send_later(page, contact_details=""))
    promise = "If you have told us how to reach you, Sagara gets in touch with you by Tuesday"
    assert promise in receipt.text
