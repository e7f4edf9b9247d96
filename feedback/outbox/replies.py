"""What may be kept of a server's reply: its words, without addresses and links (EML-20)."""

import re

MAX_LENGTH = 500

_LINK = re.compile(r"\b[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()\[\]:;,\"']+@[^\s<>()\[\]:;,\"']+")
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
