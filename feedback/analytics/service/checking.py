"""Compare what is kept with what the answers say; a difference is a fault, never noise."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from feedback.analytics.contributions import ITEMS, Key, Scored
from feedback.analytics.models import ROLLUPS, ScoredResponse
from feedback.analytics.queries import list_scored, organisation_slices, read_rollup
from feedback.analytics.service.rebuilding import OF_ORGANISATIONS, items_of, of_organisations
from feedback.analytics.service.scoring import scored
from feedback.extensions import db
from feedback.responses import queries as responses
from feedback.responses.service import sent as announce


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not what the answers say; an empty side means that there is no row."""

    table: str
    key: tuple[int | str, ...]
    kept: tuple[int, ...]
    right: tuple[int, ...]


def check() -> Iterator[Difference]:
    """Yield every difference between answers, persons' integers and roll-ups; write nothing."""
    yield from _persons()
    for some in organisation_slices():
        right = {k: row for k, row in of_organisations(some).items() if k[0] != ITEMS}
        kept: dict[Key, tuple[int, ...]] = {}
        for name in OF_ORGANISATIONS:
            kept |= read_rollup(name, ROLLUPS[name].c.organisation_id.in_(some))
        yield from _compared(kept, right)
    own = ROLLUPS[ITEMS].c.scope
    scopes = {*db.session.scalars(select(own).distinct())}
    scopes |= {*db.session.scalars(select(ScoredResponse.campaign_id).distinct())}
    for scope in sorted(scopes):
        yield from _compared(read_rollup(ITEMS, own == scope), items_of(scope))


def _compared(
    kept: dict[Key, tuple[int, ...]], right: dict[Key, tuple[int, ...]]
) -> Iterator[Difference]:
    for key in sorted(kept.keys() | right.keys()):
        if kept.get(key) != right.get(key):
            yield Difference(*key, kept.get(key, ()), right.get(key, ()))


def _persons() -> Iterator[Difference]:
    for response in responses.list_sent():
        newest = responses.newest_submission(response.id)
        own = list_scored(ScoredResponse.response_id == response.id)
        kept = _integers(own[0]) if own else {}
        right: dict[str, int] = {}
        if newest is not None:
            sent = announce(responses.respondent_of(response), response, newest)
            right = _integers(scored(sent))
        for name in sorted(kept.keys() | right.keys()):
            if kept.get(name) != right.get(name):
                sides = (kept.get(name), right.get(name))
                shown = ((side,) if side is not None else () for side in sides)
                yield Difference("person_score", (response.id, name), *shown)


def _integers(one: Scored) -> dict[str, int]:
    found = dict(one.values)
    found |= {f"point {key}": -1 if point is None else point for key, point in one.points.items()}
    found |= {f"core {at}": value for at, value in enumerate(one.core)}
    return found | {f"is {one.completeness}": 1}
