"""Fixtures of the demo's tests: the folder of the local mailbox."""

from pathlib import Path

import pytest

from feedback.config import Settings


@pytest.fixture
def mailbox(settings: Settings) -> Path:
    """The folder of the local mailbox."""
    folder = settings.folder / "mailbox"
    folder.mkdir()
    return folder
