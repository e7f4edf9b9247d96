"""One page of reviews that fit, counted, and the choices of its filters."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import literal, select, tuple_, union_all

from feedback.campaigns.models import Campaign
from feedback.campaigns.queries import named_campaigns
from feedback.extensions import db
from feedback.results.explorer.filters import Place, Wanted, sort_keys
from feedback.results.explorer.found import (
    MOST_COUNTED,
    MOST_LOOSENED,
    PER_PAGE,
    Count,
    Found,
    counted,
)
from feedback.results.explorer.models import ReviewEntry
from feedback.results.explorer.queries.criteria import (
    Criteria,
    apart_terms,
    criteria,
    plain_criteria,
)
from feedback.results.explorer.queries.indexing import count_entries
from feedback.results.queries.comments import read, reviews
from feedback.results.queries.selecting import mirror_campaigns
from feedback.results.voices import Review
from feedback.sentiment.models import CommentAnalysis

# Fewer than so many are found first and then sorted, more are taken in order.
SPARSE = 1_000
CAMPAIGNS_SHOWN = 200

Keys = tuple[int, ...]


def find(wanted: Wanted, place: Place | None, zone: ZoneInfo) -> Found:
    """Return the page of reviews that begins at a place, None for the first one.

    Nine queries at most, whatever is wanted and however many there are.
    """
    total = count_entries()
    asked = criteria(wanted, zone)
    fitting = Count(total) if asked.is_all else _count(asked)
    if not fitting.number:
        looser = _loosened(wanted, zone) if total else {}
        return Found(fitting=fitting, total=total, looser=looser)
    columns = sort_keys(wanted.sort)
    is_sparse = not fitting.or_more and fitting.number < SPARSE
    keys, is_more = _page(asked, columns, place, is_sparse)
    if place and place.backwards and not is_more:
        place = None  # few are left before this place: the first page, whole
        keys, is_more = _page(asked, columns, place, is_sparse)
    has_following = bool(keys) and (is_more or (place is not None and place.backwards))
    has_previous = place is not None and (not place.backwards or is_more)
    return Found(
        reviews=_reviews_at([each[-1] for each in keys]),
        fitting=fitting,
        total=total,
        previous=Place(keys[0], backwards=True) if has_previous and keys else None,
        following=Place(keys[-1]) if has_following else None,
    )


def _count(asked: Criteria) -> Count:
    return counted(db.session.scalar(select(asked.count(MOST_COUNTED))) or 0, MOST_COUNTED)


def _page(
    asked: Criteria, columns: Sequence[str], place: Place | None, is_sparse: bool
) -> tuple[list[Keys], bool]:
    """Return the sort keys of a page in its order, and whether more lie in its direction."""
    backwards = place is not None and place.backwards
    statement = asked.ordered(columns, is_sparse, backwards)
    if place is not None:
        statement = statement.where(_beyond(statement, place))
    rows = [tuple(row) for row in db.session.execute(statement.limit(PER_PAGE + 1))]
    page = rows[:PER_PAGE]
    return page[::-1] if backwards else page, len(rows) > PER_PAGE


def _beyond(statement: Any, place: Place) -> Any:
    keys = list(statement.selected_columns)
    own = keys[0] if len(keys) == 1 else tuple_(*keys)
    given = place.keys[0] if len(keys) == 1 else tuple_(*place.keys)
    return own > given if place.backwards else own < given


def _reviews_at(arrivals: Sequence[int]) -> list[Review]:
    """Return the reviews at these places, in this order."""
    own = select(ReviewEntry.arrival, ReviewEntry.response_id, ReviewEntry.question)
    entries = db.session.execute(own.where(ReviewEntry.arrival.in_(arrivals)))
    places = {(row.response_id, row.question): arrivals.index(row.arrival) for row in entries}
    # Named by their own key: joined to their entries, PostgreSQL would read all comments first.
    key = tuple_(CommentAnalysis.response_id, CommentAnalysis.question)
    statement = reviews().where(
        key.in_(list(places)),
        CommentAnalysis.campaign_id.in_(named_campaigns()),  # the index has no others anyhow
    )
    return sorted(read(statement), key=lambda each: places[each.response_id, each.question])


def _loosened(wanted: Wanted, zone: ZoneInfo) -> dict[str, Count]:
    """Count for each filter, in one query, what would fit without it."""
    apart = apart_terms() if wanted.period else None
    looser = {name: plain_criteria(wanted.without(name), zone, apart) for name in wanted.filters}
    branches = [select(literal(name), each.count(MOST_LOOSENED)) for name, each in looser.items()]
    rows = db.session.execute(union_all(*branches))
    return {name: counted(number, MOST_LOOSENED) for name, number in rows}


def list_named_campaigns() -> list[tuple[int, str]]:
    """Return id and name of the campaigns whose reviews may be read, latest launch first."""
    statement = (
        select(Campaign.id, Campaign.name)
        .where(
            Campaign.id.in_(named_campaigns()),
            Campaign.id.not_in(mirror_campaigns()),
            Campaign.launched_at.is_not(None),
        )
        .order_by(Campaign.launched_at.desc(), Campaign.id.desc())
        .limit(CAMPAIGNS_SHOWN)
    )
    return [(row.id, row.name) for row in db.session.execute(statement)]
