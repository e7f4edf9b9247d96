"""The browser looks at a whole installation."""

from tests.fixtures import browser, installation

__all__ = ["browser", "installation"]
