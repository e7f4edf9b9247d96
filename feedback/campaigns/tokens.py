"""Personal and public links: tokens computed from a nonce with a key the database does not hold.

A token is never stored. Whoever copies the database has nonces and hashes, but not the key, and
so no link (SEC-05). Each purpose has its own label inside the computation, so a token for one
thing opens nothing else (SEC-07).
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

NONCE_BYTES = 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{27}")
_SIGNED = re.compile(r"([0-9]{1,18})\.([A-Za-z0-9_-]{27})")


def new_nonce() -> bytes:
    """Return 128 random bits for one invitation."""
    return secrets.token_bytes(NONCE_BYTES)


def personal_token(key: str, nonce: bytes) -> str:
    """Return the 27-character token (160 bits) of the personal link of this nonce."""
    return _mac(key, b"survey link", nonce)


def token_hash(key: str, token: str) -> bytes:
    """Return the 32 bytes under which the database finds the invitation of a token."""
    return hmac.digest(key.encode(), b"survey lookup\0" + token.encode(), sha256)


def public_token(key: str, nonce: bytes) -> str:
    """Return the 27-character token (160 bits) of the public link of this nonce."""
    return _mac(key, b"public link", nonce)


def public_hash(key: str, token: str) -> bytes:
    """Return the 32 bytes under which the database finds the public link of a token."""
    return hmac.digest(key.encode(), b"public lookup\0" + token.encode(), sha256)


def is_token(text: str) -> bool:
    """Say whether this could be a token at all, before anything is looked up."""
    return _TOKEN.fullmatch(text) is not None


def unsubscribe_token(key: str, contact_id: int) -> str:
    """Return the signed token of the unsubscribe link of a contact; it never expires (EML-05)."""
    return signed(key, b"unsubscribe", contact_id)


def read_unsubscribe_token(key: str, token: str) -> int | None:
    """Return the contact's id if the signature holds, else None."""
    return read_signed(key, b"unsubscribe", token)


def signed(key: str, purpose: bytes, number: int) -> str:
    """Return a number with its signature for one purpose."""
    return f"{number}.{_mac(key, purpose, str(number).encode())}"


def read_signed(key: str, purpose: bytes, token: str) -> int | None:
    """Return the number of a token if it was signed for this purpose, else None."""
    found = _SIGNED.fullmatch(token)
    if found is None:
        return None
    number = int(found[1])
    return number if hmac.compare_digest(signed(key, purpose, number), token) else None


def _mac(key: str, purpose: bytes, message: bytes) -> str:
    digest = hmac.digest(key.encode(), purpose + b"\0" + message, sha256)
    return urlsafe_b64encode(digest[:20]).decode().rstrip("=")
