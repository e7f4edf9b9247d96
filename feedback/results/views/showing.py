"""From a scope to what the templates of its pages take: from now, or from what is kept."""

from collections.abc import Mapping
from typing import Any

from feedback.results.kept.pace import LARGE_FROM
from feedback.results.kept.queries import Kept, find_kept, find_order, find_peers, is_large
from feedback.results.listing import Page, Wanted, page_of
from feedback.results.overview import listed, overview
from feedback.results.peers import Peers
from feedback.results.queries import large, organisations, pages
from feedback.results.queries.newest import list_newest
from feedback.results.queries.selecting import looked_up
from feedback.results.scope import Scope, Selection
from feedback.results.tallies import Score

NEWEST = 4


def shown_summary(within: Scope, wanted: Wanted) -> dict[str, Any]:
    """Return the summary, one page of its organisations with their last answers, newest reviews.

    With thousands of organisations the summary is that which the worker made last; `as_of` says
    when. Otherwise it is made of the answers of this moment.
    """
    large, few = is_large(), looked_up(within)
    kept = find_kept(within) if large else None
    peers = find_peers(within) if large else None
    if kept and peers:
        summary, page = kept.summary, _large_page(within, wanted, kept, peers)
    else:
        facts = pages.read_summary(few, peers)
        summary, page = overview(facts), page_of(listed(facts), wanted)
    shown = [line.organisation.id for line in page.lines]
    return {
        "summary": summary,
        "page": page,
        "as_of": kept.made_at if kept and peers else None,
        "quality": kept.quality if kept and peers else None,
        "last_answers": organisations.last_answers(few, shown),
        "newest": list_newest(few, NEWEST),
    }


def _large_page(within: Scope, wanted: Wanted, kept: Kept, peers: Peers) -> Page:
    waves = [point.wave for point in kept.summary.line]
    return large.read_page(within, wanted, find_order(within, wanted.sort), peers, waves)


def shown_peers(within: Scope, organisation_id: int) -> Peers:
    """Return what an organisation's figures borrow from all the others of the scope."""
    kept = find_peers(within) if is_large() else None
    return kept or pages.read_peers(within, organisation_id)


def shown_segment(within: Scope, segment: str) -> Mapping[str, Score] | None:
    """Return the dimensions' scores of a segment's organisations together.

    None where there is no segment, or where there are so many organisations that adding them up
    would take the reader's time and nobody keeps the result.
    """
    if not segment:
        return None
    scope = within.of(Selection(segment=segment))
    kept = find_kept(scope) if is_large() else None
    if kept:
        return kept.summary.dimensions
    few = organisations.count_selected(scope) <= LARGE_FROM
    return pages.read_scores(scope) if few else None
