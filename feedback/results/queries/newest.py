"""The comments that were sent last."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select, tuple_

from feedback.analytics.models import ScoredResponse
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.explorer.facets import first_arrival
from feedback.results.explorer.models import ReviewEntry
from feedback.results.queries.comments import read, reviews
from feedback.results.queries.selecting import in_scope, joint_campaigns
from feedback.results.scope import Scope
from feedback.results.voices import Review
from feedback.sentiment.models import CommentAnalysis

# So many entries of the index are looked at, one lot after the other.
STEPS = (64, 512, 4096)


def list_newest(scope: Scope, limit: int) -> list[Review]:
    """Return the comments of a scope sent last, newest first.

    The index of reviews lies in the order of arrival: it is read backwards until enough fit.
    """
    keys = _newest_keys(scope, limit)
    own = tuple_(CommentAnalysis.response_id, CommentAnalysis.question)
    listed = read(reviews().where(own.in_(keys)))
    found = {(each.response_id, each.question): each for each in listed}
    return [found[key] for key in keys if key in found]


def _newest_keys(scope: Scope, limit: int) -> list[tuple[int, str]]:
    first, at = _arrivals(scope)
    keys: list[tuple[int, str]] = []
    for size in () if scope.selection.ids is not None else STEPS:
        step = (
            select(ReviewEntry.arrival, ReviewEntry.response_id, ReviewEntry.question)
            .where(ReviewEntry.arrival >= first, ReviewEntry.arrival < at)
            .order_by(ReviewEntry.arrival.desc())
            .limit(size)
        )
        entries = db.session.execute(step).all()
        fitting = _fitting(scope, {row.response_id for row in entries})
        keys += [(row.response_id, row.question) for row in entries if row.response_id in fitting]
        if len(keys) >= limit or len(entries) < size:
            return keys[:limit]
        at = entries[-1].arrival
    # Few of all fit: they are found by their organisations, and then sorted.
    rest = (
        select(ReviewEntry.response_id, ReviewEntry.question)
        .join(Organisation, Organisation.id == ReviewEntry.organisation_id)
        .join(ScoredResponse, ScoredResponse.response_id == ReviewEntry.response_id)
        .where(*in_scope(scope), *_in_period(scope), ReviewEntry.arrival < at)
        .order_by((ReviewEntry.arrival + 0).desc())
        .limit(limit - len(keys))
    )
    return [*keys, *((row.response_id, row.question) for row in db.session.execute(rest))]


def _arrivals(scope: Scope) -> tuple[int, int]:
    """Return between which arrivals, the last one left out, the comments of a scope lie."""
    since, until = scope.since, scope.until
    if scope.campaign_id is not None:
        sent = func.min(ScoredResponse.submitted_at), func.max(ScoredResponse.submitted_at)
        own = ScoredResponse.campaign_id == scope.campaign_id
        # One by one each end is found in the index at once.
        ends = [select(each).where(own).scalar_subquery() for each in sent]
        since, until = (each or scope.since for each in db.session.execute(select(*ends)).one())
    return first_arrival(since), first_arrival(until + timedelta(milliseconds=1))


def _fitting(scope: Scope, response_ids: Collection[int]) -> set[int]:
    statement = (
        select(ScoredResponse.response_id)
        .join(Organisation, Organisation.id == ScoredResponse.organisation_id)
        .where(ScoredResponse.response_id.in_(response_ids), *in_scope(scope), *_in_period(scope))
    )
    return set(db.session.scalars(statement))


def _in_period(scope: Scope) -> list[ColumnElement[bool]]:
    if scope.campaign_id is not None:
        return [ScoredResponse.campaign_id == scope.campaign_id]
    sent, named = ScoredResponse.submitted_at, select(Campaign.id).where(joint_campaigns())
    return [sent > scope.since, sent <= scope.until, ScoredResponse.campaign_id.in_(named)]
