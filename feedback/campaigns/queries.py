"""Look up campaigns, invitations, public links and audiences; count the funnel."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from feedback import clock
from feedback.campaigns.audience import Audience, Headcount
from feedback.campaigns.confidentiality import NAMED
from feedback.campaigns.models import Campaign, Invitation, PublicLink
from feedback.campaigns.states import CampaignState
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.outbox.models import Mail
from feedback.outbox.states import MailState

INVITATION = "invitation"  # the kind of mail an invitation is
# When somebody answered; what came in the moment of closing, or after it, moves no figure.
_IN_TIME = or_(Campaign.closed_at.is_(None), Invitation.answered_at <= Campaign.closed_at)
ANSWERED = case((_IN_TIME, Invitation.answered_at))


@dataclass(frozen=True, slots=True)
class Funnel:
    """People of one campaign by how far they came; each figure contains the next."""

    invited: int
    waiting: int
    delivered: int
    bounced: int
    failed: int
    unknown: int
    cancelled: int
    started: int
    completed: int


def find_campaign(campaign_id: int) -> Campaign | None:
    """Return the campaign, with its questionnaire version, or None."""
    return db.session.get(Campaign, campaign_id, options=[joinedload(Campaign.survey_version)])


def named_campaigns() -> Select[int]:
    """Select the campaigns whose answers may be shown one by one, with names (PRV-08)."""
    return select(Campaign.id).where(Campaign.confidentiality == NAMED)


def find_invitation(token_hash: bytes) -> Invitation | None:
    """Return the invitation of a personal link, with campaign, version and contact, or None."""
    return db.session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == token_hash, Invitation.withdrawn_at.is_(None))
        .options(
            joinedload(Invitation.campaign).joinedload(Campaign.survey_version),
            joinedload(Invitation.contact).joinedload(Contact.organisation),
        )
    )


def get_invitation(invitation_id: int) -> Invitation:
    """Return an invitation with all a letter needs; LookupError if there is none."""
    invitation = db.session.get(
        Invitation,
        invitation_id,
        options=[
            joinedload(Invitation.campaign).joinedload(Campaign.survey_version),
            joinedload(Invitation.contact).joinedload(Contact.organisation),
        ],
    )
    if invitation is None:
        raise LookupError(invitation_id)
    return invitation


def find_link(campaign_id: int, link_id: int) -> PublicLink | None:
    """Return a link of this very campaign, withdrawn or not, with all a page needs, or None."""
    return db.session.scalar(
        _links().where(PublicLink.campaign_id == campaign_id, PublicLink.id == link_id)
    )


def find_link_by_hash(token_hash: bytes) -> PublicLink | None:
    """Return the link in use with this hash, with campaign, version and unit, or None."""
    return db.session.scalar(
        _links().where(PublicLink.token_hash == token_hash, PublicLink.withdrawn_at.is_(None))
    )


def list_links(campaign_id: int, withdrawn: bool = False) -> list[PublicLink]:
    """Return the campaign's links in use (or those withdrawn), by place, with their units."""
    gone = PublicLink.withdrawn_at
    return list(
        db.session.scalars(
            _links()
            .where(
                PublicLink.campaign_id == campaign_id,
                gone.is_not(None) if withdrawn else gone.is_(None),
            )
            .order_by(func.lower(PublicLink.place), PublicLink.channel, PublicLink.id)
        )
    )


def _links() -> Select[PublicLink]:
    return select(PublicLink).options(
        joinedload(PublicLink.campaign).joinedload(Campaign.survey_version),
        joinedload(PublicLink.organisation),
    )


def list_units() -> list[tuple[int, str, str]]:
    """Return (id, name, kind) of organisations that answers can count for, our own units first."""
    ours = case((Organisation.kind == "internal", 0), else_=1)
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, Organisation.kind)
        .where(Organisation.archived_at.is_(None))
        .order_by(ours, func.lower(Organisation.name), Organisation.id)
    )
    return [(id_, name, kind) for id_, name, kind in rows]


