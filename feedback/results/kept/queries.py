"""Find kept summaries, and what tells whether one is still true."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from feedback import clock
from feedback.analytics.models import ROLLUPS
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.organisations.kinds import ORGANISATION_KINDS
from feedback.organisations.models import Contact, Organisation
from feedback.organisations.queries import list_segments
from feedback.results import scope as scopes
from feedback.results.kept.codec import decode
from feedback.results.kept.models import KeptOrder, KeptSummary
from feedback.results.kept.orders import Order, order_from
from feedback.results.kept.pace import LARGE_FROM, WAVES, key_of, selections
from feedback.results.overview import Overview
from feedback.results.peers import Peers
from feedback.results.quality import QualityFacts
from feedback.results.queries.selecting import joint_campaigns
from feedback.results.queries.waves import list_years
from feedback.results.scope import Scope
from feedback.sentiment.models import CommentAnalysis, CommentCorrection

_SUMS = ROLLUPS["agg_measure"].c
TELLING = ("people", "index", "csat")


@dataclass(frozen=True, slots=True)
class Kept:
    """A summary as it was when it was made."""

    summary: Overview
    made_at: datetime
    quality: QualityFacts | None


def is_large() -> bool:
    """Say whether there are so many organisations that summaries are kept."""
    beyond = select(Organisation.id).offset(LARGE_FROM).limit(1)
    return db.session.scalar(beyond) is not None


def find_kept(scope: Scope) -> Kept | None:
    """Return the kept summary of a scope and selection, or None."""
    key = key_of(scope)
    if key is None:
        return None
    columns = (KeptSummary.summary, KeptSummary.made_at, KeptSummary.quality)
    row = db.session.execute(select(*columns).where(KeptSummary.key == key)).one_or_none()
    return Kept(decode(row[0]), row[1], decode(row[2])) if row else None


def find_order(scope: Scope, sort: str) -> Order:
    """Return the order of a kept summary's organisations; empty if there is none."""
    statement = select(KeptOrder.ids, KeptOrder.silent).where(
        KeptOrder.key == key_of(scope), KeptOrder.sort == sort
    )
    row = db.session.execute(statement).one_or_none()
    return order_from(*row) if row else Order((), 0)


def find_peers(scope: Scope) -> Peers | None:
    """Return what an organisation's figures borrow from all others of the scope, if kept."""
    key = key_of(scope.of(scopes.Selection()))
    rows = db.session.execute(
        select(KeptSummary.key, KeptSummary.peers).where(KeptSummary.key.in_([key, WAVES]))
    )
    found = {each: decode(peers) for each, peers in rows}
    if len(found) < 2:
        return None
    by_wave: Peers = found[WAVES]
    return replace(found[key], index_by_wave=by_wave.index_by_wave, spreads=by_wave.spreads)


def list_wanted() -> list[tuple[str, Scope]]:
    """Return every scope and selection whose summary is to be kept, the most read first."""
    now = clock.now()
    recent = scopes.portfolio(now)
    selected = selections(ORGANISATION_KINDS, list_segments(active_only=True))
    found = [recent.of(each) for each in selected]
    waves = db.session.execute(
        select(Campaign.id, Campaign.launched_at)
        .where(joint_campaigns(), Campaign.launched_at.isnot(None))
        .order_by(Campaign.launched_at.desc(), Campaign.id.desc())
    )
    whole = [scopes.wave(campaign_id, launched, now) for campaign_id, launched in waves]
    whole += [scopes.in_year(year) for year in list_years()]
    found[1:1] = whole
    single = [each for each in selected if bool(each.kind) != bool(each.segment)]
    found += [scope.of(each) for scope in whole for each in single]
    kept = [(key, each) for each in found if (key := key_of(each)) is not None]
    return [kept[0], (WAVES, recent), *kept[1:]]


def list_known() -> dict[str, tuple[datetime, float]]:
    """Return key → when a kept summary was last looked at, and how long it took to make."""
    rows = db.session.execute(select(KeptSummary.key, KeptSummary.checked_at, KeptSummary.seconds))
    return {key: (checked_at, seconds) for key, checked_at, seconds in rows}


def stamp_of(scope: Scope) -> str:
    """Return a mark of everything a summary is made of; another one, if anything has changed.

    While a campaign of the scope takes answers its mails move as well, so the time is part of it.
    """
    sums = db.session.execute(
        select(func.count(), func.sum(_SUMS.n), func.sum(_SUMS.s1), func.sum(_SUMS.s2)).where(
            _SUMS.scope == scope.key, _SUMS.measure.in_(TELLING)
        )
    ).one()
    corrected = db.session.scalar(select(func.max(CommentCorrection.id)))
    known = db.session.execute(select(*_state_of(Organisation), *_state_of(Contact))).one()
    waiting = db.session.scalar(
        select(CommentAnalysis.response_id).where(CommentAnalysis.version == "").limit(1)
    )
    open_ones = select(Campaign.id).where(
        joint_campaigns(), Campaign.launched_at.isnot(None), Campaign.closed_at.is_(None)
    )
    if scope.campaign_id is not None:
        open_ones = open_ones.where(Campaign.id == scope.campaign_id)
    moving = scope.year is None and db.session.scalar(open_ones.limit(1)) is not None
    moved = clock.now().isoformat() if moving or waiting else ""
    seen = repr((*sums, corrected, *known, moved))
    return hashlib.sha256(seen.encode()).hexdigest()


def _state_of(model: type[Organisation] | type[Contact]) -> list[ScalarSelect[Any]]:
    """Select what differs after any change of an organisation or person: where they belong too."""
    changed, gone = model.updated_at, model.archived_at
    columns = (func.count(), func.max(changed), func.count(gone), func.max(gone))
    return [select(each).select_from(model).scalar_subquery() for each in columns]
