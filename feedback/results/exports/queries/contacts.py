"""Reads people and how far they were asked, in one campaign or in all."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, select

from feedback.campaigns.models import Campaign, Invitation
from feedback.campaigns.queries import INVITATION
from feedback.organisations.models import Contact, Organisation
from feedback.outbox.models import Mail
from feedback.outbox.states import MailState
from feedback.results.exports.contacts import stage, state
from feedback.results.exports.orders import Wanted
from feedback.results.exports.queries.reading import NAMING, Reading, count, narrowed, stream


def read_contacts(order: Wanted) -> Reading:
    """Read the values of contacts.KEYS: everybody invited in the campaign, or everybody.

    Without a campaign, only invitations to campaigns that may name people are told of.
    """
    campaign_id = order.campaign_id
    asked, conditions = _asked(campaign_id), narrowed(Contact.organisation_id, order)
    statement = select(*_columns(asked)).join(
        Organisation, Organisation.id == Contact.organisation_id
    )
    statement = statement.join(
        asked, asked.c.contact_id == Contact.id, isouter=campaign_id is None
    ).where(*conditions)
    ordered = statement.order_by(
        func.lower(Organisation.name), func.lower(Contact.name), Contact.id
    )
    return Reading(count(_counting(campaign_id, conditions)), _rows(ordered))


def _counting(campaign_id: int | None, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    if campaign_id is None:
        return select(func.count(Contact.id)).where(*conditions)
    return (
        select(func.count(Invitation.contact_id.distinct()))
        .join(Contact, Contact.id == Invitation.contact_id)
        .where(Invitation.campaign_id == campaign_id, *conditions)
    )


def _columns(asked: Subquery) -> Sequence[Any]:
    return (
        *(Contact.id, Contact.name, Contact.email, Organisation.id, Organisation.name),
        *(Organisation.kind, Organisation.segment, Contact.role, Contact.weight),
        *(Contact.language, Contact.external_id),
        *(Contact.unsubscribed_at, Contact.bounced_at, Contact.archived_at),
        *(func.coalesce(asked.c[name], 0) for name in ("invitations", "answers", "kept")),
        *(func.coalesce(asked.c[name], 0) for name in ("accepted", "bounced", "lost")),
        *(asked.c[name] for name in ("asked_at", "started_at", "answered_at")),
    )


def _asked(campaign_id: int | None) -> Subquery:
    """Fold the invitations of each person to one row."""
    mails = _mails()
    wanted = (
        Campaign.confidentiality.in_(NAMING)
        if campaign_id is None
        else Invitation.campaign_id == campaign_id
    )
    kept = case((Invitation.withdrawn_at.is_(None), 1), else_=0)
    return (
        select(
            Invitation.contact_id,
            func.count(Invitation.id).label("invitations"),
            func.count(Invitation.answered_at).label("answers"),
            func.sum(kept).label("kept"),
            *(func.max(mails.c[name]).label(name) for name in ("accepted", "bounced", "lost")),
            func.max(Invitation.created_at).label("asked_at"),
            func.max(Invitation.started_at).label("started_at"),
            func.max(Invitation.answered_at).label("answered_at"),
        )
        .join(Campaign, Campaign.id == Invitation.campaign_id)
        .outerjoin(mails, mails.c.ref == Invitation.id)
        .where(wanted)
        .group_by(Invitation.contact_id)
        .subquery()
    )


def _mails() -> Subquery:
    def any_in(name: str, *states: MailState) -> Any:
        return func.max(case((Mail.state.in_(states), 1), else_=0)).label(name)

    return (
        select(
            Mail.ref,
            any_in("accepted", MailState.SENT),
            any_in("bounced", MailState.BOUNCED),
            any_in("lost", MailState.FAILED, MailState.UNKNOWN),
        )
        .where(Mail.kind == INVITATION)
        .group_by(Mail.ref)
        .subquery()
    )


def _rows(statement: Select[Any]) -> Iterator[Sequence[Any]]:
    for row in stream(statement):
        known, (unsubscribed, bounced, archived) = row[:11], row[11:14]
        invitations, answers, kept, *mails = (int(each) for each in row[14:20])
        asked_at, started_at, answered_at = row[20:]
        reached = stage(
            invitations,
            answered=answered_at,
            started=started_at,
            kept=kept,
            mails=(mails[0], mails[1], mails[2]),
        )
        yield [
            *(*known, state(archived, unsubscribed, bounced), reached, invitations, answers),
            *(asked_at, started_at, answered_at, unsubscribed, bounced, archived),
        ]
