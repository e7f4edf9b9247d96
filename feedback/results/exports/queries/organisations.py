"""Reads organisations with their figures: the one place that says where an export has them from."""

from typing import Any

from sqlalchemy import func, select, union

from feedback.analytics.models import ScoredResponse
from feedback.auth.models import User
from feedback.campaigns.models import Campaign, Invitation, PublicLink
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.exports.organisations import OrganisationRow, cells
from feedback.results.exports.queries.reading import Reading, count
from feedback.results.queries.counted import read_tallies, responses_in
from feedback.results.queries.organisations import list_organisations
from feedback.results.queries.selecting import in_scope
from feedback.results.scope import Scope
from feedback.surveys.dimensions import DIMENSIONS


def read_organisations(scope: Scope, organisation_id: int | None) -> Reading:
    """Read the values of organisations.KEYS for the organisations of the scope, or for one."""
    rows = list_rows(scope)
    if organisation_id is not None:
        rows = [row for row in rows if row.id == organisation_id]
    return Reading(count_organisations(scope, organisation_id), iter(map(cells, rows)))


def count_organisations(scope: Scope, organisation_id: int | None) -> int:
    """Count the organisations of a scope: asked in the campaign, or all not archived."""
    statement = select(func.count(Organisation.id)).where(*in_scope(scope))
    if organisation_id is not None:
        statement = statement.where(Organisation.id == organisation_id)
    if scope.campaign_id is None:
        return count(statement)
    asked = (
        select(way.organisation_id).where(way.campaign_id == scope.campaign_id)
        for way in (Invitation, PublicLink)
    )
    return count(statement.where(Organisation.id.in_(union(*asked))))


def list_rows(scope: Scope) -> list[OrganisationRow]:
    """Return the organisations of the scope with the figures that pages show, by name."""
    tallies = read_tallies(scope)
    details = {row.id: row for row in db.session.execute(_details())}
    last = {row.organisation_id: row.last for row in db.session.execute(_last(scope))}
    rows = [
        OrganisationRow(
            id=known.id,
            name=known.name,
            kind=details[known.id].kind,
            segment=details[known.id].segment,
            owner=details[known.id].owner,
            yearly_value=details[known.id].yearly_value,
            persons=known.persons,
            index=tallies.account_score("index", known.id),
            dimensions={key: tallies.account_score(key, known.id) for key in DIMENSIONS},
            recommendation=tallies.account_recommendation(known.id),
            last_answer=last.get(known.id),
        )
        for known in list_organisations(scope)
    ]
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def _details() -> Any:
    owner = func.coalesce(func.nullif(User.name, ""), User.email, "").label("owner")
    return select(
        Organisation.id,
        Organisation.kind,
        Organisation.segment,
        Organisation.yearly_value,
        owner,
    ).outerjoin(User, User.id == Organisation.owner_id)


def _last(scope: Scope) -> Any:
    return (
        select(ScoredResponse.organisation_id, func.max(ScoredResponse.submitted_at).label("last"))
        .join(Campaign, Campaign.id == ScoredResponse.campaign_id)
        .where(*responses_in(scope))
        .group_by(ScoredResponse.organisation_id)
    )
