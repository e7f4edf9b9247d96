"""The organisations of a scope, and what stands about one of them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from feedback.auth.models import User
from feedback.campaigns.models import Campaign, Invitation, PublicLink
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.results.account import CONTACTS_SHOWN, Person
from feedback.results.listing import Known
from feedback.results.queries.counted import WAVES_SHOWN, counted
from feedback.results.scope import Scope


@dataclass(frozen=True, slots=True)
class Profile:
    """An organisation with the names of its owner and of the one it belongs to."""

    organisation: Organisation
    owner: str
    parent: str


def list_organisations(scope: Scope) -> list[Known]:
    """Return the organisations asked in the campaign, or all of the portfolio, by id."""
    answers = counted(scope)
    heard = (
        select(
            answers.c.organisation_id,
            # Nobody knows who came by a public link: there each response is a person.
            func.count(
                func.coalesce(answers.c.contact_id, -answers.c.response_id).distinct()
            ).label("persons"),
            func.min(answers.c.submitted_at).label("first"),
            func.max(answers.c.submitted_at).label("last"),
        )
        .group_by(answers.c.organisation_id)
        .subquery()
    )
    statement = (
        select(
            Organisation.id,
            Organisation.name,
            func.coalesce(heard.c.persons, 0),
            heard.c.first,
            heard.c.last,
        )
        .outerjoin(heard, heard.c.organisation_id == Organisation.id)
        .order_by(Organisation.id)
    )
    if scope.campaign_id is None:
        statement = statement.where(Organisation.archived_at.is_(None))
    else:
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
    answers = counted(scope)
    return (
        select(answers.c.contact_id, func.max(answers.c.submitted_at).label("at"))
        .where(answers.c.organisation_id == organisation_id)
        .group_by(answers.c.contact_id)
        .subquery()
    )


def list_people(scope: Scope, organisation_id: int) -> list[Person]:
    """Return the contacts with what they were asked and answered, those who decide first."""
    answered = _answered(scope, organisation_id)
    asked = select(Invitation.contact_id, func.max(Invitation.created_at).label("at")).where(
        Invitation.organisation_id == organisation_id
    )
    if scope.campaign_id is None:
        asked = asked.where(Invitation.created_at > scope.since)
    else:
        asked = asked.where(Invitation.campaign_id == scope.campaign_id)
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


def list_waves(organisation_id: int) -> list[Any]:
    """Return (id, name, launch, invited, answered) of the organisation's latest campaigns."""
    return list(
        db.session.execute(
            select(
                Campaign.id,
                Campaign.name,
                Campaign.launched_at,
                func.count(Invitation.id).label("invited"),
                func.count(Invitation.answered_at).label("answered"),
            )
            .join(Invitation, Invitation.campaign_id == Campaign.id)
            .where(Invitation.organisation_id == organisation_id, Campaign.launched_at.isnot(None))
            .group_by(Campaign.id, Campaign.name, Campaign.launched_at)
            .order_by(Campaign.launched_at.desc(), Campaign.id.desc())
            .limit(WAVES_SHOWN)
        )
    )


def list_launched(limit: int = 12) -> list[Campaign]:
    """Return the campaigns launched last, newest first."""
    return list(
        db.session.scalars(
            select(Campaign)
            .where(Campaign.launched_at.isnot(None))
            .order_by(Campaign.launched_at.desc(), Campaign.id.desc())
            .limit(limit)
        )
    )
