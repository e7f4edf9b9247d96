"""Everything a page needs, in a fixed number of queries however many organisations there are."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy.orm import joinedload

from feedback.analytics.intervals import Sums
from feedback.campaigns.models import Campaign
from feedback.extensions import db
from feedback.results.account import REVIEWS_PER_PAGE, AccountFacts, Wave
from feedback.results.overview import SummaryFacts
from feedback.results.peers import Peers, peers_of
from feedback.results.queries import account as own
from feedback.results.queries import comments, counted, invitations, organisations, waves
from feedback.results.queries.mirror import read_mirror
from feedback.results.queries.selecting import looked_up
from feedback.results.scope import Scope, Selection
from feedback.results.tallies import Score, Spreads, Tallies, Tally
from feedback.results.waves import WaveName
from feedback.surveys.dimensions import DIMENSIONS


def find_campaign(campaign_id: int) -> Campaign | None:
    """Return a campaign that has been launched, with its questionnaire version, or None."""
    with_version = [joinedload(Campaign.survey_version)]
    campaign = db.session.get(Campaign, campaign_id, options=with_version)
    return campaign if campaign and campaign.launched_at else None


def read_summary(scope: Scope, peers: Peers | None = None) -> SummaryFacts:
    """Read what the satisfaction summary of a scope is made of.

    Of a selection the dispersions are those of all organisations: of `peers`, or read as well.
    """
    few = looked_up(scope)
    by_dimension = comments.count_by_dimension(few)
    comparable = waves.list_comparable(few)
    ids = [each.campaign_id for each in comparable]
    of_waves = _spreads_by_wave(ids, scope, peers)
    return SummaryFacts(
        scope=scope,
        tallies=counted.read_tallies(few, peers.dispersions if peers else None),
        fates=invitations.count_fates(few),
        heard=comments.count_heard(few),
        by_dimension=by_dimension,
        candidates=comments.list_candidates(few, by_dimension),
        quotes=comments.list_quotes(few),
        organisations=organisations.list_organisations(few),
        span=organisations.find_span(few),
        decision_makers=organisations.count_reach(few),
        drivers=counted.read_drivers(few),
        waves=comparable,
        index_by_wave=counted.read_waves(ids, few, "index", spreads=of_waves),
        last_waves=counted.read_waves(ids[-2:], few),
        heard_by_wave=comments.count_by_wave(ids, few),
    )


def _spreads_by_wave(
    campaign_ids: Sequence[int], scope: Scope, peers: Peers | None
) -> Mapping[int, Spreads]:
    if peers:
        return {key: {"index": each} for key, each in peers.index_by_wave.items()}
    if scope.selection.is_all:
        return {}
    found = counted.read_waves(campaign_ids, scope.of(Selection()), "index")
    return {key: each.spreads for key, each in found.items()}


def read_peers(scope: Scope, organisation_id: int) -> Peers:
    """Read what one organisation's figures borrow from all organisations of the scope."""
    whole = scope.of(Selection())
    line = [each.campaign_id for each in waves.list_comparable(whole, organisation_id)]
    history = [row.id for row in waves.list_waves(organisation_id)]
    steps = {}
    if len(line) > 1:
        first, second = line[-2:]
        last = counted.read_waves([first, second], whole)
        pairs = own.read_all_pairs(first, second)
        steps[first, second] = last[first], last[second], pairs
    index = counted.read_waves(sorted({*line, *history}), whole, "index")
    return peers_of(counted.read_tallies(whole), index, steps)


def read_peers_by_wave(scope: Scope) -> Peers:
    """Read what any organisation can borrow of every wave, and of every step between two."""
    ids, steps = [], {}
    for chain in waves.list_chains(scope.until):
        ids += chain
        for first, second in pairwise(chain):
            both = counted.read_waves([first, second], scope)
            steps[first, second] = (
                both[first],
                both[second],
                own.read_all_pairs(first, second),
            )
    index = counted.read_waves(ids, scope, "index")
    return peers_of(Tallies(()), index, steps)


def read_account(
    scope: Scope, organisation_id: int, peers: Peers, language: str, page: int = 1
) -> AccountFacts:
    """Read what the page of one organisation is made of; `peers` are those of the scope."""
    labels = comments.count_labels_of(scope, organisation_id)
    start = (max(1, page) - 1) * REVIEWS_PER_PAGE
    history = waves.list_waves(organisation_id)
    comparable = waves.list_comparable(scope, organisation_id)
    ids = [each.campaign_id for each in comparable]
    scopes = sorted({scope.key, *ids, *(row.id for row in history)})
    sums = own.read_own(organisation_id, scopes)
    latest = _latest(comparable, sums)
    return AccountFacts(
        organisation_id=organisation_id,
        scope=scope,
        own=sums[scope.key],
        peers=peers,
        compared=peers.scores,
        fates=invitations.count_fates(scope, organisation_id),
        people=organisations.list_people(scope, organisation_id),
        coverage=organisations.count_coverage(scope, organisation_id),
        labels=labels,
        by_dimension=comments.count_by_dimension(scope, organisation_id),
        reviews=comments.list_reviews(scope, organisation_id, start, REVIEWS_PER_PAGE),
        reviews_total=sum(count for _, count in labels),
        waves=[_wave(row, sums[row.id], peers) for row in history],
        comparable=comparable,
        index_by_wave={key: sums[key]["index"].sums for key in ids if "index" in sums[key]},
        last=[sums[key] for key in ids[-2:]] if len(ids) > 1 else [],
        pairs=own.read_pairs(organisation_id, *ids[-2:]) if len(ids) > 1 else {},
        questions=own.read_questions(latest.campaign_id, organisation_id, language)
        if latest
        else [],
        questions_of=latest,
        persons=own.list_persons(scope, organisation_id),
        mirror=read_mirror(scope, organisation_id, latest),
    )


def _latest(
    comparable: Sequence[WaveName], sums: Mapping[int, Mapping[str, Tally]]
) -> WaveName | None:
    answered = [wave for wave in comparable if sums[wave.campaign_id]]
    return answered[-1] if answered else None


def _wave(row: Any, sums: Mapping[str, Tally], peers: Peers) -> Wave:
    index = sums["index"].sums if "index" in sums else Sums(0, 0, 0)
    return Wave(
        campaign_id=row.id,
        name=row.name,
        launched_at=row.launched_at,
        invited=row.invited,
        answered=row.answered,
        index=peers.in_wave(row.id, index),
    )


def read_scores(scope: Scope) -> Mapping[str, Score]:
    """Return index and dimensions of the scope's organisations together."""
    tallies = counted.read_tallies(scope)
    return {measure: tallies.score(measure) for measure in ("index", *DIMENSIONS)}
