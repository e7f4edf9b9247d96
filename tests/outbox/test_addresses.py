"""One mail address: checked, kept as given, folded for comparing."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.outbox import addresses
from feedback.outbox.addresses import BadAddress, normalise_address


def test_the_local_part_is_sent_as_given_and_folded_only_for_comparing():
    """EML-13."""
    address = normalise_address("  O'Brien.Dewi@Client.Example.COM ")
    assert address.original == "O'Brien.Dewi@Client.Example.COM"
    assert address.key == "o'brien.dewi@client.example.com"
    assert address.wire == "O'Brien.Dewi@client.example.com"


@pytest.mark.parametrize(
    "given_address", ["a@example.com", "a@x.example", "a@client.test", "a+b@example.org"]
)
def test_addresses_kept_for_examples_and_tests_pass(given_address: str):
    assert normalise_address(given_address).original == given_address


def test_a_unicode_domain_and_its_ascii_form_are_one_address():
    unicode, ascii_form = normalise_address("a@bücher.example"), "a@xn--bcher-kva.example"
    assert unicode.key == normalise_address(ascii_form).key == unicode.wire == ascii_form


def test_a_unicode_local_part_is_kept():
    assert normalise_address("王@client.example.com").wire == "王@client.example.com"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("dewi", "no_at"),
        ("a@b.example.com, c@d.example.com", "several"),
        ("a@b.example.com;c@d.example.com", "several"),
        ("a@@example.com", "several"),
        ("Dewi <dewi@example.com>", "domain"),
        ("dewi@", "domain"),
        ("dewi@localhost", "domain"),
        ("dewi@exa mple.com", "domain"),
        ("dewi@-x.com", "domain"),
        ("dewi@[127.0.0.1]", "domain"),
        ("@example.com", "local"),
        ("de wi@example.com", "local"),
        ("dewi..x@example.com", "local"),
        ('"dewi x"@example.com', "local"),
        ("dewi@example.com\r\nBcc: x", "domain"),
        ("x" * 65 + "@example.com", "too_long"),
        ("x@" + "y" * 400 + ".com", "too_long"),
    ],
)
def test_what_is_not_one_address_is_refused_with_its_reason(text: str, code: str):
    """SEC-16, F12."""
    with pytest.raises(BadAddress) as caught:
        normalise_address(text)
    assert caught.value.code == code


@given(st.text(max_size=30), st.sampled_from(["@example.com", "@bücher.example", ""]))
def test_the_key_of_a_key_is_itself_and_no_text_raises_anything_else(local: str, rest: str):
    try:
        address = normalise_address(local + rest)
    except BadAddress:
        return
    assert normalise_address(address.key).key == address.key
    assert not set(address.original) & set("\r\n\x00\u2028 ,;<>")


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(addresses).failed == 0
