"""Fixtures of tests that use Kesan as people do: a running installation and a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from feedback.config import Settings
from tests.installation import Installation, chromium, running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once for all journeys."""
    with sync_playwright() as playwright, chromium(playwright) as found:
        yield found


@pytest.fixture
def installation(settings: Settings) -> Iterator[Installation]:
    """Kesan as a whole, on a fresh database."""
    with running(settings) as found:
        yield found
