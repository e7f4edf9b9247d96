"""Filters as conditions on the index, on either database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, cast, column, func, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from feedback import clock
from feedback.campaigns.models import Campaign
from feedback.campaigns.queries import named_campaigns
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.explorer.facets import LAST_ARRIVAL, facet
from feedback.results.explorer.filters import Wanted
from feedback.results.explorer.models import ReviewEntry
from feedback.results.explorer.search_table import SEARCH
from feedback.results.explorer.searching import Lookup
from feedback.results.queries.selecting import joint_campaigns, selected
from feedback.results.scope import Selection

# So many organisations are looked up in the index like words; more are a condition beside it.
# Over a million reviews a thousand took FTS5 a third of the time of the condition; PostgreSQL
# goes through all the words again for every row it looks at.
MOST_ORGANISATIONS = {"sqlite": 1_000, "postgresql": 100}

_SEARCH = table(SEARCH, column("rowid"), column(SEARCH))
_OWN = ReviewEntry.organisation_id


@dataclass(frozen=True, slots=True)
class Criteria:
    """What entries have to fulfil; `organisations` selects ids, None means any."""

    lookup: Lookup
    first: int = 0
    last: int = LAST_ARRIVAL
    organisations: Select[Any] | None = None

    @property
    def is_all(self) -> bool:
        """Whether every entry fulfils them."""
        is_any_time = self.first == 0 and self.last == LAST_ARRIVAL
        return self.lookup.is_empty and is_any_time and self.organisations is None

    def count(self, most: int) -> ColumnElement[int]:
        """Count the entries that fulfil them, up to one beyond `most`."""
        first = self._selected(["arrival"]).limit(most + 1).subquery()
        return select(func.count()).select_from(first).scalar_subquery()

    def ordered(self, columns: Sequence[str], is_sparse: bool, backwards: bool) -> Select[Any]:
        """Select these columns of the entries that fulfil them, sorted by them downwards.

        `is_sparse`: there are few, so all are found and then sorted. Otherwise they are taken in
        order until there are enough; the database would not always guess so.
        """
        statement = self._selected(columns, in_order=not is_sparse)
        found = list(statement.selected_columns)
        keys = [key + 0 for key in found] if is_sparse else found
        return statement.order_by(*(key if backwards else key.desc() for key in keys))

    def _selected(self, columns: Sequence[str], in_order: bool = False) -> Select[Any]:
        walks_otherwise = in_order and columns[0] != "arrival"
        statement, at = self._looked_up(columns, walks_otherwise)
        if self.first > 0:
            statement = statement.where(at >= self.first)
        if self.last < LAST_ARRIVAL:
            statement = statement.where(at <= self.last)
        if self.organisations is not None:
            # Calculated with, a column's index is out of question.
            own = _OWN + 0 if in_order or not self.lookup.is_empty else _OWN
            statement = statement.where(own.in_(self.organisations))
        return statement

    def _looked_up(
        self, columns: Sequence[str], walks_otherwise: bool
    ) -> tuple[Select[Any], ColumnElement[int]]:
        """Select from the entries that the lookup finds; give the column of their arrival."""
        own = select(*(getattr(ReviewEntry, name) for name in columns))
        at: ColumnElement[int] = ReviewEntry.arrival.expression
        if self.lookup.is_empty:
            return own, at
        if db.engine.dialect.name == "postgresql":
            asked = cast(self.lookup.for_postgresql(), TSQUERY)
            return own.where(ReviewEntry.terms.op("@@")(asked)), at
        matches = _SEARCH.c[SEARCH].op("MATCH")(self.lookup.for_sqlite())
        if walks_otherwise:
            return own.where((at + 0).in_(select(_SEARCH.c.rowid).where(matches))), at
        at = _SEARCH.c.rowid
        chosen = [at if name == "arrival" else getattr(ReviewEntry, name) for name in columns]
        statement = select(*chosen).select_from(_SEARCH).where(matches)
        if len(columns) > 1 or self.organisations is not None:
            statement = statement.where(ReviewEntry.arrival == at)
        return statement, at


def criteria(wanted: Wanted, zone: ZoneInfo) -> Criteria:
    """Turn filters into criteria; one query where organisations are wanted by what they are."""
    found = plain_criteria(wanted, zone)
    if found.organisations is None:
        return found
    most = MOST_ORGANISATIONS[db.engine.dialect.name]
    ids = db.session.scalars(found.organisations.limit(most + 1)).all()
    if len(ids) > most:
        return found
    # None at all: then a term that no entry has.
    terms = tuple(facet("organisation", each) for each in ids or [0])
    return replace(found, lookup=replace(found.lookup, either=terms), organisations=None)


def plain_criteria(
    wanted: Wanted, zone: ZoneInfo, apart: tuple[str, ...] | None = None
) -> Criteria:
    """Turn filters into criteria; organisations by a query inside, for what need not be fast.

    `apart` is what `apart_terms` gives, for who asks more than once.
    """
    first, last = wanted.arrivals(zone, clock.now())
    # What counts in the figures of a time, as in `selecting.in_scope`.
    is_open = bool(wanted.period and not wanted.organisation)
    conditions = [
        *selected(_selection(wanted)),
        *([Organisation.name.icontains(wanted.name, autoescape=True)] if wanted.name else []),
        *([Organisation.archived_at.is_(None)] if is_open else []),
    ]
    organisations = select(Organisation.id).where(*conditions) if conditions else None
    lookup = wanted.lookup()
    if wanted.period:
        lookup = replace(lookup, without=apart_terms() if apart is None else apart)
    return Criteria(lookup, first, last, organisations)


def _selection(wanted: Wanted) -> Selection:
    owner, team = (int(each) if each else None for each in (wanted.owner, wanted.team))
    return Selection(wanted.kind, wanted.segment, owner, team)


def apart_terms() -> tuple[str, ...]:
    """Return the terms of the campaigns that count in no figure but their own."""
    others = select(Campaign.id).where(Campaign.id.in_(named_campaigns()), ~joint_campaigns())
    return tuple(facet("campaign", each) for each in db.session.scalars(others))
