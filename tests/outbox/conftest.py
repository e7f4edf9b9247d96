"""Fixtures of the outbox's tests: settings for a server on loopback, certificates."""

import ssl
from collections.abc import Callable

import pytest

from feedback.config import Settings
from tests.outbox.servers import certificate


@pytest.fixture
def smtp_settings() -> Callable[..., Settings]:
    """Give a function that returns settings for a server on this port of loopback."""

    def at(port: int, **more: str) -> Settings:
        given = {"mail_security": "none", "mail_per_second": "0", **more}
        return Settings(mail_server="127.0.0.1", mail_port=str(port), **given)

    return at


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's TLS context that know each other, for 127.0.0.1."""
    return certificate(tmp_path_factory.mktemp("tls"), "127.0.0.1")
