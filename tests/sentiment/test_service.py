"""Tests of stored verdicts: made once per text, made anew when the text or the analyser changes."""

import threading
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.sentiment import service
from feedback.sentiment.analyse import analyse
from feedback.sentiment.model import load
from feedback.sentiment.models import CommentAnalysis
from tests.builders.campaigns import an_invitation
from tests.builders.responses import a_saved_answer, a_submitted_response
from tests.rows import count, failing_commit
from tests.settled import somebody  # noqa: F401 - a fixture for every test here

GOOD = "The team is excellent and very friendly."
BAD = "Barang selalu terlambat dan sangat mengecewakan."


@pytest.fixture
def invitation(app: Flask) -> Invitation:
    """An invitation of a running campaign."""
    return an_invitation()


def _row(question: str = "reason") -> CommentAnalysis:
    db.session.rollback()
    statement = select(CommentAnalysis).where(CommentAnalysis.question == question)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def _sent(invitation: Invitation, **comments: str) -> None:
    a_submitted_response(invitation, comments=comments)


def _analysed() -> None:
    while service.analyse_next():
        pass


def test_the_comments_of_a_sending_wait_for_analysis(invitation: Invitation) -> None:
    _sent(invitation, reason=GOOD, improve=BAD)
    assert service.is_waiting()
    assert service.count_waiting() == 2
    assert (_row().version, _row().text) == ("", GOOD)


def test_a_draft_is_not_analysed(invitation: Invitation) -> None:
    a_saved_answer(invitation, reason=GOOD)
    assert not service.is_waiting()


def test_a_sending_without_comments_leaves_nothing_to_do(invitation: Invitation) -> None:
    _sent(invitation)
    assert count(CommentAnalysis) == 0
    assert not service.analyse_next()


def test_a_verdict_is_stored_as_the_analyser_gave_it_with_its_version(
    invitation: Invitation,
) -> None:
    _sent(invitation, reason=BAD)
    assert service.analyse_next()
    row, verdict = _row(), analyse(BAD).to_dict()
    names = ("language", "label", "polarity", "confidence", "dimensions", "evidence", "version")
    assert {name: getattr(row, name) for name in names} == {name: verdict[name] for name in names}
    assert row.version == load().version
    assert row.analysed_at is not None
    assert not service.is_waiting()


def test_evidence_points_into_the_stored_text(invitation: Invitation) -> None:
    _sent(invitation, reason=f"  {BAD}\r\n{GOOD}")
    _analysed()
    row = _row()
    assert row.evidence
    for part in row.evidence:
        assert row.text[part["start"] : part["end"]].strip()


def test_a_comment_sent_again_unchanged_keeps_its_verdict(invitation: Invitation) -> None:
    _sent(invitation, reason=GOOD)
    _analysed()
    before = _row().analysed_at
    _sent(invitation, reason=GOOD, improve=BAD)
    assert (_row().version, _row().analysed_at) == (load().version, before)
    assert service.count_waiting() == 1


def test_a_changed_comment_is_analysed_anew(invitation: Invitation) -> None:
    _sent(invitation, reason=GOOD)
    _analysed()
    assert _row().label == "positive"
    _sent(invitation, reason=BAD)
    assert service.is_waiting()
    _analysed()
    assert (_row().label, _row().text) == ("negative", BAD)


def test_a_comment_taken_back_takes_its_verdict_along(invitation: Invitation) -> None:
    _sent(invitation, reason=GOOD, improve=BAD)
    _analysed()
    a_saved_answer(invitation, reason="")
    a_submitted_response(invitation)
    assert [row.question for row in db.session.scalars(select(CommentAnalysis))] == ["improve"]


def test_a_text_changed_during_the_analysis_does_not_get_the_old_verdict(
    app: Flask, invitation: Invitation
) -> None:
    """Somebody sends again right after the worker has read the old words."""
    _sent(invitation, reason=GOOD)
    invitation_id = invitation.id
    changed = threading.Event()

    def send_again() -> None:
        with app.app_context():
            _sent(db.session.get_one(Invitation, invitation_id), reason=BAD)

    def after_reading(*_: Any) -> None:
        if not changed.is_set():
            changed.set()
            thread = threading.Thread(target=send_again)
            thread.start()
            thread.join()

    db.session.rollback()
    event.listen(db.engine.pool, "checkin", after_reading)
    try:
        service.analyse_next()
    finally:
        event.remove(db.engine.pool, "checkin", after_reading)
    assert changed.is_set()
    assert (_row().text, _row().version) == (BAD, "")
    _analysed()
    assert _row().label == "negative"


def test_analysing_works_in_slices_and_says_when_nothing_is_left(
    invitation: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "SLICE", 1)
    _sent(invitation, reason=GOOD, improve=BAD)
    assert [service.analyse_next() for _ in range(3)] == [True, True, False]
    assert service.count_waiting() == 0


def test_a_comment_that_is_hardly_a_text_is_analysed_too(invitation: Invitation) -> None:
    _sent(invitation, reason="🙂", improve="…")
    _analysed()
    assert service.count_waiting() == 0


def test_only_verdicts_of_another_analyser_are_marked(invitation: Invitation) -> None:
    _sent(invitation, reason=GOOD, improve=BAD)
    _analysed()
    _row("improve").version = "words-0"
    db.session.commit()
    assert service.mark_all() == 1
    assert (_row().version, _row("improve").version) == (load().version, "")


def test_all_verdicts_are_marked_if_asked_for(invitation: Invitation) -> None:
    _sent(invitation, reason=GOOD, improve=BAD)
    _analysed()
    assert service.mark_all(only_older=False) == 2
    assert service.count_waiting() == 2


def test_a_sending_that_fails_leaves_no_comment_behind(invitation: Invitation) -> None:
    """STO-03: the comment is taken in with the sending or not at all."""
    with failing_commit(db.engine), pytest.raises(Exception, match="disk is full"):
        _sent(invitation, reason=GOOD)
    assert count(CommentAnalysis) == 0
