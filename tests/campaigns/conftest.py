"""Fixtures of campaigns: somebody who makes them."""

from tests.settled import somebody

__all__ = ["somebody"]
