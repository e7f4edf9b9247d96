"""Where a page of rows begins in a list that has the newest first."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

PER_PAGE = 25
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"(\d{1,17})\.(\d{1,19})", re.ASCII)
_LAST_KEY = 2**63 - 1


class UnknownPlace(ValueError):
    """The address names a place in the list that cannot exist."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after (or, backwards, before) this row, the newest first."""

    at: datetime
    key: int
    backwards: bool = False

    def argument(self) -> dict[str, str]:
        """Give what stands in the address.

        >>> Place(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC), 7).argument()
        {'next': '1000000.7'}
        """
        at = (self.at - _EPOCH) // timedelta(microseconds=1)
        return {"previous" if self.backwards else "next": f"{at}.{self.key}"}


def place(arguments: Mapping[str, str]) -> Place | None:
    """Read where the page begins, None for the beginning; raises UnknownPlace.

    >>> place({"previous": "1000000.7"})
    ... # doctest: +NORMALIZE_WHITESPACE
    Place(at=datetime.datetime(1970, 1, 1, 0, 0, 1, tzinfo=datetime.timezone.utc),
          key=7, backwards=True)
    """
    for name in ("next", "previous"):
        given = arguments.get(name, "")
        if given:
            found = _PLACE.fullmatch(given)
            if found is None or int(found[2]) > _LAST_KEY:
                raise UnknownPlace(given)
            at = _EPOCH + timedelta(microseconds=int(found[1]))
            return Place(at, int(found[2]), name == "previous")
    return None
