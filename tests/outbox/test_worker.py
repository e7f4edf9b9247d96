"""Claiming, sending and recording: each mail once, nothing lost, faults kept apart."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from feedback import clock
from feedback.config import Settings
from feedback.extensions import db
from feedback.outbox import queries, service
from feedback.outbox.models import Mail
from feedback.outbox.signals import mail_bounced, mail_sent
from feedback.outbox.states import MailState
from feedback.outbox.transports import MemoryTransport, SmtpTransport
from feedback.outbox.worker import send_due
from tests.builders.outbox import LONG_AGO, a_kind, a_mail, reread
from tests.outbox.deliveries import heard, let_time_pass, outcomes
from tests.outbox.servers import DROP, smtp_server

At = Callable[..., Settings]


def test_a_due_mail_goes_out_and_is_recorded(app: Flask):
    """EML-09."""
    mail, transport = a_mail(), MemoryTransport()
    with heard(mail_sent) as events:
        assert send_due(transport, "w") == 1
    assert [(sent.mail_from, sent.to) for sent in transport.sent] == [
        ("feedback@sagara.example.com", mail.recipient)
    ]
    assert transport.sent[0].message["Message-ID"] == mail.message_id
    mail = reread(mail.id)
    assert (mail.state, mail.attempts, mail.last_code) == (MailState.SENT, 1, 250)
    assert mail.finished_at is not None
    assert outcomes(mail.id) == [(1, "sent", 250)]
    assert events == [(mail.kind, mail.id)]
    assert send_due(transport, "w") == 0


def test_a_mail_that_is_not_due_waits(app: Flask):
    a_mail(due_at=clock.now() + timedelta(minutes=1))
    assert send_due(MemoryTransport(), "w") == 0


def test_at_most_the_limit_is_taken_the_longest_waiting_first(app: Flask):
    kind = a_kind()
    late, early = (a_mail(kind, due_at=LONG_AGO + timedelta(hours=hours)) for hours in (2, 1))
    transport = MemoryTransport()
    assert send_due(transport, "w", limit=1) == 1
    assert transport.sent[0].to == early.recipient
    assert reread(late.id).state == MailState.QUEUED


def test_answers_go_to_the_address_the_settings_name(app: Flask, settings: Settings):
    """EML-06."""
    object.__setattr__(settings, "mail_reply_to", "rina@sagara.example.com")
    a_mail()
    transport = MemoryTransport()
    send_due(transport, "w")
    assert transport.sent[0].message["Reply-To"] == "rina@sagara.example.com"


def test_four_workers_hand_each_mail_over_exactly_once(bare_app: Flask, smtp_settings: At):
    """EML-09."""
    kind = a_kind()
    with bare_app.app_context():
        service.enqueue_many(
            [(kind, n, f"p{n}@client.example.com", f"k{n}", LONG_AGO) for n in range(300)]
        )
        db.session.commit()
    taken = []

    def work(name: str, transport: SmtpTransport) -> None:
        with bare_app.app_context():
            while count := send_due(transport, name):
                taken.append(count)
        transport.close()

    with smtp_server() as (desk, port):
        workers = [
            threading.Thread(target=work, args=(f"w{n}", SmtpTransport(smtp_settings(port))))
            for n in range(4)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    accepted = sorted(delivery.rcpt_tos[0] for delivery in desk.accepted)
    assert accepted == sorted(f"p{n}@client.example.com" for n in range(300))
    assert sum(taken) == 300
    with bare_app.app_context():
        assert set(db.session.scalars(select(Mail.state))) == {MailState.SENT}


def test_a_worker_with_nothing_to_do_takes_no_write_lock(app: Flask):
    """EML-01: an idle poll only reads."""
    a_mail(due_at=clock.now() + timedelta(hours=1))
    db.session.remove()
    started = time.monotonic()
    with db.engine.connect() as other:
        if db.engine.dialect.name == "postgresql":
            other.execute(text("LOCK TABLE mail IN EXCLUSIVE MODE"))  # lets readers pass
        else:
            other.execute(text("SELECT 1"))  # begins IMMEDIATE: the only writer there can be
        assert send_due(MemoryTransport(), "w") == 0
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    ("replies", "state", "outcome", "code"),
    [
        ({"rcpt": "550 5.1.1 no such user"}, MailState.BOUNCED, "bounced", 550),
        ({"rcpt": "450 busy"}, MailState.QUEUED, "later", 450),
        ({"mail": "451 busy"}, MailState.QUEUED, "later", 451),
        ({"connect": "421 busy"}, MailState.QUEUED, "later", 421),
        ({"data": DROP}, MailState.QUEUED, "later", None),
        ({"text": "554 spam"}, MailState.QUEUED, "later", 554),
        ({"text": DROP}, MailState.UNKNOWN, "unknown", None),
    ],
)
def test_what_the_server_says_decides_the_state(
    app: Flask, smtp_settings: At, replies, state, outcome, code
):
    """EML-10, EML-11."""
    mail = a_mail()
    with smtp_server(replies) as (_, port), heard(mail_bounced) as events:
        send_due(SmtpTransport(smtp_settings(port)), "w")
    mail = reread(mail.id)
    assert (mail.state, mail.attempts, mail.last_code) == (state, 1, code)
    assert outcomes(mail.id) == [(1, outcome, code)]
    assert bool(events) == (state == MailState.BOUNCED)
    assert (mail.due_at > clock.now()) == (state == MailState.QUEUED)


def test_a_mail_refused_for_48_hours_is_given_up_and_every_try_is_kept(
    app: Flask, smtp_settings: At
):
    """EML-11."""
    mail = a_mail()
    with smtp_server({"rcpt": "450 busy"}) as (desk, port):
        transport = SmtpTransport(smtp_settings(port))
        for _ in range(20):
            send_due(transport, "w")
            if reread(mail.id).state == MailState.FAILED:
                break
            let_time_pass(mail.id, hours=10)
    mail = reread(mail.id)
    assert mail.state == MailState.FAILED
    assert mail.finished_at is not None
    assert outcomes(mail.id)[-1] == (mail.attempts, "failed", 450)
    assert len(desk.commands) == 2 * mail.attempts == 2 * len(outcomes(mail.id))


def test_a_wrong_password_pauses_the_queue_and_no_mail_counts_as_tried(
    app: Flask, smtp_settings: At, tls
):
    """EML-11: wrong password, everything stays queued until somebody resumes."""
    kind = a_kind()
    mails = [a_mail(kind).id for _ in range(20)]
    server, trusting = tls
    login = {"mail_security": "starttls", "mail_username": "u", "mail_password": "wrong"}
    with smtp_server(tls=server, password="right") as (desk, port):
        transport = SmtpTransport(smtp_settings(port, **login), trusting)
        send_due(transport, "w")
        assert send_due(transport, "w") == 0
        assert desk.commands.count("AUTH") <= 2  # one login, by the methods the server offers
        pause = queries.find_pause()
        assert pause is not None
        assert (pause.reason, pause.detail[:3]) == ("login", "535")
        states = [(reread(mail_id).state, reread(mail_id).attempts) for mail_id in mails]
        assert states == [(MailState.QUEUED, 0)] * 20
        service.resume_queue()
        login["mail_password"] = "right"
        transport = SmtpTransport(smtp_settings(port, **login), trusting)
        assert send_due(transport, "w") == 20
    assert len(desk.accepted) == 20


@pytest.mark.parametrize(
    "replies", [{"connect": "554 blocked"}, {"mail": "550 no"}, {"mail": "530 login"}]
)
def test_a_refusal_that_is_not_about_the_address_pauses_the_queue(
    app: Flask, smtp_settings: At, replies
):
    """EML-11."""
    mail = a_mail()
    with smtp_server(replies) as (_, port):
        send_due(SmtpTransport(smtp_settings(port)), "w")
    assert queries.find_pause() is not None
    assert (reread(mail.id).state, reread(mail.id).attempts) == (MailState.QUEUED, 0)
