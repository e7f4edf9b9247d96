"""The orders of a long list, worked out once: its ids, packed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from feedback.results.listing import SORTS, Listed, Wanted, ordered

_PACKED = np.dtype("<i8")


@dataclass(frozen=True, slots=True)
class Order:
    """Ids of organisations in order; the last `silent` of them have no answers."""

    ids: Sequence[int] | npt.NDArray[np.int64]
    silent: int


class Packed(NamedTuple):
    """An order as it is kept."""

    sort: str
    ids: bytes
    silent: int


def orders_of(listed: Listed) -> Iterator[Packed]:
    """Give every order of a list, up and down."""
    known = listed.organisations
    silent = sum(not each.persons for each in known)
    for sort in (*SORTS, *(f"-{each}" for each in SORTS)):
        found = ordered(listed, known, Wanted(sort=sort))
        ids = np.fromiter((each.id for each in found), _PACKED, len(found))
        yield Packed(sort, ids.tobytes(), silent)


def order_from(packed: bytes, silent: int) -> Order:
    """Read back what `orders_of` gave."""
    return Order(np.frombuffer(packed, _PACKED), silent)
