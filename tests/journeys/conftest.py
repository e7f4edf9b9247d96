"""The journeys run on a whole installation."""

from tests.fixtures import browser, installation

__all__ = ["browser", "installation"]
