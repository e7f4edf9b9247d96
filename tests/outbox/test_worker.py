"""Claiming, sending and recording: each mail once, nothing lost, faults kept apart."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from feedback import clock
from feedback.config import Settings
from feedback.extensions import db
from feedback.outbox import queries, service
from feedback.outbox.letters import NotWanted, Postponed
from feedback.outbox.models import Mail
from feedback.outbox.signals import mail_bounced, mail_sent
from feedback.outbox.states import MailState
from feedback.outbox.transports import MemoryTransport, Receipt, SmtpTransport
from feedback.outbox.worker import send_due
from tests.builders.outbox import LONG_AGO, a_kind, a_letter, a_mail, reread
from tests.outbox.servers import DROP, smtp_server

At = Callable[..., Settings]


def outcomes(mail_id: int) -> list[tuple[int, str, int | None]]:
    return [(row.number, row.outcome, row.code) for row in queries.list_attempts(mail_id)]


def let_time_pass(mail_id: int, hours: int = 9) -> None:
    """Move this mail's times into the past."""
    back = timedelta(hours=hours)
    mail = reread(mail_id)
    mail.due_at -= back
    if mail.lease_until:
        mail.lease_until -= back
    for attempt in queries.list_attempts(mail_id):
        attempt.at -= back
    db.session.commit()


@contextmanager
def heard(signal):
    """Collect what a signal announces: kind and mail id."""
    events = []

    def listen(kind, mail):
        events.append((kind, mail.id))

    with signal.connected_to(listen):
        yield events


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


def test_a_mail_nobody_wants_any_more_is_cancelled_and_never_sent(app: Flask):
    """EML-14."""

    def answered(mail):
        raise NotWanted("answered")

    mail, transport = a_mail(a_kind(answered)), MemoryTransport()
    send_due(transport, "w")
    mail = reread(mail.id)
    assert (mail.state, mail.last_reply) == (MailState.CANCELLED, "answered")
    assert transport.sent == []
    assert outcomes(mail.id) == []


def test_a_letter_to_another_address_than_was_queued_is_cancelled(app: Flask):
    """EML-14."""
    mail = a_mail(a_kind(lambda mail: a_letter(to_address="new@client.example.com")))
    transport = MemoryTransport()
    send_due(transport, "w")
    assert (reread(mail.id).state, transport.sent) == (MailState.CANCELLED, [])


def test_a_postponed_mail_waits_without_an_attempt(app: Flask):
    def paused(mail):
        raise Postponed

    mail = a_mail(a_kind(paused))
    send_due(MemoryTransport(), "w")
    mail = reread(mail.id)
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)
    assert mail.due_at > clock.now()


def test_a_mail_that_cannot_be_written_does_not_stop_those_behind_it(app: Flask, caplog):
    """EML-20: the log names the place of the fault, not the words."""

    def broken(mail):
        raise RuntimeError(f"cannot write to {mail.recipient}")

    bad, good = a_mail(a_kind(broken)), a_mail()
    with caplog.at_level(logging.DEBUG, "kesan"):
        send_due(MemoryTransport(), "w")
    assert reread(good.id).state == MailState.SENT
    bad = reread(bad.id)
    assert (bad.state, bad.attempts) == (MailState.QUEUED, 1)
    assert bad.due_at > clock.now()
    assert "RuntimeError at test_worker.py" in caplog.text
    assert "@" not in caplog.text


def test_a_recipient_that_is_no_address_is_bounced(app: Flask):
    """SEC-16."""
    mail, transport = a_mail(recipient="a@b.example.com, evil@e.example.com"), MemoryTransport()
    send_due(transport, "w")
    assert (reread(mail.id).state, transport.sent) == (MailState.BOUNCED, [])


def test_nothing_in_the_log_names_an_address_or_a_link(app: Flask, smtp_settings: At, caplog):
    """EML-20."""
    for _ in range(2):
        a_mail()
    with caplog.at_level(logging.INFO, "kesan"), smtp_server() as (desk, port):
        desk.replies["rcpt"] = "550 <person@client.example.com> see https://x.example/r/token"
        transport = SmtpTransport(smtp_settings(port))
        send_due(transport, "w", limit=1)
        desk.replies.clear()
        send_due(transport, "w")
    assert len(caplog.records) == 2
    assert "@" not in caplog.text
    assert "://" not in caplog.text


def test_a_mail_cancelled_while_in_hand_does_not_go_out(app: Flask):
    """EML-19."""
    mail = a_mail(ref=4711)

    class Slow(MemoryTransport):
        def deliver(self, message, mail_from, to, on_data) -> Receipt:
            service.cancel(mail.kind, [4711])
            db.session.commit()
            return super().deliver(message, mail_from, to, on_data)

    transport = Slow()
    send_due(transport, "w")
    assert (reread(mail.id).state, transport.sent) == (MailState.CANCELLED, [])


