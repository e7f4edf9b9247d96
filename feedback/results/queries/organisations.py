"""The organisations of a scope, and what stands about one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.orm import aliased

from feedback.analytics.measures import PEOPLE
from feedback.analytics.models import ROLLUPS, ScoredResponse
from feedback.auth.models import User
from feedback.campaigns.models import Campaign, Invitation, PublicLink
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.results.account import CONTACTS_SHOWN, Person
from feedback.results.listing import Known
from feedback.results.queries.counted import responses_in
from feedback.results.queries.invitations import within
from feedback.results.queries.selecting import in_scope
from feedback.results.scope import Scope

_SUMS = ROLLUPS["agg_measure"].c


@dataclass(frozen=True, slots=True)
class Profile:
    """An organisation with the names of its owner and of the one it belongs to."""

    organisation: Organisation
    owner: str
    parent: str


def list_organisations(scope: Scope, ids: Sequence[int] | None = None) -> list[Known]:
    """Return the organisations asked in the campaign, or all of the portfolio, by id.

    Where `ids` are given, only those of them.
    """
    people = (
        select(_SUMS.organisation_id, _SUMS.n)
        .where(_SUMS.scope == scope.key, _SUMS.measure == PEOPLE)
        .subquery()
    )
    statement = (
        select(
            Organisation.id,
            Organisation.name,
            func.coalesce(people.c.n, 0),
            Organisation.yearly_value,
            Organisation.segment,
        )
        .outerjoin(people, people.c.organisation_id == Organisation.id)
        .where(*in_scope(scope))
        .order_by(Organisation.id)
    )
    if ids is not None:
        return [
            Known(*row) for row in db.session.execute(statement.where(Organisation.id.in_(ids)))
        ]
    if scope.campaign_id is not None:
        asked = exists().where(
            Invitation.campaign_id == scope.campaign_id,
            Invitation.organisation_id == Organisation.id,
        )
        collected = exists().where(
            PublicLink.campaign_id == scope.campaign_id,
            PublicLink.organisation_id == Organisation.id,
        )
        statement = statement.where(asked | collected)
    return [Known(*row) for row in db.session.execute(statement)]


def count_selected(scope: Scope) -> int:
    """Count the organisations that a scope takes in, with answers or without."""
    statement = select(func.count()).select_from(Organisation).where(*in_scope(scope))
    return db.session.scalar(statement) or 0


def find_span(scope: Scope) -> tuple[datetime | None, datetime | None]:
    """Return when the first and the last answer of a scope was sent."""
    sent = ScoredResponse.submitted_at
    span = _responses(select(func.min(sent), func.max(sent)), scope).where(*in_scope(scope))
    first, last = db.session.execute(span).one()
    return first, last


def last_answers(scope: Scope, organisation_ids: Sequence[int]) -> dict[int, datetime]:
    """Return organisation id → when its last answer of the scope was sent."""
    where = ScoredResponse.organisation_id
    rows = db.session.execute(
        _responses(select(where, func.max(ScoredResponse.submitted_at)), scope)
        .where(where.in_(organisation_ids))
        .group_by(where)
    )
    return {row[0]: row[1] for row in rows}


def count_reach(scope: Scope) -> tuple[int, int]:
    """Count the decision makers of the scope's organisations: who answered, and all."""
    answered = exists(
        _responses(select(ScoredResponse.response_id), scope).where(
            ScoredResponse.contact_id == Contact.id
        )
    )
    row = db.session.execute(
        select(func.sum(case((answered, 1), else_=0)), func.count())
        .select_from(Contact)
        .join(Organisation, Organisation.id == Contact.organisation_id)
        .where(
            Contact.weight == "decision_maker",
            Contact.archived_at.is_(None),
            *in_scope(scope),
            *_asked(scope),
        )
    ).one()
    return int(row[0] or 0), row[1]


def _asked(scope: Scope) -> list[ColumnElement[bool]]:
    if scope.campaign_id is None:
        return []
    own = Invitation.contact_id == Contact.id
    return [exists().where(own, Invitation.campaign_id == scope.campaign_id)]


def _responses(statement: Any, scope: Scope) -> Select[Any]:
    conditions = responses_in(scope)
    if scope.campaign_id is None:
        # In this form no index of times is of use: it would lead through everybody's answers.
        conditions = [case((and_(*conditions), 1), else_=0) == 1]
    return (
        statement.select_from(ScoredResponse)
        .join(Campaign, Campaign.id == ScoredResponse.campaign_id)
        .join(Organisation, Organisation.id == ScoredResponse.organisation_id)
        .where(*conditions)
    )


def find_profile(organisation_id: int) -> Profile | None:
    """Return the organisation with the names around it, or None."""
    parent = aliased(Organisation)
    row = db.session.execute(
        select(Organisation, func.coalesce(User.name, ""), func.coalesce(parent.name, ""))
        .outerjoin(User, Organisation.owner_id == User.id)
        .outerjoin(parent, Organisation.parent_id == parent.id)
        .where(Organisation.id == organisation_id)
    ).one_or_none()
    return Profile(*row) if row else None


def _answered(scope: Scope, organisation_id: int) -> Any:
    who, sent = ScoredResponse.contact_id, func.max(ScoredResponse.submitted_at).label("at")
    own = ScoredResponse.organisation_id == organisation_id
    return _responses(select(who, sent), scope).where(own).group_by(who).subquery()


def list_people(scope: Scope, organisation_id: int) -> list[Person]:
    """Return the contacts with what they were asked and answered, those who decide first."""
    answered = _answered(scope, organisation_id)
    asked = (
        select(Invitation.contact_id, func.max(Invitation.created_at).label("at"))
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(*within(scope, organisation_id))
    )
    invited = asked.group_by(Invitation.contact_id).subquery()
    rows = db.session.execute(
        select(
            Contact.id,
            Contact.name,
            Contact.role,
            Contact.weight,
            invited.c.at,
            answered.c.at,
            Contact.unsubscribed_at.isnot(None),
            Contact.bounced_at.isnot(None),
        )
        .outerjoin(invited, invited.c.contact_id == Contact.id)
        .outerjoin(answered, answered.c.contact_id == Contact.id)
        .where(Contact.organisation_id == organisation_id, Contact.archived_at.is_(None))
        .order_by(Contact.weight, Contact.name, Contact.id)
        .limit(CONTACTS_SHOWN)
    )
    return [Person(*row) for row in rows]


def count_coverage(scope: Scope, organisation_id: int) -> dict[str, tuple[int, int]]:
    """Count by decision weight the contacts who answered and all contacts."""
    answered = _answered(scope, organisation_id)
    rows = db.session.execute(
        select(Contact.weight, func.count(answered.c.contact_id), func.count())
        .select_from(Contact)
        .outerjoin(answered, answered.c.contact_id == Contact.id)
        .where(Contact.organisation_id == organisation_id, Contact.archived_at.is_(None))
        .group_by(Contact.weight)
    )
    return {weight: (some, everybody) for weight, some, everybody in rows}
