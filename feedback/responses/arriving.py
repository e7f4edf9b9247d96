"""Answers on their way in: what a page brings, from where, and what came of saving it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedback.surveys.questions import Answered


@dataclass(frozen=True, slots=True)
class Incoming:
    """One answer on its way in; None means: left or made blank."""

    question: str
    answered: Answered | None
    version: int  # of the answer the page showed; 0 for none

    @property
    def value(self) -> str:
        """What would be stored; "" for a blank one."""
        return self.answered.value if self.answered else ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which page an answer comes from: language, window, order and the revision it changes."""

    language: str
    window: str
    sequence: int
    revision: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """An answer another window changed meanwhile: both stored forms."""

    question: str
    yours: str
    stored: str
    version: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving: versions and values now stored, conflicts that were left as they were.

    `values` has no blank ones.
    """

    at: datetime
    versions: Mapping[str, int]
    conflicts: Sequence[Conflict]
    values: Mapping[str, str]


def overlaid(values: Mapping[str, str], arrived: Sequence[Incoming]) -> dict[str, str]:
    """Return stored values as they would be with what arrived; blank ones are left out.

    >>> overlaid({"a": "1", "b": "2"}, [Incoming("a", None, 1), Incoming("c", Answered("3"), 0)])
    {'b': '2', 'c': '3'}
    """
    merged = {**values, **{each.question: each.value for each in arrived}}
    return {key: value for key, value in merged.items() if value}