class Crash(BaseException):
    """The process is gone."""


class CrashingTransport(MemoryTransport):
    """Stops the process before the text, or after it was taken but before the record."""

    def __init__(self, amid_text: bool) -> None:
        super().__init__()
        self.amid_text = amid_text

    def deliver(self, message, mail_from, to, on_data) -> Receipt:
        if self.amid_text:
            super().deliver(message, mail_from, to, on_data)
        raise Crash


@pytest.mark.parametrize("at_least_once", [True, False])
def test_a_crash_before_the_text_costs_nothing(app: Flask, at_least_once: bool):
    """EML-10."""
    mail, transport = a_mail(a_kind(at_least_once=at_least_once)), MemoryTransport()
    with pytest.raises(Crash):
        send_due(CrashingTransport(amid_text=False), "gone")
    assert reread(mail.id).state == MailState.CLAIMED
    assert send_due(transport, "w") == 0  # the lease still holds
    let_time_pass(mail.id)
    send_due(transport, "w")
    assert (reread(mail.id).state, len(transport.sent)) == (MailState.SENT, 1)


def test_after_a_crash_amid_the_text_an_invitation_goes_again_under_the_same_id(app: Flask):
    """EML-10: at least once."""
    mail, first, second = a_mail(), CrashingTransport(amid_text=True), MemoryTransport()
    with pytest.raises(Crash):
        send_due(first, "gone")
    assert reread(mail.id).state == MailState.SENDING
    let_time_pass(mail.id)
    send_due(second, "w")
    assert reread(mail.id).state == MailState.SENT
    ids = [sent.message["Message-ID"] for sent in first.sent + second.sent]
    assert ids == [mail.message_id] * 2
    assert outcomes(mail.id) == [(1, "unknown", None), (2, "sent", 250)]


def test_after_a_crash_amid_the_text_a_reminder_is_shown_as_unknown(app: Flask):
    """EML-10: at most once."""
    mail, transport = a_mail(a_kind(at_least_once=False)), MemoryTransport()
    with pytest.raises(Crash):
        send_due(CrashingTransport(amid_text=True), "gone")
    let_time_pass(mail.id)
    send_due(transport, "w")
    assert (reread(mail.id).state, transport.sent) == (MailState.UNKNOWN, [])
    assert outcomes(mail.id) == [(1, "unknown", None)]


def test_a_paused_queue_still_takes_back_what_a_crash_left(app: Flask):
    mail = a_mail()
    with pytest.raises(Crash):
        send_due(CrashingTransport(amid_text=False), "gone")
    let_time_pass(mail.id)
    service.pause_queue("login", "")
    send_due(MemoryTransport(), "w")
    assert reread(mail.id).state == MailState.QUEUED


def test_a_worker_that_lost_its_lease_sends_nothing(app: Flask):
    """EML-09."""
    mail = a_mail()

    class Late(MemoryTransport):
        def deliver(self, message, mail_from, to, on_data) -> Receipt:
            db.session.execute(update(Mail).values(claimed_by="other", attempts=2))
            db.session.commit()
            return super().deliver(message, mail_from, to, on_data)

    transport = Late()
    send_due(transport, "w")
    mail = reread(mail.id)
    assert (mail.state, mail.claimed_by, transport.sent) == (MailState.CLAIMED, "other", [])


def test_a_listener_that_fails_costs_only_its_own_writes(app: Flask, smtp_settings: At):
    mail = a_mail()

    def listen(kind, mail):
        mail.dedupe_key = "changed by the listener"
        db.session.flush()
        raise RuntimeError

    with smtp_server({"rcpt": "550 no"}) as (_, port), mail_bounced.connected_to(listen):
        send_due(SmtpTransport(smtp_settings(port)), "w")
    kept = reread(mail.id)
    assert kept.state == MailState.BOUNCED
    assert kept.dedupe_key != "changed by the listener"


def test_what_a_listener_writes_is_committed_with_the_record(app: Flask, smtp_settings: At):
    mail = a_mail()

    def listen(kind, mail):
        mail.last_reply = "noted by the listener"

    with smtp_server({"rcpt": "550 no"}) as (_, port), mail_bounced.connected_to(listen):
        send_due(SmtpTransport(smtp_settings(port)), "w")
    assert reread(mail.id).last_reply == "noted by the listener"


def test_mails_go_no_faster_than_the_settings_allow(app: Flask, settings: Settings):
    """EML-12: 10 mails a second, so the last of five goes 0.4 s after the first."""
    object.__setattr__(settings, "mail_server", "127.0.0.1")
    object.__setattr__(settings, "mail_per_second", "10")
    for _ in range(5):
        a_mail()
    started = time.monotonic()
    send_due(MemoryTransport(), "w")
    assert 0.4 <= time.monotonic() - started < 2
