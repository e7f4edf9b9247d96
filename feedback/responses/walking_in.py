"""People at a public link: keys of their responses, times shown, devices, a generous pace."""

import hmac
import re
import secrets
import threading
from base64 import urlsafe_b64encode
from collections import deque
from collections.abc import Hashable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

KEY_BYTES = 16
LEAST_TIME = timedelta(seconds=2)  # between showing the questions and sending them
KIOSK_IDLE = timedelta(minutes=5)  # after which a page on a shared device is nobody's any more
KIOSK_THANKS_SECONDS = 20

_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
_MOMENT = re.compile(r"([0-9]{1,12})\.([A-Za-z0-9_-]{22})")


def new_key() -> str:
    """Return 128 random bits: the bearer of this text may go on with a response."""
    return urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode().rstrip("=")


def is_key(text: str) -> bool:
    """Say whether this could be a key at all."""
    return _KEY.fullmatch(text) is not None


def response_id(token_key: str, link_id: int, key: str) -> int:
    """Return the database's key of the response that goes on under `key` at this link.

    Computed one way: who sees the database, or an address of the results, cannot go on with
    anybody's answers (SEC-05).
    """
    digest = _digest(token_key, b"walk-in", f"{link_id}:{key}")
    return (int.from_bytes(digest[:8], "big") >> 2) + 1


def signed_moment(token_key: str, key: str, at: datetime) -> str:
    """Return when the form of a response was shown, as a field nobody can make earlier."""
    seconds = str(int(at.timestamp()))
    return f"{seconds}.{_mac(token_key, b'shown', f'{key}:{seconds}')}"


def read_moment(token_key: str, key: str, field: str) -> datetime | None:
    """Return when the form was shown; None where the field was not made for this response."""
    found = _MOMENT.fullmatch(field)
    if found is None:
        return None
    if not hmac.compare_digest(_mac(token_key, b"shown", f"{key}:{found[1]}"), found[2]):
        return None
    return datetime.fromtimestamp(int(found[1]), UTC)


def device_mark(token_key: str, link_id: int, day: date, device: str) -> str:
    """Return what tells one device from another at this link on this day, in 32 characters.

    Another day or another link gives another mark: nothing follows a device around (PRV-09).
    """
    return _digest(token_key, b"device", f"{link_id}:{day.isoformat()}:{device}").hex()[:32]


def network_of(address: str) -> str:
    """Return whom an address stands for: an IPv6 household has 2**64 of them, all one prefix.

    A server that listens on IPv6 sees IPv4 addresses written as IPv6 ones of one single prefix.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or parsed.exploded[:19])
    return str(parsed)


class Pace:
    """How many new responses the last minute has seen, per name; in memory and per process.

    Nothing of it is written down. `limits` says for each name how many fit into a minute.
    """

    MINUTE = timedelta(minutes=1)
    MOST_NAMES = 10_000  # beyond that the oldest are forgotten: memory has an end

    def __init__(self) -> None:
        self._seen: dict[Hashable, deque[datetime]] = {}
        self._lock = threading.Lock()

    def wait(self, limits: dict[Hashable, int], now: datetime) -> int:
        """Return after how many whole seconds one more fits under every name; 0 for now."""
        with self._lock:
            waits = [self._wait(name, most, now) for name, most in limits.items()]
        return max(waits, default=0)

    def note(self, limits: dict[Hashable, int], now: datetime) -> None:
        """Count one more under every name."""
        with self._lock:
            for name, most in limits.items():
                seen = self._seen.pop(name, None) or deque(maxlen=most)
                seen.append(now)
                self._seen[name] = seen  # the most recently used stands last
            while len(self._seen) > self.MOST_NAMES:
                del self._seen[next(iter(self._seen))]

    def _wait(self, name: Hashable, most: int, now: datetime) -> int:
        seen = self._seen.get(name)
        if seen is None or len(seen) < most:
            return 0
        left = (seen[0] + self.MINUTE - now).total_seconds()
        return max(0, int(left) + 1 if left > 0 else 0)


def _digest(token_key: str, purpose: bytes, message: str) -> bytes:
    return hmac.digest(token_key.encode(), purpose + b"\0" + message.encode(), sha256)


def _mac(token_key: str, purpose: bytes, message: str) -> str:
    return urlsafe_b64encode(_digest(token_key, purpose, message)[:16]).decode().rstrip("=")
