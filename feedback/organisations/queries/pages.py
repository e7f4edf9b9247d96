"""One page of a long list: its rows and where they stand in the whole."""

from dataclasses import dataclass
from typing import Generic, TypeVar

PAGE_SIZE = 50

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The rows of one page, its number from 1, and how many rows there are in all."""

    rows: list[T]
    number: int
    total: int

    @property
    def first(self) -> int:
        """Position of the first row shown, 0 where there is none."""
        return (self.number - 1) * PAGE_SIZE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Position of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0

    @property
    def has_next(self) -> bool:
        """Whether rows follow this page."""
        return self.last < self.total and bool(self.rows)
