"""What became of the invitations of a scope."""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, func, select

from feedback.analytics.models import ScoredResponse
from feedback.analytics.scores import Completeness
from feedback.campaigns.models import Campaign, Invitation
from feedback.campaigns.queries import INVITATION
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.outbox.models import Mail
from feedback.outbox.states import MailState
from feedback.responses.models import SurveyResponse
from feedback.results.fates import Fate
from feedback.results.queries.selecting import in_scope, joint_campaigns
from feedback.results.scope import Scope


def count_fates(scope: Scope, organisation_id: int | None = None) -> list[tuple[str, int]]:
    """Count the invitations of the scope (of one organisation, if given) by their fate."""
    mails = _mails(scope, organisation_id)
    fate = _fate(mails)
    rows = db.session.execute(
        select(fate, func.count())
        .select_from(Invitation)
        .join(Campaign, Invitation.campaign_id == Campaign.id)
        .join(Contact, Invitation.contact_id == Contact.id)
        .join(Organisation, Invitation.organisation_id == Organisation.id)
        .outerjoin(SurveyResponse, SurveyResponse.invitation_id == Invitation.id)
        .outerjoin(ScoredResponse, ScoredResponse.response_id == SurveyResponse.id)
        .outerjoin(mails, mails.c.ref == Invitation.id)
        .where(*within(scope, organisation_id))
        .group_by(fate)
    )
    return [(name, count) for name, count in rows]


def within(scope: Scope, organisation_id: int | None = None) -> list[ColumnElement[bool]]:
    """Give the conditions on Invitation, Campaign and Organisation that a scope means."""
    conditions = in_scope(scope, organisation_id)
    if organisation_id is not None:
        conditions.append(Invitation.organisation_id == organisation_id)
    if scope.campaign_id is not None:
        return [*conditions, Invitation.campaign_id == scope.campaign_id]
    return [
        *conditions,
        joint_campaigns(),
        Invitation.created_at > scope.since,
        Invitation.created_at <= scope.until,
    ]


def _mails(scope: Scope, organisation_id: int | None) -> Subquery:
    """Fold the mails of each invitation to one row: did any get through, bounce, fail?"""

    def any_in(*states: MailState) -> Any:
        return func.max(case((Mail.state.in_(states), 1), else_=0))

    return (
        select(
            Mail.ref,
            any_in(MailState.SENT).label("sent"),
            any_in(MailState.BOUNCED).label("bounced"),
            any_in(MailState.FAILED, MailState.UNKNOWN).label("lost"),
        )
        .join(Invitation, Mail.ref == Invitation.id)
        .join(Campaign, Invitation.campaign_id == Campaign.id)
        .join(Organisation, Invitation.organisation_id == Organisation.id)
        .where(Mail.kind == INVITATION, *within(scope, organisation_id))
        .group_by(Mail.ref)
        .subquery()
    )


def _fate(mails: Subquery) -> ColumnElement[str]:
    ended = func.coalesce(Campaign.closed_at, Campaign.closes_at)
    opted_out = (Contact.unsubscribed_at >= Invitation.created_at) & (
        Contact.unsubscribed_at <= ended
    )
    sent = ScoredResponse.completeness
    return case(
        (sent == Completeness.COMPLETE.value, Fate.COMPLETE.value),
        (sent == Completeness.PARTIAL.value, Fate.PARTIAL.value),
        (Invitation.withdrawn_at.isnot(None), Fate.NOT_ELIGIBLE.value),
        (sent.isnot(None) | Invitation.started_at.isnot(None) | opted_out, Fate.REFUSED.value),
        (mails.c.bounced == 1, Fate.UNDELIVERABLE.value),
        (mails.c.sent == 1, Fate.NO_ANSWER.value),
        (mails.c.lost == 1, Fate.UNKNOWN.value),
        else_=Fate.NOT_ASKED.value,
    )
