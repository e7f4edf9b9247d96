"""Make integers and roll-ups anew from what was sent; the result is the same bit for bit."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, or_, select, text

from feedback.analytics.contributions import (
    DRIVERS,
    HISTOGRAM,
    ITEMS,
    MEASURE,
    PAIRS,
    Key,
    added,
    of_person,
    of_response,
)
from feedback.analytics.models import ROLLUPS, ScoredResponse
from feedback.analytics.queries import list_scored, organisation_slices
from feedback.analytics.service.adding import clear, put
from feedback.analytics.service.scoring import scored, store
from feedback.extensions import db
from feedback.responses import queries as responses
from feedback.responses.service import sent as announce

OF_ORGANISATIONS = (MEASURE, HISTOGRAM, DRIVERS, PAIRS)
Rows = dict[Key, tuple[int, ...]]


def rebuild(campaign_id: int | None = None, organisation_id: int | None = None) -> int:
    """Make everything anew of one campaign, of one organisation, or of all; commit.

    Return the number of responses. The result is identical to what the sendings left behind.
    """
    _hold()
    count = _rescore(campaign_id, organisation_id)
    if organisation_id is not None:
        _rebuild_rollups([organisation_id])
        _rebuild_items(_campaigns_of(ScoredResponse.organisation_id == organisation_id))
    elif campaign_id is not None:
        own = ScoredResponse.campaign_id == campaign_id
        _rebuild_rollups(_organisations_of(own))
        _rebuild_items([campaign_id])
    else:
        add_up()
    db.session.commit()
    return count


def add_up() -> None:
    """Make all roll-ups anew from the persons' integers that are kept; commit."""
    _hold()
    _rebuild_rollups(None)
    db.session.execute(delete(ROLLUPS[ITEMS]))
    _rebuild_items(_campaigns_of())
    db.session.commit()


def fill_new() -> None:
    """Add up once what was sent before there were roll-ups; commit."""
    answered = db.session.scalar(select(ScoredResponse.response_id).limit(1))
    summed = db.session.scalar(select(ROLLUPS[MEASURE].c.scope).limit(1))
    db.session.rollback()
    if answered is not None and summed is None:
        rebuild()


def _hold() -> None:
    """Let nobody send while sums are made anew; on SQLite the transaction itself does that."""
    if db.session.get_bind().dialect.name != "sqlite":
        db.session.execute(text("LOCK TABLE scored_response IN SHARE ROW EXCLUSIVE MODE"))


def _rescore(campaign_id: int | None, organisation_id: int | None) -> int:
    count = 0
    for response in responses.list_sent(campaign_id, organisation_id):
        newest = responses.newest_submission(response.id)
        if newest is not None:
            sent = announce(responses.respondent_of(response), response, newest)
            store(sent, scored(sent), is_new=False)
            count += 1
    return count


def _organisations_of(*conditions: Any) -> list[int]:
    found = select(ScoredResponse.organisation_id).where(*conditions).distinct()
    return sorted(db.session.scalars(found))


def _campaigns_of(*conditions: Any) -> list[int]:
    found = select(ScoredResponse.campaign_id).where(*conditions).distinct()
    return sorted(db.session.scalars(found))


def _rebuild_rollups(organisation_ids: Sequence[int] | None) -> None:
    if organisation_ids is None:
        for name in OF_ORGANISATIONS:
            db.session.execute(delete(ROLLUPS[name]))
    for some in organisation_slices(organisation_ids):
        # Nothing is left where everything has gone: looked for all the same, it would be looked
        # for among all that has been put there since.
        for name in OF_ORGANISATIONS if organisation_ids is not None else ():
            own = ROLLUPS[name].c.organisation_id.in_(some)
            db.session.execute(delete(ROLLUPS[name]).where(own))
        put({key: row for key, row in of_organisations(some).items() if key[0] != ITEMS})


def of_organisations(organisation_ids: Sequence[int]) -> Rows:
    """Add up the roll-ups' rows of these organisations from persons' integers."""
    wanted = set(organisation_ids)
    found: Rows = {}
    by_person: dict[int, list[Any]] = {}
    people = select(ScoredResponse.contact_id).where(
        ScoredResponse.organisation_id.in_(organisation_ids)
    )
    # Everything these people sent: some of it may speak of an organisation they have left.
    own = or_(
        ScoredResponse.organisation_id.in_(organisation_ids),
        ScoredResponse.contact_id.in_(people),
    )
    contacts = dict(
        db.session.execute(
            select(ScoredResponse.response_id, ScoredResponse.contact_id).where(own)
        ).all()
    )
    for each in list_scored(own):
        if each.organisation_id in wanted:
            _add(found, of_response(each))
        contact_id = contacts[each.response_id]
        if contact_id is not None:
            by_person.setdefault(contact_id, []).append(each)
    for theirs in by_person.values():
        joint = of_person(theirs)
        _add(found, {key: row for key, row in joint.items() if _organisation_of(key) in wanted})
    return {key: row for key, row in found.items() if any(row)}


def _organisation_of(key: Key) -> int | str:
    name, parts = key
    return parts[{MEASURE: 2, HISTOGRAM: 1, DRIVERS: 1, PAIRS: 0}[name]]


def _add(found: Rows, more: Rows) -> None:
    for key, row in more.items():
        found[key] = added(found.get(key, ()), row)


def _rebuild_items(campaign_ids: Sequence[int]) -> None:
    for campaign_id in campaign_ids:
        clear(ITEMS, scope=campaign_id)
        put(items_of(campaign_id))


def items_of(campaign_id: int) -> Rows:
    """Add up the cross products of one wave's items from persons' integers."""
    found: Rows = {}
    for each in list_scored(ScoredResponse.campaign_id == campaign_id):
        _add(found, {key: row for key, row in of_response(each).items() if key[0] == ITEMS})
    return found
