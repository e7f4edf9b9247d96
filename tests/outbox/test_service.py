"""Queueing once, in the caller's transaction; cancelling, pausing, resuming."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from feedback import clock
from feedback.extensions import db
from feedback.outbox import queries, service
from feedback.outbox.kinds import UnknownKind
from feedback.outbox.models import Mail
from feedback.outbox.states import MailState
from tests.builders.outbox import LONG_AGO, a_kind, a_mail, reread

pytestmark = pytest.mark.usefixtures("app")


def count_mails() -> int:
    return db.session.scalar(select(func.count()).select_from(Mail)) or 0


def test_a_mail_lives_and_dies_with_the_transaction_that_queued_it():
    """EML-08."""
    service.enqueue(a_kind(), 1, "a@b.example.com", "k", LONG_AGO)
    assert count_mails() == 1
    db.session.rollback()
    assert count_mails() == 0


def test_the_same_key_is_queued_once_and_the_first_stays():
    """EML-13."""
    kind = a_kind()
    for recipient in ("first@b.example.com", "second@b.example.com"):
        service.enqueue(kind, 1, recipient, "k", LONG_AGO)
        db.session.commit()
    service.enqueue_many(
        [(kind, 2, "x@b.example.com", key, LONG_AGO) for key in ("k", "other", "other")]
    )
    db.session.commit()
    kept = {mail.dedupe_key: mail.recipient for mail in db.session.scalars(select(Mail))}
    assert kept == {"k": "first@b.example.com", "other": "x@b.example.com"}


def test_every_mail_has_a_message_id_of_its_own_at_our_host():
    """EML-06, SEC-15."""
    kind = a_kind()
    service.enqueue_many([(kind, n, "x@b.example.com", f"k{n}", LONG_AGO) for n in range(50)])
    db.session.commit()
    ids = set(db.session.scalars(select(Mail.message_id)))
    assert len(ids) == 50
    assert all(one.startswith("<") and one.endswith("@localhost>") for one in ids)


def test_a_mail_of_a_kind_nobody_writes_is_refused():
    with pytest.raises(UnknownKind):
        service.enqueue("unheard-of", 1, "a@b.example.com", "k", LONG_AGO)


def test_queueing_nothing_is_fine():
    service.enqueue_many([])
    assert count_mails() == 0


@pytest.mark.parametrize("by_query", [True, False])
def test_cancelling_stops_what_has_not_begun_to_go_out(by_query: bool):
    """EML-19."""
    kind = a_kind()
    mails = {state: a_mail(kind, ref=n) for n, state in enumerate(MailState)}
    for state, mail in mails.items():
        mail.state = state
    other = a_mail(kind, ref=999)
    db.session.commit()
    refs = select(Mail.ref).where(Mail.ref < 100) if by_query else range(100)
    service.cancel(kind, refs)
    db.session.commit()
    stopped = {MailState.QUEUED, MailState.CLAIMED, MailState.CANCELLED}
    for state, mail in mails.items():
        assert reread(mail.id).state == (MailState.CANCELLED if state in stopped else state)
    assert reread(other.id).state == MailState.QUEUED


def test_cancelling_another_kind_touches_nothing():
    mail = a_mail(a_kind(), ref=5)
    service.cancel(a_kind(), [5])
    db.session.commit()
    assert reread(mail.id).state == MailState.QUEUED


def test_a_pause_keeps_its_first_reason_until_resumed():
    """EML-11."""
    service.pause_queue("login", "535 <u@b.example.com> wrong")
    service.pause_queue("tls", "second")
    pause = queries.find_pause()
    assert pause is not None
    assert (pause.reason, pause.detail) == ("login", "535 <address> wrong")
    service.resume_queue()
    service.resume_queue()
    assert queries.find_pause() is None


def test_mails_are_counted_by_state(app: Flask):
    kind = a_kind()
    for n, state in enumerate((MailState.SENT, MailState.SENT, MailState.QUEUED)):
        a_mail(kind, ref=n).state = state
    a_mail(kind, ref=99).state = MailState.SENT
    db.session.commit()
    counts = queries.count_states(kind, select(Mail.ref).where(Mail.ref < 50))
    assert counts == dict.fromkeys(MailState, 0) | {MailState.SENT: 2, MailState.QUEUED: 1}


def test_only_postponed_mails_are_made_due():
    kind, later = a_kind(), clock.now() + timedelta(hours=1)
    postponed, waiting = (a_mail(kind, ref=n, due_at=later) for n in (1, 2))
    postponed.last_reply = service.POSTPONED
    waiting.last_reply = "451 busy"
    db.session.commit()
    service.make_due(kind, [1, 2])
    db.session.commit()
    assert reread(postponed.id).due_at <= clock.now()
    assert reread(waiting.id).due_at == later
