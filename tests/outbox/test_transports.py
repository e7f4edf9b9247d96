"""Ways out of the house, against real servers that misbehave at every stage."""

import socket
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes

import pytest

from feedback.config import Settings
from feedback.outbox import compose
from feedback.outbox.transports import (
    Ambiguous,
    FolderTransport,
    MemoryTransport,
    QueueFault,
    Receipt,
    RefusedAddress,
    SmtpTransport,
    TryLater,
    transport_for,
)
from tests.builders.outbox import a_letter
from tests.databases import free_port
from tests.outbox.servers import DROP, certificate, smtp_server
from tests.outbox.test_compose import FROM, MAIL

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
At = Callable[..., Settings]


def hand_over(transport, to: str = MAIL.recipient, on_data=lambda: None) -> Receipt:
    letter = a_letter(to_address=to)
    message = compose.message(letter, MAIL, mail_from=FROM, now=NOW, host="kesan.example.com")
    return transport.deliver(message, FROM, to, on_data)


def test_a_mail_the_server_takes_gives_a_receipt(smtp_settings: At):
    with smtp_server() as (desk, port):
        receipt = hand_over(SmtpTransport(smtp_settings(port)))
    assert receipt == Receipt(250, "taken")
    assert (desk.accepted[0].mail_from, desk.accepted[0].rcpt_tos) == (FROM, [MAIL.recipient])


@pytest.mark.parametrize(
    ("stage", "reply", "error", "code"),
    [
        ("connect", "554 no service", QueueFault, 554),
        ("connect", "421 busy", TryLater, 421),
        ("connect", DROP, TryLater, None),
        ("mail", "530 login first", QueueFault, 530),
        ("mail", "550 sender refused", QueueFault, 550),
        ("mail", "451 later", TryLater, 451),
        ("mail", "421 closing", TryLater, 421),
        ("mail", DROP, TryLater, None),
        ("rcpt", "550 5.1.1 unknown", RefusedAddress, 550),
        ("rcpt", "553 no such", RefusedAddress, 553),
        ("rcpt", "530 login first", QueueFault, 530),
        ("rcpt", "450 mailbox busy", TryLater, 450),
        ("rcpt", "421 closing", TryLater, 421),
        ("rcpt", DROP, TryLater, None),
        ("data", "451 later", TryLater, 451),
        ("data", "554 no", TryLater, 554),
        ("data", DROP, TryLater, None),
        ("text", "451 later", TryLater, 451),
        ("text", "554 looks like spam", TryLater, 554),
    ],
)
def test_each_refusal_at_each_stage_has_its_meaning(smtp_settings: At, stage, reply, error, code):
    """EML-11."""
    with smtp_server({stage: reply}) as (desk, port), pytest.raises(error) as caught:
        hand_over(SmtpTransport(smtp_settings(port)))
    assert caught.value.code == code
    assert desk.accepted == []


def test_a_line_lost_after_the_text_is_ambiguous(smtp_settings: At):
    """EML-10."""
    with smtp_server({"text": DROP}) as (desk, port), pytest.raises(Ambiguous):
        hand_over(SmtpTransport(smtp_settings(port)))
    assert desk.texts == 1


