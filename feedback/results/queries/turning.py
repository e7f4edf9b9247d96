"""One page of rows, the newest first, read from a place in their order."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, literal, tuple_

from feedback.extensions import db
from feedback.results.turning import PER_PAGE, Place


@dataclass(frozen=True, slots=True)
class Turned:
    """The keys of a page's rows in its order, and how to go on."""

    keys: tuple[int, ...]
    previous: Place | None = None
    following: Place | None = None


def turn(rows: Select[datetime, int], place: Place | None) -> Turned:
    """Return the page that begins at a place, None for the newest; two queries at most.

    `rows` selects time and key of every row of the list, in no order.
    """
    found, is_more = _page(rows, place)
    if place and place.backwards and not is_more:
        place = None  # few are left before this place: the first page, whole
        found, is_more = _page(rows, place)
    backwards = place is not None and place.backwards
    has_previous = place is not None and (not backwards or is_more)
    return Turned(
        keys=tuple(each.key for each in found),
        previous=replace(found[0], backwards=True) if found and has_previous else None,
        following=found[-1] if found and (is_more or backwards) else None,
    )


def _page(rows: Select[datetime, int], place: Place | None) -> tuple[list[Place], bool]:
    """Return a page's rows in its order, and whether more lie in its direction."""
    at, key = rows.selected_columns
    backwards = place is not None and place.backwards
    if place is not None:
        own, given = tuple_(at, key), tuple_(literal(place.at, at.type), place.key)
        rows = rows.where(own > given if backwards else own < given)
    order = (at, key) if backwards else (at.desc(), key.desc())
    found = db.session.execute(rows.order_by(*order).limit(PER_PAGE + 1)).all()
    page = [Place(*row) for row in found[:PER_PAGE]]
    return page[::-1] if backwards else page, len(found) > PER_PAGE
