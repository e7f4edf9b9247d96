"""Write the index of reviews: after every change by responses, or anew from beginning to end."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, exists, insert, or_, select, text, update

from feedback.extensions import db
from feedback.responses.models import SurveyResponse
from feedback.responses.signals import response_settled
from feedback.results.explorer import search_table
from feedback.results.explorer.facets import SPREAD, VERSION, Indexed
from feedback.results.explorer.models import ReviewEntry
from feedback.results.explorer.queries.indexing import find_state, list_following, read_told
from feedback.sentiment.signals import comments_changed

SLICE = 200  # responses at a time: others may write in between

_ENTRY = cast(Table, ReviewEntry.__table__)
_CONTENT = ("organisation_id", "blame", "certainty", "mark", "terms")
# Made once, as the reading before it.
_KNOWN = select(*(_ENTRY.c[name] for name in ("response_id", "question", "arrival", "mark"))).where(
    or_(
        _ENTRY.c.response_id.in_(bindparam("responses", expanding=True)),
        _ENTRY.c.arrival.in_(bindparam("places", expanding=True)),
    )
)
_CHANGE = (
    update(_ENTRY)
    .where(_ENTRY.c.arrival == bindparam("entry"))
    .values({name: bindparam(f"new_{name}") for name in _CONTENT})
)
Key = tuple[int, str]


def listen() -> None:
    """Hear of every sending, and of everything told of comments otherwise than before."""
    response_settled.connect(_settled)
    comments_changed.connect(_changed)


def _settled(_sender: Any, response_id: int) -> None:
    refresh([response_id])


def _changed(_sender: Any, response_ids: Sequence[int]) -> None:
    refresh(response_ids)


def refresh(response_ids: Collection[int]) -> int:
    """Bring the entries of these responses up to date; part of the caller's transaction.

    The caller holds the responses. Return how many entries were not right.
    """
    wanted = {(told.response_id, told.question): told.indexed() for told in read_told(response_ids)}
    known, taken = _known(response_ids, wanted.values())
    gone, changed = list[int](), list[dict[str, Any]]()
    for key, row in known.items():
        entry = wanted.get(key)
        # Sent in the same millisecond: it keeps its place.
        if entry is None or entry.arrival >> SPREAD != row.arrival >> SPREAD:
            gone.append(row.arrival)
            continue
        if wanted.pop(key).mark != row.mark:
            changed.append({"entry": row.arrival} | _columns(entry))
    if gone:
        db.session.execute(delete(_ENTRY).where(_ENTRY.c.arrival.in_(gone)))
    if changed:
        db.session.connection().execute(_CHANGE, changed)
    if wanted:
        rows = _placed(wanted, taken.difference(gone))
        db.session.connection().execute(insert(_ENTRY), rows)
    return len(gone) + len(changed) + sum(key not in known for key in wanted)


def _known(
    response_ids: Collection[int], wanted: Iterable[Indexed]
) -> tuple[dict[Key, Any], set[int]]:
    """Give the entries of these responses by key, and all places that are taken already."""
    places = [each.arrival for each in wanted]
    given = {"responses": list(response_ids), "places": places}
    rows = db.session.execute(_KNOWN, given).all()
    ours = set(response_ids)
    known = {(row.response_id, row.question): row for row in rows if row.response_id in ours}
    return known, {row.arrival for row in rows}


def _columns(entry: Indexed) -> dict[str, Any]:
    return {f"new_{name}": getattr(entry, name) for name in _CONTENT}


def _placed(entries: dict[Key, Indexed], taken: set[int]) -> list[dict[str, Any]]:
    """Make rows of new entries; one whose place is taken goes to the next that is free."""
    rows = []
    for (response_id, question), entry in entries.items():
        arrival = entry.arrival
        while arrival in taken:
            arrival += 1
            if db.session.scalar(select(exists().where(_ENTRY.c.arrival == arrival))):
                taken.add(arrival)
        taken.add(arrival)
        content = {name: getattr(entry, name) for name in _CONTENT}
        row = {"arrival": arrival, "response_id": response_id, "question": question}
        rows.append(row | content)
    return rows


def is_behind() -> bool:
    """Say whether the index has to be made, or made in the program's present way."""
    return find_state().version != VERSION


def catch_up() -> int | None:
    """Bring the next slice of responses up to date, while the index is behind; commit.

    Return how many entries were not right, None once all are.
    """
    state = find_state()
    following = list_following(state.reached, SLICE)
    if not following:
        state.version, state.reached = VERSION, 0
        db.session.commit()
        return None
    own = select(SurveyResponse.id).where(SurveyResponse.id.in_(following))
    db.session.execute(own.order_by(SurveyResponse.id).with_for_update())
    wrong = refresh(following)
    state.reached = following[-1]
    db.session.commit()
    return wrong


def make_anew(tell: Callable[[int], None]) -> int:
    """Make the whole index anew, whatever is left of it; commit slice by slice.

    `tell` hears how many responses are done. Return how many entries had not been right.
    """
    _make_search_table()
    state = find_state()
    state.version, state.reached = 0, 0
    db.session.commit()
    total = 0
    while (wrong := catch_up()) is not None:
        total += wrong
        tell(SLICE)
    return total


def _make_search_table() -> None:
    """Make what searches: the table and its triggers on SQLite, the index on PostgreSQL; commit."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("DROP INDEX IF EXISTS ix_review_entry_terms"))
        made = ["CREATE INDEX ix_review_entry_terms ON review_entry USING gin (terms)"]
    else:
        for name in search_table.TRIGGERS:
            db.session.execute(text("DROP TRIGGER IF EXISTS " + name))
        db.session.execute(text("DROP TABLE IF EXISTS " + search_table.SEARCH))
        made = [search_table.TABLE, search_table.REBUILD, *search_table.TRIGGERS.values()]
    for statement in made:
        db.session.connection().exec_driver_sql(statement)
    db.session.commit()