def funnel(campaign_id: int) -> Funnel:
    """Count the people of a campaign by how far their mail and their answer came."""
    state = Mail.state
    row = db.session.execute(
        select(
            func.count(Invitation.id),
            *(
                func.sum(case((state == wanted, 1), else_=0))
                for wanted in (
                    MailState.SENT,
                    MailState.BOUNCED,
                    MailState.FAILED,
                    MailState.UNKNOWN,
                    MailState.CANCELLED,
                )
            ),
            func.count(Invitation.started_at),
            func.count(ANSWERED),
        )
        .select_from(Invitation)
        .join(Campaign, Invitation.campaign_id == Campaign.id)
        .outerjoin(Mail, (Mail.kind == INVITATION) & (Mail.ref == Invitation.id))
        .where(Invitation.campaign_id == campaign_id)
    ).one()
    invited, sent, bounced, failed, unknown, cancelled, started, completed = (n or 0 for n in row)
    waiting = invited - sent - bounced - failed - unknown - cancelled
    return Funnel(invited, waiting, sent, bounced, failed, unknown, cancelled, started, completed)


def headcount(audience: Audience, now: datetime, campaign_id: int | None = None) -> Headcount:
    """Count whom a launch would write to, and by reason whom it would not."""
    unsubscribed, bounced = Contact.unsubscribed_at.isnot(None), Contact.bounced_at.isnot(None)
    reason = case(
        (unsubscribed, "unsubscribed"),
        (bounced, "bounced"),
        (_asked_since(audience, now, campaign_id), "rested"),
        else_="",
    )
    rows = db.session.execute(
        _fitting(select(reason, Contact.language, func.count()), audience).group_by(
            reason, Contact.language
        )
    ).all()
    by_reason: dict[str, int] = {}
    by_language: dict[str, int] = {}
    for why, language, count in rows:
        by_reason[why] = by_reason.get(why, 0) + count
        if not why:
            by_language[language] = by_language.get(language, 0) + count
    return Headcount(
        fitting=sum(by_reason.values()),
        unsubscribed=by_reason.get("unsubscribed", 0),
        bounced=by_reason.get("bounced", 0),
        rested=by_reason.get("rested", 0),
        by_language=dict(sorted(by_language.items())),
    )


def is_launching() -> bool:
    """Say whether invitations are still to be written."""
    waiting = select(Campaign.id).where(Campaign.state == CampaignState.LAUNCHING).limit(1)
    return db.session.scalar(waiting) is not None


def is_overdue() -> bool:
    """Say whether a campaign's closing date has passed and it is still open."""
    return db.session.scalar(overdue(clock.now()).limit(1)) is not None


def overdue(now: datetime) -> Select[Campaign]:
    """Return the statement that selects open campaigns whose closing date has passed."""
    return select(Campaign).where(
        Campaign.state.in_([CampaignState.RUNNING, CampaignState.PAUSED]),
        Campaign.closes_at <= now,
    )


def next_to_invite(campaign: Campaign, now: datetime, limit: int) -> list[Any]:
    """Return (contact id, organisation id, address, language) of people still to be invited."""
    audience = Audience.from_data(campaign.audience)
    invited = exists().where(
        Invitation.campaign_id == campaign.id, Invitation.contact_id == Contact.id
    )
    columns = select(Contact.id, Contact.organisation_id, Contact.email, Contact.language)
    statement = _fitting(columns, audience).where(
        Contact.unsubscribed_at.is_(None),
        Contact.bounced_at.is_(None),
        Contact.created_at <= (campaign.launched_at or now),  # the count was typed for these
        ~_asked_since(audience, now, campaign.id),
        ~invited,
    )
    return list(db.session.execute(statement.order_by(Contact.id).limit(limit)))


def _fitting(statement: Any, audience: Audience) -> Any:
    statement = statement.join(Organisation, Contact.organisation_id == Organisation.id).where(
        Contact.archived_at.is_(None), Organisation.archived_at.is_(None)
    )
    if audience.kinds:
        statement = statement.where(Organisation.kind.in_(audience.kinds))
    if audience.segments:
        statement = statement.where(Organisation.segment.in_(audience.segments))
    if audience.weights:
        statement = statement.where(Contact.weight.in_(audience.weights))
    return statement


def _asked_since(audience: Audience, now: datetime, campaign_id: int | None) -> ColumnElement[bool]:
    asked = exists().where(
        Invitation.contact_id == Contact.id,
        Invitation.created_at > now - timedelta(days=audience.rest_days),
    )
    if campaign_id is not None:
        asked = asked.where(Invitation.campaign_id != campaign_id)
    return asked
