"""Turns a letter into the message on the wire, headers included; nothing typed can add one."""

import re
import unicodedata
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, quote
from urllib.parse import urlsplit

from feedback.outbox.addresses import normalise_address
from feedback.outbox.letters import Letter, MailLike

NAME_LENGTH = 70
SUBJECT_LENGTH = 200

# Texts are quoted-printable and names encoded words: every relay takes seven bits. Headers are
# written below in their final form and never folded again, because the standard library's
# folding drops quotes around long names and so can turn one mailbox into several.
_POLICY = SMTP.clone(refold_source="none", cte_type="7bit")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
# Marks that reverse the direction of what follows: they only serve to disguise a name.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def message(
    letter: Letter, mail: MailLike, *, mail_from: str, now: datetime, host: str
) -> EmailMessage:
    """Return the message for exactly one recipient: text and HTML, headers of EML-06.

    `mail_from` is the address in From, `host` completes the List-Id. Raises BadAddress for an
    address that is not one addr-spec, ValueError for an unsubscribe link that is none.
    """
    to, sender = normalise_address(letter.to_address), normalise_address(mail_from)
    reply_to = normalise_address(letter.reply_to or mail_from)
    # Only an address with a local part beyond ASCII needs a server that speaks SMTPUTF8.
    composed = EmailMessage(_POLICY if to.wire.isascii() else _POLICY.clone(utf8=True))
    headers = {
        "From": _mailbox("From", letter.from_name, sender.wire),
        "To": _mailbox("To", letter.to_name, to.wire),
        "Reply-To": reply_to.wire,
        "Subject": _encoded("Subject", one_line(letter.subject, SUBJECT_LENGTH)),
        "Date": format_datetime(now),
        "Message-ID": mail.message_id,
        "List-Id": f"<{_label(letter.list_id)}.{host}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": _label(letter.language),
        **_unsubscribe(letter.unsubscribe_url),
    }
    composed.set_content(_writable(letter.text), cte="quoted-printable")
    composed.add_alternative(_writable(letter.html), subtype="html", cte="quoted-printable")
    for name, value in headers.items():  # last: setting content takes Content-… headers away
        composed.set_raw(name, value)
    return composed


def one_line(text: str, limit: int) -> str:
    """Return the text as one printable line of at most `limit` characters (SEC-16).

    Line ends of every script, NUL and other controls become spaces, runs of spaces one.
    """
    kept = (" " if _breaks(char) else char for char in text if char not in _TURNS)
    return " ".join("".join(kept).split())[:limit].rstrip()


def _breaks(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs")


def _writable(text: str) -> str:
    """Leave out what no mail can carry: NUL and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _mailbox(header: str, name: str, address: str) -> str:
    line = one_line(name, NAME_LENGTH)
    if not line:
        return address
    if "=?" in line or not line.isascii():
        return f"{_words(header, line)} <{address}>"
    phrase = line if _ATOMS.fullmatch(line) else f'"{quote(line)}"'
    return f"{phrase} <{address}>"


def _encoded(header: str, line: str) -> str:
    if "=?" in line or not line.isascii():
        return _words(header, line)
    return Header(line, "us-ascii", header_name=header).encode(linesep="\r\n")


def _words(header: str, line: str) -> str:
    return Header(line, "utf-8", header_name=header).encode(linesep="\r\n")


def _label(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "-", text)[:80]


def _unsubscribe(url: str) -> dict[str, str]:
    if not url:
        return {}
    if urlsplit(url).scheme not in ("http", "https") or not re.fullmatch(r"[!-;=?-~]+", url):
        raise ValueError("an unsubscribe link is one http or https address")
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
