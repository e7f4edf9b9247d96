"""Say in the database which organisations a scope takes in."""

from dataclasses import replace

from sqlalchemy import ColumnElement, Select, exists, select

from feedback.analytics.queries import joint_campaigns
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation, TeamMember
from feedback.results.scope import Scope, Selection
from feedback.surveys.queries import mirror_versions

__all__ = ["in_scope", "joint_campaigns", "looked_up", "mirror_campaigns", "selected"]

FEW = 250


def selected(selection: Selection) -> list[ColumnElement[bool]]:
    """Give the conditions on Organisation that a selection means."""
    if selection.ids is not None:
        return [Organisation.id.in_(selection.ids)]
    conditions: list[ColumnElement[bool]] = []
    if selection.kind:
        conditions.append(Organisation.kind == selection.kind)
    if selection.segment:
        conditions.append(Organisation.segment == selection.segment)
    if selection.owner_id is not None:
        conditions.append(Organisation.owner_id == selection.owner_id)
    if selection.team_id is not None:
        member = exists().where(
            TeamMember.organisation_id == Organisation.id,
            TeamMember.user_id == selection.team_id,
        )
        conditions.append(member)
    return conditions


def looked_up(scope: Scope) -> Scope:
    """Return the scope with the numbers of its selected organisations, if these are few.

    Named one by one no plan goes wrong: neither database knows that an owner has few.
    """
    if scope.selection.is_all or scope.selection.ids is not None:
        return scope
    own = select(Organisation.id).where(*selected(scope.selection)).order_by(Organisation.id)
    ids = tuple(db.session.scalars(own.limit(FEW + 1)))
    return scope.of(replace(scope.selection, ids=ids)) if len(ids) <= FEW else scope


def in_scope(scope: Scope, organisation_id: int | None = None) -> list[ColumnElement[bool]]:
    """Give the conditions on Organisation that a scope means.

    Archived ones stay in their waves and on their own page (`organisation_id`).
    """
    conditions = selected(scope.selection)
    if scope.campaign_id is None and organisation_id is None:
        conditions.append(Organisation.archived_at.is_(None))
    return conditions


def mirror_campaigns() -> Select[int]:
    """Select the campaigns in which our own team guesses what clients will say."""
    return select(Campaign.id).where(Campaign.survey_version_id.in_(mirror_versions()))