def test_a_server_that_never_answers_is_given_up(smtp_settings: At):
    """EML-16."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        transport = SmtpTransport(smtp_settings(silent.getsockname()[1]), step_seconds=0.2)
        with pytest.raises(TryLater):
            hand_over(transport)


def test_a_server_that_is_not_there_means_later(smtp_settings: At):
    """EML-11."""
    with pytest.raises(TryLater):
        hand_over(SmtpTransport(smtp_settings(free_port())))


def test_the_text_is_announced_right_before_it_goes(smtp_settings: At):
    """EML-09: at that moment the recipient is accepted and no text has gone out."""
    seen = []
    with smtp_server() as (desk, port):
        hand_over(
            SmtpTransport(smtp_settings(port)),
            on_data=lambda: seen.append((list(desk.commands), desk.texts)),
        )
    assert seen == [([f"MAIL {FROM}", f"RCPT {MAIL.recipient}"], 0)]


def test_no_text_goes_out_where_the_announcement_fails(smtp_settings: At):
    """EML-09."""

    def refuse() -> None:
        raise RuntimeError("no longer ours")

    with smtp_server() as (desk, port):
        transport = SmtpTransport(smtp_settings(port))
        with pytest.raises(RuntimeError):
            hand_over(transport, on_data=refuse)
        assert desk.texts == 0
        hand_over(transport)
    assert len(desk.accepted) == 1


def test_one_connection_carries_at_most_a_hundred_mails(smtp_settings: At):
    """EML-16."""
    with smtp_server() as (desk, port):
        transport = SmtpTransport(smtp_settings(port))
        for _ in range(101):
            hand_over(transport)
    peers = [delivery.peer for delivery in desk.accepted]
    assert len(set(peers[:100])) == 1
    assert peers[100] != peers[0]


def test_a_connection_the_server_has_closed_is_replaced(smtp_settings: At):
    with smtp_server() as (desk, port):
        transport = SmtpTransport(smtp_settings(port))
        hand_over(transport)
        assert transport._client is not None
        transport._client.sock.shutdown(socket.SHUT_RDWR)
        hand_over(transport)
    assert len(desk.accepted) == 2


def test_a_refused_address_leaves_the_connection_usable(smtp_settings: At):
    with smtp_server({"rcpt": "550 unknown"}) as (desk, port):
        transport = SmtpTransport(smtp_settings(port))
        with pytest.raises(RefusedAddress):
            hand_over(transport)
        desk.replies.clear()
        hand_over(transport)
    assert len(desk.accepted) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_over_verified_tls_the_password_is_given_and_the_mail_goes(
    smtp_settings: At, tls, security
):
    """EML-16."""
    server, trusting = tls
    login = {"mail_security": security, "mail_username": "u", "mail_password": "right"}
    options = {"tls": server, "implicit": security == "tls"}
    # The server must know that implicit TLS protects the login; aiosmtpd asks STARTTLS of it.
    password = "right" if security == "starttls" else ""
    with smtp_server(**options, password=password) as (desk, port):
        settings = smtp_settings(port, **(login if password else {"mail_security": security}))
        hand_over(SmtpTransport(settings, trusting))
    assert len(desk.accepted) == 1
    assert ("AUTH" in desk.commands) == bool(password)


def test_a_wrong_password_is_a_fault_of_the_queue(smtp_settings: At, tls):
    """EML-11."""
    server, trusting = tls
    login = {"mail_security": "starttls", "mail_username": "u", "mail_password": "wrong"}
    server_side = smtp_server(tls=server, password="right")
    with server_side as (_, port), pytest.raises(QueueFault) as caught:
        hand_over(SmtpTransport(smtp_settings(port, **login), trusting))
    assert (caught.value.reason, caught.value.code) == ("login", 535)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_nobody_vouches_for_stops_everything(smtp_settings: At, tls, security):
    """EML-16, F11."""
    server, _ = tls
    login = {"mail_security": security, "mail_username": "u", "mail_password": "right"}
    server_side = smtp_server(tls=server, implicit=security == "tls", password="right")
    with server_side as (desk, port), pytest.raises(QueueFault) as caught:
        hand_over(SmtpTransport(smtp_settings(port, **login)))
    assert caught.value.reason == "tls"
    assert desk.commands == []


def test_a_certificate_of_another_host_stops_everything(smtp_settings: At, tmp_path):
    """EML-16."""
    server, trusting = certificate(tmp_path, "other.example")
    with smtp_server(tls=server) as (desk, port):
        settings = smtp_settings(port, mail_security="starttls")
        with pytest.raises(QueueFault) as caught:
            hand_over(SmtpTransport(settings, trusting))
    assert caught.value.reason == "tls"
    assert desk.commands == []


def test_a_server_without_starttls_gets_neither_password_nor_mail(smtp_settings: At):
    """EML-16."""
    login = {"mail_security": "starttls", "mail_username": "u", "mail_password": "right"}
    with smtp_server() as (desk, port), pytest.raises(QueueFault) as caught:
        hand_over(SmtpTransport(smtp_settings(port, **login)))
    assert caught.value.reason == "no_starttls"
    assert desk.commands == []


def test_no_password_is_sent_in_clear(smtp_settings: At):
    """EML-16."""
    with smtp_server() as (desk, port), pytest.raises(QueueFault) as caught:
        hand_over(SmtpTransport(smtp_settings(port, mail_username="u", mail_password="x")))
    assert caught.value.reason == "login_needs_tls"
    assert desk.commands == []


def test_an_address_beyond_ascii_goes_to_a_server_that_takes_it(smtp_settings: At):
    with smtp_server() as (desk, port):
        hand_over(SmtpTransport(smtp_settings(port)), to="王@client.example.com")
    assert desk.accepted[0].rcpt_tos == ["王@client.example.com"]
    assert "王@client.example.com".encode() in desk.accepted[0].content


def test_a_folder_keeps_each_mail_in_a_file_only_its_owner_reads(tmp_path):
    folder = tmp_path / "mailbox"
    hand_over(FolderTransport(folder))
    (path,) = folder.iterdir()
    assert path.name.endswith("-abc@kesan.example.com.eml")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert message_from_bytes(path.read_bytes())["Message-ID"] == MAIL.message_id


def test_a_folder_that_cannot_be_written_means_later_and_leaves_nothing(tmp_path):
    (tmp_path / "mailbox").write_text("a file in the way")
    with pytest.raises(TryLater):
        hand_over(FolderTransport(tmp_path / "mailbox"))
    assert [path.name for path in tmp_path.iterdir()] == ["mailbox"]


def test_the_memory_keeps_the_envelope():
    transport = MemoryTransport()
    hand_over(transport)
    assert [(sent.mail_from, sent.to) for sent in transport.sent] == [(FROM, MAIL.recipient)]


def test_the_settings_choose_between_smtp_and_the_folder(smtp_settings: At, tmp_path):
    assert isinstance(transport_for(smtp_settings(25)), SmtpTransport)
    folder = transport_for(Settings(data_dir=str(tmp_path)))
    assert isinstance(folder, FolderTransport)
    assert folder.folder == tmp_path / "mailbox"
