"""The list of organisations where there are thousands: only one page of it is ever read."""

from collections.abc import Mapping, Sequence

import numpy as np
from sqlalchemy import select

from feedback.analytics.contributions import SUMS
from feedback.analytics.measures import NPS
from feedback.analytics.models import ROLLUPS
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.results.kept.orders import Order
from feedback.results.listing import PER_PAGE, Known, Line, Page, Wanted, page_at
from feedback.results.peers import NOTHING, Peers
from feedback.results.queries import comments
from feedback.results.queries.organisations import list_organisations
from feedback.results.queries.selecting import in_scope
from feedback.results.scope import Scope
from feedback.results.tallies import Tallies, Tally
from feedback.results.voices import Split, split
from feedback.results.waves import WaveName

Own = Mapping[tuple[int, int, str], Tally]  # scope, organisation, measure
_SUMS = ROLLUPS["agg_measure"].c


def read_page(
    scope: Scope, wanted: Wanted, order: Order, peers: Peers, waves: Sequence[WaveName]
) -> Page:
    """Return one page of the organisations of a scope.

    Its figures are those of now; the order is the one that is kept with the summary.
    """
    ids, silent = order.ids, order.silent
    every = len(ids)
    if wanted.text:
        keep = np.isin(ids, _named(scope, wanted.text))
        silent = int(keep[every - silent :].sum())
        ids = np.asarray(ids)[keep]
    start = page_at(len(ids), wanted.number)
    shown = [int(each) for each in ids[start : start + PER_PAGE]]
    return Page(
        lines=_lines(scope, shown, peers, waves),
        wanted=wanted,
        number=start // PER_PAGE + 1,
        first=start + 1 if shown else 0,
        last=start + len(shown),
        total=len(ids),
        all=every,
        silent=silent,
    )


def _named(scope: Scope, text: str) -> list[int]:
    statement = select(Organisation.id).where(
        Organisation.name.icontains(text, autoescape=True), *in_scope(scope)
    )
    return list(db.session.scalars(statement))


def _lines(scope: Scope, ids: Sequence[int], peers: Peers, waves: Sequence[WaveName]) -> list[Line]:
    known = {each.id: each for each in list_organisations(scope, ids)}
    own = _own([scope.key, *(wave.campaign_id for wave in waves)], ids)
    splits = _splits(scope, ids)
    return [
        _line(known[each], scope.key, own, peers, waves, splits.get(each, Split()))
        for each in ids
        if each in known
    ]


def _splits(scope: Scope, ids: Sequence[int]) -> dict[int, Split]:
    heard: dict[int, list[tuple[str, int]]] = {}
    for organisation_id, label, count in comments.count_labels(scope, ids):
        heard.setdefault(organisation_id, []).append((label, count))
    return {key: split(counts) for key, counts in heard.items()}


def _own(scopes: Sequence[int], ids: Sequence[int]) -> Own:
    columns = (_SUMS.scope, _SUMS.organisation_id, _SUMS.measure)
    rows = db.session.execute(
        select(*columns, *(_SUMS[name] for name in SUMS["agg_measure"])).where(
            _SUMS.organisation_id.in_(ids),
            _SUMS.scope.in_(scopes),
            _SUMS.measure.in_(["index", NPS]),
        )
    )
    return {tuple(row[:3]): Tally(*row[1:]) for row in rows}


def _line(
    known: Known,
    scope_key: int,
    own: Own,
    peers: Peers,
    waves: Sequence[WaveName],
    heard: Split,
) -> Line:
    index, nps = own.get((scope_key, known.id, "index")), own.get((scope_key, known.id, NPS))
    line = []
    for wave in waves:
        there = own.get((wave.campaign_id, known.id, "index"))
        line.append((wave, peers.in_wave(wave.campaign_id, there.sums if there else NOTHING)))
    return Line(
        known,
        peers.figure("index", index.sums if index else NOTHING),
        Tallies([nps] if nps else []).account_recommendation(known.id),
        heard,
        line,
    )
