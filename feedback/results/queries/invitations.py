"""What became of the invitations of a scope."""

from sqlalchemy import ColumnElement, ScalarSelect, case, exists, func, select

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
    ended = (
        select(_fate().label("fate"))
        .select_from(Invitation)
        .join(Campaign, Invitation.campaign_id == Campaign.id)
        .join(Contact, Invitation.contact_id == Contact.id)
        .join(Organisation, Invitation.organisation_id == Organisation.id)
        .outerjoin(SurveyResponse, SurveyResponse.invitation_id == Invitation.id)
        .outerjoin(ScoredResponse, ScoredResponse.response_id == SurveyResponse.id)
        .where(*within(scope, organisation_id))
        .subquery()
    )
    fate = ended.c.fate
    rows = db.session.execute(select(fate, func.count()).group_by(fate))
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


def fate_of() -> ScalarSelect[str]:
    """Select what became of the invitation of the statement this stands in."""
    return (
        select(_fate())
        .select_from(Campaign)
        .join(Contact, Contact.id == Invitation.contact_id)
        .outerjoin(SurveyResponse, SurveyResponse.invitation_id == Invitation.id)
        .outerjoin(ScoredResponse, ScoredResponse.response_id == SurveyResponse.id)
        .where(Campaign.id == Invitation.campaign_id)
        .correlate(Invitation)
        .scalar_subquery()
    )


def _any_mail(*states: MailState) -> ColumnElement[bool]:
    """Say whether a mail of the invitation is in one of these states.

    Looked up one by one: joined and folded it takes minutes where PostgreSQL has no statistics
    of the mails yet.
    """
    own = Mail.ref == Invitation.id
    return (
        exists().where(Mail.kind == INVITATION, own, Mail.state.in_(states)).correlate(Invitation)
    )


def _fate() -> ColumnElement[str]:
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
        (_any_mail(MailState.BOUNCED), Fate.UNDELIVERABLE.value),
        (_any_mail(MailState.SENT), Fate.NO_ANSWER.value),
        (_any_mail(MailState.FAILED, MailState.UNKNOWN), Fate.UNKNOWN.value),
        else_=Fate.NOT_ASKED.value,
    )
