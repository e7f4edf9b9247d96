"""A quote belongs to the words it was picked for, and goes with them."""

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from feedback import clock
from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.responses.models import SurveyResponse
from feedback.results.queries.comments import find_review, list_quotes
from feedback.results.scope import portfolio, wave
from feedback.sentiment import service
from feedback.sentiment.corrections import Ruling
from feedback.sentiment.models import CommentQuote
from feedback.sentiment.queries import find_judged
from tests.builders.campaigns import an_invitation
from tests.builders.people import a_user
from tests.builders.responses import a_saved_answer, a_submitted_response
from tests.builders.results import analysed
from tests.builders.reviews import campaign_of, reviewed, told
from tests.rows import count
from tests.settled import somebody  # noqa: F401 - a fixture for every test here

GOOD = "The team is excellent and very friendly."
BAD = "Barang selalu terlambat dan sangat mengecewakan."


@pytest.fixture
def invitation(app: Flask) -> Invitation:
    """An invitation whose comment was sent and analysed."""
    made = an_invitation()
    _sent(made, GOOD)
    return made


def _sent(invitation: Invitation, text: str) -> None:
    a_submitted_response(invitation, comments={"reason": text})
    analysed()


def _where() -> tuple[int, str]:
    db.session.rollback()
    return db.session.scalars(select(SurveyResponse.id)).one(), "reason"


def _quoted() -> bool:
    db.session.rollback()
    review = find_review(*_where())
    return review is not None and review.quoted_at is not None


def test_a_quote_keeps_words_and_who_picked_them_when(invitation: Invitation) -> None:
    user = a_user(name="Sari Invented")
    service.quote(_where(), user.id, service.words_seen(GOOD))
    row = db.session.scalars(select(CommentQuote)).one()
    assert (row.text, row.quoted_by) == (GOOD, user.id)
    assert row.quoted_at.tzinfo is not None
    review = find_review(*_where())
    assert review is not None
    assert (review.quoted_by, review.quoted_at) == ("Sari Invented", row.quoted_at)


def test_quoting_twice_keeps_the_first(invitation: Invitation) -> None:
    first = a_user().id
    for user_id in (first, a_user().id):
        service.quote(_where(), user_id, service.words_seen(GOOD))
    assert db.session.scalars(select(CommentQuote.quoted_by)).all() == [first]


def test_a_changed_comment_is_no_quote_until_somebody_picks_it_again(
    invitation: Invitation,
) -> None:
    service.quote(_where(), a_user().id, service.words_seen(GOOD))
    _sent(invitation, BAD)
    assert not _quoted()
    again = a_user().id
    service.quote(_where(), again, service.words_seen(BAD))
    assert _quoted()
    row = db.session.scalars(select(CommentQuote)).one()
    assert (row.text, row.quoted_by) == (BAD, again)


def test_whoever_saw_other_words_quotes_nothing(invitation: Invitation) -> None:
    _sent(invitation, BAD)
    with pytest.raises(service.Outdated):
        service.quote(_where(), a_user().id, service.words_seen(GOOD))
    assert count(CommentQuote) == 0


def test_a_quote_can_be_taken_back_even_where_there_is_none(invitation: Invitation) -> None:
    service.unquote(_where())
    service.quote(_where(), a_user().id, service.words_seen(GOOD))
    service.unquote(_where())
    assert not _quoted()
    assert count(CommentQuote) == 0


def test_a_quote_goes_with_its_comment(invitation: Invitation) -> None:
    where = _where()
    service.quote(where, a_user().id, service.words_seen(GOOD))
    a_saved_answer(invitation, reason="")
    a_submitted_response(invitation)
    assert count(CommentQuote) == 0
    with pytest.raises(service.Outdated):
        service.quote(where, a_user().id, service.words_seen(GOOD))


def test_a_quote_goes_with_its_response(invitation: Invitation) -> None:
    service.quote(_where(), a_user().id, service.words_seen(GOOD))
    db.session.execute(delete(SurveyResponse))
    db.session.commit()
    assert count(CommentQuote) == 0


def test_the_database_holds_one_quote_of_a_comment_at_most(invitation: Invitation) -> None:
    service.quote(_where(), a_user().id, service.words_seen(GOOD))
    table = CommentQuote.__table__
    row = db.session.execute(select(table)).one()._asdict()
    with pytest.raises(IntegrityError):
        db.session.execute(insert(table), [row])  # type: ignore[arg-type]
    db.session.rollback()


def test_quotes_of_a_scope_are_listed_latest_picked_first(app: Flask) -> None:
    sent = reviewed("One good word", "Another good word", "A third one", "Of others")
    elsewhere = reviewed("Elsewhere")
    for each in (*sent, *elsewhere):
        told(each, "positive")
        review = find_review(each, "reason")
        assert review is not None
        service.quote((each, "reason"), a_user().id, review.words_seen)
    _set_aside(sent[3])
    own = wave(campaign_of(sent[0]).id, None, clock.now())
    assert [each.response_id for each in list_quotes(own)] == sent[2::-1]
    assert len(list_quotes(portfolio(clock.now()))) == 4
    service.unquote((sent[1], "reason"))
    assert [each.response_id for each in list_quotes(own)] == [sent[2], sent[0]]


def _set_aside(response_id: int) -> None:
    judged = find_judged(response_id, "reason")
    assert judged is not None
    aside = Ruling(not_about_us=True)
    service.correct((response_id, "reason"), aside, a_user().id, judged.state)
