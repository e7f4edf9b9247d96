"""What may be kept of a server's reply: its words, without addresses and links (EML-20)."""

import re

MAX_LENGTH = 500

_LINK = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"']+@[^\s<>()\[\]:;,\"']+")
_STATUS = re.compile(r"\b5\.(\d{1,3})\.\d{1,3}\b")
_GAPS = re.compile(r"[\s\x00-\x1f\x7f]+")


def clean_reply(reply: bytes | str) -> str:
    """Return the reply as one line of at most 500 characters, addresses and links left out.

    >>> clean_reply(b"5.1.1 <dewi@example.com>:\\n user unknown, see https://x.example/a?b")
    '5.1.1 <address>: user unknown, see [link]'
    """
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    text = _LINK.sub("[link]", text)
    text = _ADDRESS.sub("address", text)
    return _GAPS.sub(" ", text).strip()[:MAX_LENGTH]


def is_unknown_address(code: int | None, reply: str) -> bool:
    """Say whether a permanent refusal means that the address itself leads nowhere (RFC 3463).

    A server that gives a detailed status is believed: only 5.1.x speaks of the address. One that
    gives none is taken at the basic codes for mailboxes. A policy refusal is no reason to stop.

    >>> is_unknown_address(550, "5.1.1 user unknown"), is_unknown_address(550, "5.7.1 blocked")
    (True, False)
    """
    detailed = _STATUS.search(reply)
    if detailed:
        return detailed[1] == "1"
    return code in (550, 551, 553)
