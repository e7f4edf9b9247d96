"""What counts in a scope: its responses, and their sums by organisation, from the roll-ups."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Select, select

from feedback.analytics.contributions import RECENT, SUMS
from feedback.analytics.models import ROLLUPS, ScoredResponse
from feedback.analytics.scores import Completeness
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.matters import DriverSums
from feedback.results.queries.selecting import in_scope, joint_campaigns, selected
from feedback.results.scope import Scope, Selection
from feedback.results.tallies import Spreads, Tallies, Tally

WAVES_SHOWN = 12
_SUMS = ROLLUPS["agg_measure"].c
_COLUMNS = (
    _SUMS.organisation_id,
    _SUMS.measure,
    _SUMS.n,
    _SUMS.s1,
    _SUMS.s2,
    _SUMS.low,
    _SUMS.high,
)


def responses_in(scope: Scope) -> list[ColumnElement[bool]]:
    """Give the conditions on ScoredResponse and Campaign for the responses of a scope.

    Break-offs never count. Of a person's several responses all are there.
    """
    scored = ScoredResponse.completeness != Completeness.BREAK_OFF.value
    if scope.campaign_id is not None:
        return [scored, ScoredResponse.campaign_id == scope.campaign_id]
    if scope.year is None:
        return [scored, joint_campaigns(), ScoredResponse.recent.is_(True)]
    sent = ScoredResponse.submitted_at
    return [scored, joint_campaigns(), sent > scope.since, sent <= scope.until]


def read_tallies(scope: Scope, spreads: Spreads | None = None) -> Tallies:
    """Return every measure of every organisation of the scope, in one query.

    Of a selection the dispersions are those of all organisations of the scope: `spreads`, or
    read by a second query.
    """
    statement = select(*_COLUMNS).where(_SUMS.scope == scope.key)
    if spreads is None and not scope.selection.is_all:
        spreads = read_tallies(scope.of(Selection())).spreads
    rows = db.session.execute(_narrowed(statement, in_scope(scope)))
    return Tallies((Tally(*row) for row in rows), spreads)


def read_waves(
    campaign_ids: Sequence[int],
    scope: Scope,
    *measures: str,
    spreads: Mapping[int, Spreads] | None = None,
) -> dict[int, Tallies]:
    """Return the sums of some measures in each of these campaigns, in one query.

    A wave's figures are the same whatever they are compared with: archived organisations stay.
    """
    found: dict[int, list[Tally]] = {campaign_id: [] for campaign_id in campaign_ids}
    statement = select(_SUMS.scope, *_COLUMNS).where(_SUMS.scope.in_(campaign_ids))
    if measures:
        statement = statement.where(_SUMS.measure.in_(measures))
    are_waves = all(key > RECENT for key in campaign_ids)
    conditions = selected(scope.selection) if are_waves else in_scope(scope)
    for campaign_id, *tally in db.session.execute(_narrowed(statement, conditions)):
        found[campaign_id].append(Tally(*tally))
    known = spreads or {}
    return {key: Tallies(rows, known.get(key)) for key, rows in found.items()}


def _narrowed(statement: Select[Any], conditions: list[ColumnElement[bool]]) -> Select[Any]:
    if not conditions:
        return statement
    joined = statement.join(Organisation, Organisation.id == _SUMS.organisation_id)
    return joined.where(*conditions)


def read_drivers(scope: Scope) -> DriverSums:
    """Return one row per organisation: complete cases, their sums and cross products."""
    table = ROLLUPS["agg_drv"]
    statement = select(*(table.c[name] for name in SUMS["agg_drv"])).where(
        table.c.scope == scope.key
    )
    conditions = in_scope(scope)
    if conditions:
        joined = Organisation.id == table.c.organisation_id
        statement = statement.join(Organisation, joined).where(*conditions)
    rows = db.session.execute(statement.order_by(table.c.organisation_id)).all()
    return np.array([tuple(row) for row in rows], dtype=np.int64).reshape(
        len(rows), len(SUMS["agg_drv"])
    )
