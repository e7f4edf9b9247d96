"""What a page of the explorer shows: some reviews, how many there are, how to go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from feedback.results.explorer.filters import Place
from feedback.results.voices import Review

PER_PAGE = 25
# Counting stops there: who reads more than that wants another filter, not another figure.
MOST_COUNTED = 10_000
MOST_LOOSENED = 100


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, or, if `or_more`, that there are more than that."""

    number: int
    or_more: bool = False


def counted(number: int, most: int) -> Count:
    """Make a count of a number that was counted up to one beyond `most`.

    >>> counted(101, 100), counted(37, 100)
    (Count(number=100, or_more=True), Count(number=37, or_more=False))
    """
    return Count(min(number, most), number > most)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of reviews out of those that fit, out of all there are.

    Where nothing fits, `looser` says for each filter how many would fit without it.
    """

    reviews: Sequence[Review] = ()
    fitting: Count = Count(0)
    total: int = 0
    previous: Place | None = None
    following: Place | None = None
    looser: Mapping[str, Count] = field(default_factory=dict)

    @property
    def helps(self) -> bool:
        """Whether leaving out one filter leaves anything."""
        return any(count.number for count in self.looser.values())
