"""One page of the invitations behind a response rate, found without judging all the others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)

from feedback.campaigns.models import Campaign, Invitation
from feedback.campaigns.queries import INVITATION
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.outbox.models import Mail
from feedback.outbox.states import OPEN, MailState
from feedback.results.fates import Fate
from feedback.results.invited import Asked, Counted, Found, Invited
from feedback.results.kept.queries import find_kept, is_large
from feedback.results.queries.invitations import count_fates, fate_of
from feedback.results.queries.selecting import in_scope, joint_campaigns, looked_up
from feedback.results.queries.turning import turn
from feedback.results.turning import Place

# Fewer invitations than so many are found by campaign, organisation or mail and then sorted; more
# are taken in order.
SPARSE = 5_000
# Fates that mails tell, one of which is written with every invitation: few are found by them.
_MAILS: Mapping[Fate, tuple[MailState, ...]] = {
    Fate.UNDELIVERABLE: (MailState.BOUNCED,),
    Fate.UNKNOWN: (MailState.FAILED, MailState.UNKNOWN),
    Fate.NOT_ASKED: (*sorted(OPEN), MailState.CANCELLED),
}


def find(asked: Asked, place: Place | None) -> Found:
    """Return the page of invitations that begins at a place, None for the newest.

    Seven queries at most, however many invitations there are.
    """
    few = replace(asked, scope=looked_up(asked.scope))
    counted = _counted(few)
    if not counted.of(*asked.fates):
        return Found(counted)
    page = turn(_rows(few, counted), place)
    return Found(counted, _invited_at(page.keys), page.previous, page.following)


def _counted(asked: Asked) -> Counted:
    """Count the invitations of every fate, whichever is asked for.

    Where there are so many that summaries are kept, these are the numbers of the kept one.
    """
    scope, home = asked.scope, asked.organisation_id
    kept = find_kept(scope) if home is None and is_large() else None
    if kept:
        return Counted(kept.summary.fates, kept.made_at)
    return Counted(dict(count_fates(scope, home)))


def _rows(asked: Asked, counted: Counted) -> Select[datetime, int]:
    """Select time and number of the invitations asked for, by the shortest way to them."""
    own, shortcut = Invitation, _shortcut(asked, counted)
    if shortcut is None:
        statement = select(own.created_at, own.id)
        conditions = _sent_in(asked)
    else:
        # Calculated with, a column's index is out of question: the shortcut leads the way.
        at = func.coalesce(own.created_at, own.created_at, type_=own.created_at.type)
        statement = select(at.label("at"), own.id)
        conditions = [shortcut]
    # As one value: taken for conditions, PostgreSQL would expect next to nothing to fulfil them
    # and judge every invitation there is before it sorts.
    fits = case((and_(*_fitting(asked)), true()), else_=false())
    return statement.where(*conditions, fits)


def _shortcut(asked: Asked, counted: Counted) -> ColumnElement[bool] | None:
    """Give the condition by which few invitations are found, or None where many fit."""
    own, scope = Invitation, asked.scope
    if asked.organisation_id is not None:
        return own.organisation_id == asked.organisation_id
    if scope.selection.ids is not None:
        return own.organisation_id.in_(scope.selection.ids)
    if asked.fate and asked.fate in _MAILS and counted.of(asked.fate) < SPARSE:
        return own.id.in_(_refs_of_mails(_MAILS[asked.fate]))
    if counted.total < SPARSE and scope.campaign_id is not None:
        return own.campaign_id == scope.campaign_id
    if counted.total < SPARSE and not scope.selection.is_all:
        return own.organisation_id.in_(select(Organisation.id).where(*in_scope(scope)))
    return None


def _refs_of_mails(states: Sequence[MailState]) -> CompoundSelect[int]:
    """Select what mails in these states are about, state by state by their index.

    All of them at once would seem many to a database most of whose mails are in one state.
    """
    letters = select(Mail.ref).where(Mail.kind + "" == INVITATION)
    return union_all(*(letters.where(Mail.state == each) for each in states))


def _sent_in(asked: Asked) -> list[ColumnElement[bool]]:
    """Narrow a walk in the order of time to when these invitations were written."""
    at, scope = Invitation.created_at, asked.scope
    if scope.campaign_id is None:
        return [at > scope.since, at <= scope.until]
    own = Campaign.id == scope.campaign_id
    first = select(Campaign.launched_at).where(own).scalar_subquery()
    closed = select(Campaign.closed_at).where(own).scalar_subquery()
    return [at >= first, at <= func.coalesce(closed, scope.until, type_=at.type)]


def _fitting(asked: Asked) -> list[ColumnElement[bool]]:
    """Give all an invitation has to fulfil, what is quickly said first."""
    own, scope, home = Invitation, asked.scope, asked.organisation_id
    joint = own.campaign_id.in_(select(Campaign.id).where(joint_campaigns()))
    conditions: list[ColumnElement[bool]] = [joint]
    if scope.campaign_id is not None:
        conditions.append(own.campaign_id + 0 == scope.campaign_id)
    else:
        conditions += [own.created_at > scope.since, own.created_at <= scope.until]
    if home is not None:
        conditions.append(own.organisation_id == home)
    selected = in_scope(scope, home)
    if selected:
        conditions.append(exists().where(Organisation.id == own.organisation_id, *selected))
    return [*conditions, *_hinted(asked.fate), fate_of().in_(asked.fates)]


def _hinted(fate: Fate | None) -> list[ColumnElement[bool]]:
    """Say of a fate what the invitation alone tells, before anything else is looked up."""
    own = Invitation
    if fate in (Fate.COMPLETE, Fate.PARTIAL):
        return [own.answered_at.is_not(None)]
    if fate is Fate.NOT_ELIGIBLE:
        return [own.withdrawn_at.is_not(None)]
    if fate is Fate.REFUSED:
        opted_out = exists().where(
            Contact.id == own.contact_id, Contact.unsubscribed_at.is_not(None)
        )
        return [or_(own.started_at.is_not(None), own.answered_at.is_not(None), opted_out)]
    if fate is None:
        return []
    return [own.started_at.is_(None), own.withdrawn_at.is_(None)]


def _invited_at(invitation_ids: Sequence[int]) -> list[Invited]:
    """Return these invitations, in this order."""
    own = Invitation
    rows = db.session.execute(
        select(
            own.id,
            own.created_at,
            own.started_at,
            own.answered_at,
            Contact.name,
            Contact.role,
            Contact.weight,
            own.organisation_id,
            Organisation.name,
            own.campaign_id,
            Campaign.name,
            fate_of(),
        )
        .select_from(own)
        .join(Contact, Contact.id == own.contact_id)
        .join(Organisation, Organisation.id == own.organisation_id)
        .join(Campaign, Campaign.id == own.campaign_id)
        .where(own.id.in_(invitation_ids))
    )
    found = {row[0]: Invited(*tuple(row)) for row in rows}
    return [found[key] for key in invitation_ids if key in found]
