"""What the address of a page asks for, read so that no nonsense reaches a query."""

from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from werkzeug.routing import IntegerConverter, ValidationError

_MAX_NUMBER = 2**31
_MOST_DIGITS = 19


class RowNumber(IntegerConverter):
    """A row's number in a path; none is larger than what both databases can compare."""

    largest = _MAX_NUMBER - 1

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **({"max": self.largest} | given))

    def to_python(self, value: str) -> int:
        """Return the number; ValidationError, which means not found, for a longer one."""
        if len(value) > _MOST_DIGITS:
            raise ValidationError
        return int(super().to_python(value))


class LongRowNumber(RowNumber):
    """The number of a row with a 64-bit key."""

    largest = 2**63 - 1


CONVERTERS = {"int": RowNumber, "long": LongRowNumber}


def text_argument(name: str, otherwise: str = "") -> str:
    """Return a filter from the address, without what PostgreSQL refuses to compare."""
    return request.args.get(name, otherwise).replace("\0", "").strip()[:200]


def number_argument(name: str) -> int | None:
    """Return a row's number from the address, None where none or nonsense is."""
    number = request.args.get(name, type=int)
    return number if number and 0 < number < _MAX_NUMBER else None


def page_number() -> int:
    """Return which page of a list is asked for, 1 where none or nonsense is."""
    return max(1, min(request.args.get("page", 1, type=int), 1_000_000))


def here_with(**changed: object) -> str:
    """Return the address of this page with some of its filters changed."""
    kept = request.args.to_dict() | changed
    values = {name: value for name, value in kept.items() if value not in (None, "")}
    # Not by url_for: to that some names mean more than a filter, "_scheme" and "endpoint" too.
    here = url_for(request.endpoint or "", **(request.view_args or {}))
    return f"{here}?{urlencode(values)}" if values else here
