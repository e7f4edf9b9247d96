"""Tests of saving and sending: nothing acknowledged vanishes, one response per person."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from feedback import clock
from feedback.analytics.models import ScoredResponse
from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.responses import queries, service
from feedback.responses.models import Answer, Submission, SurveyResponse
from feedback.responses.queries import invited
from tests.builders.campaigns import an_invitation
from tests.builders.organisations import a_contact
from tests.builders.responses import (
    SCORES,
    a_saved_answer,
    a_submitted_response,
    an_origin,
    incoming,
)
from tests.responses.windows import TwoWindows
from tests.rows import count, dump, failing_commit, inside

FORM = "f" * 24
Act = tuple[str, ...] | tuple[str, int]

_NAMES, _QUESTIONS = st.sampled_from("AB"), st.sampled_from(["reason", "improve"])
_VALUES = st.sampled_from(["", "one", "two"])
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), _NAMES, _QUESTIONS, _VALUES),
        st.tuples(st.just("arrive"), st.integers(0, 3)),
        st.tuples(st.just("load"), _NAMES),
    ),
    min_size=2,
    max_size=12,
)
quickly = hypothesis_settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _play(windows: TwoWindows, acts: list[Any]) -> None:
    for deed, *values in acts:
        getattr(windows, deed)(*values)
    while windows.on_the_way:
        windows.arrive(0)


@quickly
@given(ACTS)
@example(
    [("type", "A", "reason", "one"), ("arrive", 0), ("load", "B")]
    + [("type", "B", "reason", each) for each in ("two", "one")]
    + [("arrive", 1), ("arrive", 0)]
)
@example(
    [("type", "A", "reason", each) for each in ("one", "two", "one")]
    + [("arrive", 0), ("arrive", 1), ("arrive", 0)]
)
def test_no_acknowledged_save_vanishes_between_two_windows(
    invitation: Invitation, acts: list[Any]
) -> None:
    """STO-08, STO-09: all orders of arrival, autosaves with their numbers."""
    _play(TwoWindows(invitation, script=True), acts)


@quickly
@given(ACTS)
@example(
    [("type", "A", "reason", "one"), ("arrive", 0), ("type", "A", "reason", "two"), ("arrive", 0)]
)
def test_no_acknowledged_save_vanishes_without_javascript(
    invitation: Invitation, acts: list[Any]
) -> None:
    """STO-08: pages without numbers, gone back to and sent again."""
    _play(TwoWindows(invitation, script=False), acts)


def test_a_delayed_save_does_not_come_over_a_newer_one(invitation: Invitation) -> None:
    """STO-09: also where the newer one changed nothing any more."""
    origin = an_origin(sequence=1)
    (old, new), stored = (incoming(invitation, {"reason": text}) for text in ("b", "a")), []
    for answers, sequence in ((new, 1), (new, 3), (old, 2)):
        service.save(invited(invitation), answers, replace(origin, sequence=sequence))
        row = db.session.scalars(select(Answer)).one()
        stored.append(row.value)
    assert stored == ["a", "a", "a"]


def test_a_text_taken_back_does_not_return_with_a_delayed_save(invitation: Invitation) -> None:
    """STO-09: cleared before the first save arrived."""
    origin = an_origin()
    typed, cleared = (incoming(invitation, {"reason": text}) for text in ("draft", ""))
    service.save(invited(invitation), cleared, replace(origin, sequence=2))
    service.save(invited(invitation), typed, replace(origin, sequence=1))
    assert db.session.scalar(select(Answer.value)) in (None, "")


def test_a_page_without_number_does_not_let_a_delayed_save_in(invitation: Invitation) -> None:
    """STO-09: "replace" carries no number; what its window typed before stays older."""
    origin = an_origin()
    for text, sequence in (("b", 5), ("c", 0)):
        answers = incoming(invitation, {"reason": text})
        service.save(invited(invitation), answers, replace(origin, sequence=sequence))
    late = incoming(invitation, {"reason": "a"})
    service.save(invited(invitation), late, replace(origin, sequence=4))
    assert db.session.scalar(select(Answer.value)) == "c"


def test_windows_on_different_questions_both_keep_their_answers(invitation: Invitation) -> None:
    """STO-08."""
    first, second = an_origin(sequence=1), an_origin(sequence=1)
    service.save(invited(invitation), incoming(invitation, {"reason": "one"}), first)
    saved = service.save(invited(invitation), incoming(invitation, {"improve": "two"}), second)
    assert saved.conflicts == []
    assert {row.question: row.value for row in db.session.scalars(select(Answer))} == {
        "reason": "one",
        "improve": "two",
    }


def test_the_later_of_two_windows_is_told_both_texts(invitation: Invitation) -> None:
    """STO-08."""
    crossing = incoming(invitation, {"reason": "mine"})
    a_saved_answer(invitation, reason="theirs")
    (conflict,) = service.save(invited(invitation), crossing, an_origin(sequence=1)).conflicts
    assert (conflict.question, conflict.yours, conflict.stored) == ("reason", "mine", "theirs")
    assert db.session.scalar(select(Answer.value)) == "theirs"


def test_a_save_from_a_page_older_than_the_sending_changes_nothing(
    app: Flask, invitation: Invitation
) -> None:
    """STO-08: a finished response refuses autosave."""
    stale = incoming(invitation, {"reason": "late"})
    a_submitted_response(invitation)
    before = dump(app)
    with pytest.raises(service.SentMeanwhile):
        service.save(invited(invitation), stale, an_origin(revision=0))
    assert dump(app) == before


def test_the_same_form_sent_again_gives_the_same_receipt(
    app: Flask, invitation: Invitation
) -> None:
    """STO-06."""
    answers = incoming(invitation, SCORES)
    first = service.submit(invited(invitation), answers, an_origin(), FORM)
    before = dump(app)
    assert service.submit(invited(invitation), answers, an_origin(), FORM).id == first.id
    assert dump(app) == before


def test_the_same_form_with_other_content_keeps_both(app: Flask, invitation: Invitation) -> None:
    """STO-06."""
    service.submit(invited(invitation), incoming(invitation, SCORES), an_origin(), FORM)
    before = dump(app)
    with pytest.raises(service.DifferentContent) as raised:
        service.submit(invited(invitation), incoming(invitation, {"csat": 1}), an_origin(), FORM)
    assert [(c.yours, c.stored) for c in raised.value.conflicts] == [("1", "4")]
    assert dump(app) == before


def test_the_same_form_sent_again_after_closing_still_has_its_receipt(
    invitation: Invitation,
) -> None:
    """STO-06: a retry whose first try arrived in time."""
    answers = incoming(invitation, SCORES)
    first = service.submit(invited(invitation), answers, an_origin(), FORM)
    campaigns.close(invitation.campaign)
    assert service.submit(invited(invitation), answers, an_origin(), FORM).id == first.id


def test_the_form_of_somebody_else_is_refused(app: Flask, invitation: Invitation) -> None:
    """SEC-08, SEC-09."""
    other = an_invitation(a_contact(), audience={"rest_days": 0})
    a_submitted_response(other, submission_id=FORM)
    before = dump(app)
    with pytest.raises(service.NotThisForm):
        service.submit(invited(invitation), incoming(invitation, SCORES), an_origin(), FORM)
    assert dump(app) == before


def test_the_same_content_from_another_page_is_no_second_sending(invitation: Invitation) -> None:
    """STO-06."""
    a_submitted_response(invitation)
    response = a_submitted_response(invitation)
    assert response.revision == 1
    assert count(Submission) == 1


def test_a_change_counts_and_the_earlier_sending_is_kept(invitation: Invitation) -> None:
    """EML-04: latest counts, history kept."""
    a_submitted_response(invitation, comments={"reason": "first"})
    response = a_submitted_response(invitation, comments={"reason": "second"})
    history = db.session.scalars(select(Submission).order_by(Submission.revision)).all()
    assert [row.answers["reason"] for row in history] == ["first", "second"]
    assert (response.revision, response.state) == (2, "submitted")
    newest = queries.newest_submission(response.id)
    assert newest is not None
    assert newest.revision == 2


def test_an_answer_taken_back_is_not_in_what_is_sent(invitation: Invitation) -> None:
    a_saved_answer(invitation, reason="words")
    a_saved_answer(invitation, reason="")
    a_submitted_response(invitation)
    (row,) = db.session.scalars(select(Submission))
    assert row.answers == {key: str(value) for key, value in SCORES.items()}


def test_a_draft_is_never_counted(invitation: Invitation) -> None:
    a_saved_answer(invitation, csat=5, nps=10, t1=5)
    assert (count(Submission), count(ScoredResponse)) == (0, 0)
    (response,) = db.session.scalars(select(SurveyResponse))
    assert (response.state, response.submitted_at) == ("open", None)


@pytest.mark.parametrize("late", [False, True])
def test_nothing_is_saved_or_sent_after_the_end(
    app: Flask, invitation: Invitation, late: bool
) -> None:
    answers = incoming(invitation, SCORES)
    if not late:
        campaigns.close(invitation.campaign)
    before, ends = dump(app), invitation.campaign.closes_at
    with clock.standing_at(ends if late else ends - timedelta(days=1)):
        with pytest.raises(service.CampaignClosed):
            service.save(invited(invitation), answers, an_origin())
        with pytest.raises(service.CampaignClosed):
            service.submit(invited(invitation), answers, an_origin(), FORM)
    db.session.rollback()
    assert dump(app) == before


def test_a_commit_that_fails_leaves_nothing(app: Flask, invitation: Invitation) -> None:
    """STO-03: no receipt without a row, no row without a receipt."""
    answers, before = incoming(invitation, SCORES), dump(app)
    with failing_commit(db.engine), pytest.raises(OperationalError):
        service.submit(invited(invitation), answers, an_origin(), FORM)
    db.session.rollback()
    assert dump(app) == before
    assert service.submit(invited(invitation), answers, an_origin(), FORM).revision == 1


def _at_once(app: Flask, deeds: list[Callable[[], Any]]) -> list[Any]:
    """Do all deeds at the same moment, each in a thread; return what came of them."""
    start, results = threading.Barrier(len(deeds)), []

    def one(deed: Callable[[], Any]) -> None:
        with app.app_context():
            start.wait()
            try:
                results.append(deed())
            except Exception as error:
                results.append(error)

    threads = [threading.Thread(target=one, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_first_answers_at_once_open_one_response(bare_app: Flask) -> None:
    """SEC-08, STO-10."""
    with inside(bare_app):
        invitation_id = an_invitation().id

    def saving(key: str) -> Callable[[], Any]:
        def deed() -> Any:
            own = db.session.get_one(Invitation, invitation_id)
            return service.save(invited(own), incoming(own, {key: "words"}), an_origin()).conflicts

        return deed

    results = _at_once(bare_app, [saving(key) for key in ("reason", "improve") * 4])
    assert [each for each in results if isinstance(each, Exception)] == []
    with inside(bare_app):
        assert (count(SurveyResponse), count(Answer)) == (1, 2)
