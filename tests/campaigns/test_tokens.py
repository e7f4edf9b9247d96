"""Tests of personal links: chance, purpose, and what the database does not hold."""

import base64
import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from feedback.campaigns import service, tokens
from feedback.campaigns.models import Invitation
from feedback.config import Settings
from feedback.extensions import db
from tests.builders.campaigns import an_invitation, token_of
from tests.builders.organisations import a_contact
from tests.rows import cells, inside

KEY = "a key of the tests"
OTHER = "another key"
TOKEN = re.compile(rb"[A-Za-z0-9_-]{27}")


def test_ten_thousand_tokens_are_distinct() -> None:
    """SEC-05."""
    made = {tokens.personal_token(KEY, tokens.new_nonce()) for _ in range(10_000)}
    assert len(made) == 10_000


def test_every_bit_of_a_token_is_as_often_one_as_zero() -> None:
    """SEC-05: 160 bits, none of them fixed; the limits lie six standard errors off."""
    total = [0] * 160
    for _ in range(10_000):
        token = tokens.personal_token(KEY, tokens.new_nonce())
        number = int.from_bytes(base64.urlsafe_b64decode(token + "="), "big")
        for bit in range(160):
            total[bit] += number >> bit & 1
    assert min(total) > 4_700
    assert max(total) < 5_300


def test_a_nonce_has_128_bits_from_the_system() -> None:
    """SEC-05."""
    made = {tokens.new_nonce() for _ in range(1_000)}
    assert {len(nonce) for nonce in made} == {16}
    assert len(made) == 1_000


def test_the_token_of_a_nonce_is_always_the_same() -> None:
    assert tokens.personal_token(KEY, b"n" * 16) == tokens.personal_token(KEY, b"n" * 16)


def test_another_key_makes_another_token_and_another_hash() -> None:
    """SEC-05: without the key the database says nothing."""
    token = tokens.personal_token(KEY, b"n" * 16)
    assert token != tokens.personal_token(OTHER, b"n" * 16)
    assert tokens.token_hash(KEY, token) != tokens.token_hash(OTHER, token)


def test_the_hash_is_neither_token_nor_computed_like_one() -> None:
    """SEC-07: one label per purpose."""
    token = tokens.personal_token(KEY, b"n" * 16)
    digest = tokens.token_hash(KEY, token)
    assert len(digest) == 32
    assert not base64.urlsafe_b64encode(digest).decode().startswith(token)
    assert base64.urlsafe_b64decode(token + "=") not in digest


def test_a_token_looks_like_one() -> None:
    assert tokens.is_token(tokens.personal_token(KEY, tokens.new_nonce()))


@pytest.mark.parametrize(
    "text",
    ["", "x" * 26, "x" * 28, "x" * 26 + "\n", "x" * 27 + "\n", "x" * 26 + "=", "ä" * 27, "１" * 27],
)
def test_what_cannot_be_a_token_is_not_looked_up(text: str) -> None:
    assert not tokens.is_token(text)


@given(st.integers(0, 10**18 - 1))
def test_an_unsubscribe_token_reads_back_as_its_contact(contact_id: int) -> None:
    """EML-05."""
    token = tokens.unsubscribe_token(KEY, contact_id)
    assert tokens.read_unsubscribe_token(KEY, token) == contact_id


@given(st.text(max_size=60))
def test_no_text_reads_as_an_unsubscribe_token_without_its_signature(text: str) -> None:
    """SEC-07."""
    assert tokens.read_unsubscribe_token(KEY, text) is None


@pytest.mark.parametrize("other", ["8", "70", "07", "+7", " 7", "7_0", "٧", "-7", ""])
def test_the_signature_of_one_contact_opens_no_other(other: str) -> None:
    """SEC-07."""
    signature = tokens.unsubscribe_token(KEY, 7).partition(".")[2]
    assert tokens.read_unsubscribe_token(KEY, f"{other}.{signature}") is None


def test_every_changed_character_breaks_the_signature() -> None:
    """SEC-07: also those of the last character's unused bits."""
    token = tokens.unsubscribe_token(KEY, 7)
    for at in range(2, len(token)):
        for char in "ABgw019_-":
            changed = token[:at] + char + token[at + 1 :]
            if changed != token:
                assert tokens.read_unsubscribe_token(KEY, changed) is None


def test_the_unsubscribe_token_of_another_key_is_refused() -> None:
    """SEC-07."""
    assert tokens.read_unsubscribe_token(KEY, tokens.unsubscribe_token(OTHER, 7)) is None


def test_an_invitation_is_found_by_its_token_only(app: Flask) -> None:
    """SEC-05: look-up by hash."""
    first = an_invitation(a_contact())
    second = an_invitation(a_contact(), audience={"rest_days": 0})
    assert service.find_by_token(token_of(first)) is first
    assert service.find_by_token(token_of(second)) is second
    assert service.find_by_token("x" * 27) is None
    assert service.find_by_token(first.nonce.hex()[:27]) is None


def test_a_withdrawn_invitation_is_not_found(app: Flask) -> None:
    """SEC-05."""
    invitation = an_invitation()
    invitation.withdrawn_at = invitation.created_at
    db.session.commit()
    assert service.find_by_token(token_of(invitation)) is None


def test_a_dump_of_the_database_opens_no_link(bare_app: Flask, settings: Settings) -> None:
    """SEC-05: every text and every byte of every cell, as it is and as it could be encoded."""
    with inside(bare_app):
        invitation = an_invitation()
        real = token_of(invitation)
        unsubscribe = tokens.unsubscribe_token(bare_app.config["TOKEN_KEY"], invitation.contact_id)
    candidates: set[str] = set()
    for cell in cells(bare_app):
        raw = cell if isinstance(cell, bytes) else str(cell).encode()
        candidates.update(part.decode() for part in TOKEN.findall(raw))
        if len(raw) < 100:  # a digest or a nonce, not a definition
            encoded = (base64.urlsafe_b64encode(raw).decode(), raw.hex())
            candidates.update(form[at : at + 27] for form in encoded for at in range(len(form)))
    assert len(candidates) > 100
    assert real not in candidates
    assert unsubscribe.partition(".")[2] not in candidates
    with inside(bare_app):
        assert [text for text in candidates if service.find_by_token(text)] == []


def test_the_files_beside_the_keys_hold_no_link(bare_app: Flask, settings: Settings) -> None:
    """SEC-05: nor does any file of the data folder, the database's own included."""
    with inside(bare_app):
        invitations = [an_invitation(a_contact(), audience={"rest_days": 0}) for _ in range(2)]
        real = [token_of(invitation) for invitation in invitations]
        assert db.session.query(Invitation).count() == 3
    for path in settings.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(token.encode() in content for token in real), path.name
