"""Look up who wants summaries by mail, for whom one is due, and what it is to tell.

A mail is written inside the transaction that takes it in hand, and on SQLite nobody else can
save anything meanwhile. So the worker reads the figures before it queues the mails, without
holding up anybody, and keeps them for some minutes: many people's summaries speak of the same
organisations.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import ColumnElement, exists, func, or_, select

from feedback.analytics.models import ScoredResponse
from feedback.auth.models import User
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation, TeamMember
from feedback.results.digests.due import RHYTHMS, tick
from feedback.results.digests.models import DigestChoice
from feedback.results.kept.queries import find_kept, find_peers, is_large
from feedback.results.overview import Overview, overview
from feedback.results.queries.counted import responses_in
from feedback.results.queries.pages import read_summary
from feedback.results.queries.selecting import in_scope
from feedback.results.scope import Scope, Selection

# A tick settled so far ahead of the clock was settled by a clock that ran wrong.
AHEAD = timedelta(days=2)
# So long what was read for the mails of one tick is new enough.
FRESH = timedelta(minutes=10)

# Whose organisations → when they were read, and their summary.
ReadAhead = dict[Selection, tuple[datetime, Overview]]


def find_rhythm(user_id: int) -> str | None:
    """Return how often this person wants the summary by mail, None for never."""
    return db.session.scalar(select(DigestChoice.rhythm).where(DigestChoice.user_id == user_id))


def anybody_due(now: datetime, zone: ZoneInfo) -> bool:
    """Say whether a summary mail is to be queued."""
    return bool(db.session.scalar(select(exists().where(_due(now, zone)))))


def list_due_people(now: datetime, zone: ZoneInfo, limit: int) -> list[int]:
    """Return for whom a mail is to be queued, without locking anything."""
    due = select(DigestChoice.user_id).where(_due(now, zone)).order_by(DigestChoice.user_id)
    return list(db.session.scalars(due.limit(limit)))


def list_due(now: datetime, zone: ZoneInfo, limit: int) -> list[tuple[DigestChoice, User]]:
    """Return whose mail is to be queued; on PostgreSQL the rows are locked for the caller."""
    rows = db.session.execute(
        select(DigestChoice, User)
        .join(User, User.id == DigestChoice.user_id)
        .where(_due(now, zone))
        .order_by(DigestChoice.user_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=DigestChoice)
    )
    return [(choice, user) for choice, user in rows]


def _due(now: datetime, zone: ZoneInfo) -> ColumnElement[bool]:
    wrong = DigestChoice.settled > now + AHEAD
    ticks = [
        (DigestChoice.rhythm == rhythm) & (DigestChoice.settled < tick(rhythm, now, zone))
        for rhythm in RHYTHMS
    ]
    return or_(wrong, *ticks)


def selection_of(user_id: int) -> Selection:
    """Return the organisations a person answers for: owned, else as a team's member, else all."""
    active = Organisation.archived_at.is_(None)
    if db.session.scalar(select(exists().where(Organisation.owner_id == user_id, active))):
        return Selection(owner_id=user_id)
    member = TeamMember.organisation_id == Organisation.id
    if db.session.scalar(select(exists().where(TeamMember.user_id == user_id, member, active))):
        return Selection(team_id=user_id)
    return Selection()


def count_new(scope: Scope, since: datetime) -> int:
    """Count the responses of a scope that were sent after an instant."""
    statement = (
        select(func.count())
        .select_from(ScoredResponse)
        .join(Campaign, Campaign.id == ScoredResponse.campaign_id)
        .join(Organisation, Organisation.id == ScoredResponse.organisation_id)
        .where(*responses_in(scope), *in_scope(scope), ScoredResponse.submitted_at > since)
    )
    return db.session.scalar(statement) or 0


def read_ahead(scope: Scope) -> None:
    """Read the summary of a scope, unless it is fresh, and keep it for mails written soon."""
    now, known = scope.until, _known()
    if _find_fresh(scope.selection, now):
        return
    for selection in list(known):
        if _find_fresh(selection, now) is None:
            known.pop(selection, None)
    known[scope.selection] = now, _summary(scope)


def summary_of(scope: Scope) -> Overview:
    """Return the summary of a scope, as it was read ahead or else as it is now."""
    return _find_fresh(scope.selection, scope.until) or _summary(scope)


def _known() -> ReadAhead:
    known: ReadAhead = current_app.extensions.setdefault("kesan-digests", {})
    return known


def _find_fresh(selection: Selection, now: datetime) -> Overview | None:
    read_at, found = _known().get(selection, (now, None))
    return found if abs(now - read_at) < FRESH else None


def _summary(scope: Scope) -> Overview:
    is_kept = is_large()
    kept = find_kept(scope) if is_kept else None
    if kept:
        return kept.summary
    return overview(read_summary(scope, find_peers(scope) if is_kept else None))
