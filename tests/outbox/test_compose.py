"""The message on the wire, as a real server receives it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesParser

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from feedback.config import Settings
from feedback.outbox import compose
from feedback.outbox.addresses import BadAddress
from feedback.outbox.letters import Letter
from feedback.outbox.queries import QueuedMail
from feedback.outbox.transports import SmtpTransport
from tests.builders.outbox import a_letter
from tests.outbox.servers import Desk, smtp_server

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
FROM = "feedback@sagara.example.com"
HEADERS = {
    "from", "to", "reply-to", "subject", "date", "message-id", "list-id", "auto-submitted",
    "content-language", "list-unsubscribe", "list-unsubscribe-post", "mime-version",
    "content-type",
}  # fmt: skip
MAIL = QueuedMail(1, "invitation", 7, "dewi@client.example.com", "k", "<abc@kesan.example.com>", 0)


def composed(letter: Letter) -> EmailMessage:
    return compose.message(letter, MAIL, mail_from=FROM, now=NOW, host="kesan.example.com")


def parsed(letter: Letter) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(composed(letter).as_bytes())


def test_a_survey_mail_carries_every_header_it_needs():
    """EML-06."""
    message = parsed(a_letter(reply_to="rina@sagara.example.com", language="id"))
    assert message["Message-ID"] == "<abc@kesan.example.com>"
    assert message["Date"].datetime == NOW
    assert message["List-Unsubscribe"] == "<https://kesan.example.com/u/xyz>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "<campaign-7.kesan.example.com>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Reply-To"] == "rina@sagara.example.com"
    assert message["Content-Language"] == "id"
    assert message["From"] == f"Sagara <{FROM}>"


def test_answers_go_to_the_sender_where_no_other_address_is_set():
    """EML-06."""
    assert parsed(a_letter())["Reply-To"] == FROM


def test_text_and_html_arrive_as_written():
    """EML-07."""
    words = "Selamat pagi, 王 – Łukasz\n.\n..dots\n" + "x" * 2000 + "\n"
    message = parsed(a_letter(text=words, html=f"<p>{words}</p>\n"))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    for kind, expected in (("plain", words), ("html", f"<p>{words}</p>\n")):
        assert message.get_body((kind,)).get_content().replace("\r\n", "\n") == expected


def test_no_line_is_longer_than_mail_allows_and_all_is_ascii():
    raw = composed(a_letter(to_name="王" * 90, subject="ß" * 300, text="é" * 3000)).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "name",
    ["O'Brien", 'Dewi "Ayu"', "Siti binti Ahmad", "王", "Łukasz", "<b>x</b>", "Ng, Mei (HR); PT. X",
     "back\\slash", "=?utf-8?q?x?=", "a@b.example.com"],
)  # fmt: skip
def test_awkward_names_arrive_unchanged(name: str):
    """SEC-16."""
    (to,) = parsed(a_letter(to_name=name))["To"].addresses
    assert (to.display_name, to.addr_spec) == (name, "dewi@client.example.com")


@pytest.mark.parametrize("name", ["N" * 50 + ", Łukasz: <x@y.ex>", "王" * 70])
def test_a_long_name_is_split_into_encoded_words_as_standards_say(name: str):
    """SEC-16; RFC 2047: spaces between encoded words are not part of the text."""
    (raw,) = [value for key, value in composed(a_letter(to_name=name)).raw_items() if key == "To"]
    words, _, address = raw.rpartition(" ")
    assert address == "<dewi@client.example.com>"
    assert str(make_header(decode_header(words))) == name


def test_names_and_subjects_are_one_line_of_limited_length():
    """SEC-16."""
    message = parsed(a_letter(subject="a\r\nBcc: x@y.example\u2028b\x00c\u202ed" + "e" * 400))
    assert message["Subject"].startswith("a Bcc: x@y.example b cdeee")
    assert len(message["Subject"]) == compose.SUBJECT_LENGTH
    (to,) = parsed(a_letter(to_name="n" * 500))["To"].addresses
    assert len(to.display_name) == compose.NAME_LENGTH


def test_a_letter_to_two_addresses_is_refused():
    """SEC-16, F12."""
    with pytest.raises(BadAddress):
        composed(a_letter(to_address="a@b.example.com, evil@e.example.com"))


@pytest.mark.parametrize("url", ["javascript:x", "https://x/a b", "https://x/>\r\nBcc: y"])
def test_an_unsubscribe_link_is_one_web_address(url: str):
    with pytest.raises(ValueError, match="unsubscribe"):
        composed(a_letter(unsubscribe_url=url))


def test_a_mail_nobody_subscribed_to_has_no_unsubscribe_header():
    assert parsed(a_letter(unsubscribe_url=""))["List-Unsubscribe"] is None


@pytest.fixture(scope="module")
def line() -> Iterator[tuple[Desk, SmtpTransport]]:
    """A real server, and a transport that talks to it over one connection after the other."""
    with smtp_server() as (desk, port):
        transport = SmtpTransport(
            Settings(mail_server="127.0.0.1", mail_port=str(port), mail_security="none")
        )
        yield desk, transport
        transport.close()


NASTY = st.text(
    st.one_of(st.characters(), st.sampled_from("\r\n\x00\u2028\u2029\x0b\x85,;:<>@\"'\\=?_ ()é王")),
    max_size=120,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@example("x\r\nBcc: evil@e.example", "=?utf-8?q?a=0D=0ABcc:_e@e.example?=", "\r\nRCPT TO:<e@e.e>")
@example("a" * 66 + '", <evil@e.example>', "\ud800", "x\n.\r\nMAIL FROM:<e@e.example>\r\n")
@given(NASTY, NASTY, NASTY)
def test_nothing_typed_adds_a_header_or_a_recipient(line, name: str, subject: str, text: str):
    """SEC-16: the server sees one RCPT, the fixed MAIL FROM and only our headers."""
    desk, transport = line
    desk.accepted.clear()
    desk.commands.clear()
    letter = a_letter(to_name=name, from_name=subject, subject=subject, text=text, html=text)
    transport.deliver(composed(letter), FROM, MAIL.recipient, lambda: None)
    (delivery,) = desk.accepted
    assert desk.commands == [f"MAIL {FROM}", f"RCPT {MAIL.recipient}"]
    message = BytesParser(policy=policy.default).parsebytes(delivery.content)
    assert {key.lower() for key in message} == HEADERS
    assert len(message.keys()) == len(HEADERS)
    assert [to.addr_spec for to in message["To"].addresses] == [MAIL.recipient]
    assert [by.addr_spec for by in message["From"].addresses] == [FROM]
    assert message["Subject"] == compose.one_line(subject, compose.SUBJECT_LENGTH)
