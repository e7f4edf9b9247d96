"""What the worker does with mails unwanted, unwritable or caught in a crash."""

import logging
import time
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update

from feedback import clock
from feedback.config import Settings
from feedback.extensions import db
from feedback.outbox import service
from feedback.outbox.letters import NotWanted, Postponed
from feedback.outbox.models import Mail
from feedback.outbox.signals import mail_bounced
from feedback.outbox.states import MailState
from feedback.outbox.transports import MemoryTransport, Receipt, SmtpTransport
from feedback.outbox.worker import send_due
from tests.builders.outbox import a_kind, a_letter, a_mail, reread
from tests.outbox.deliveries import let_time_pass, outcomes
from tests.outbox.servers import smtp_server

At = Callable[..., Settings]


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
    assert "RuntimeError at test_worker_faults.py" in caplog.text
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
