"""What is kept of a server's reply."""

import doctest

from feedback.outbox import replies
from feedback.outbox.replies import clean_reply


def test_a_reply_keeps_neither_addresses_nor_links():
    """EML-20."""
    kept = clean_reply(b"550 <dewi.x@client.example.com> unknown; https://x.example/r/token ok")
    assert "dewi" not in kept
    assert "token" not in kept
    assert kept.startswith("550 <address> unknown")


def test_a_long_reply_in_broken_utf8_becomes_one_short_line():
    kept = clean_reply(b"\xff\r\n" + b"a " * 900)
    assert len(kept) <= 500
    assert kept.isprintable()


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(replies).failed == 0
