"""The worker's steps of an import: read and check one list, write one slice of another.

Every step takes what is pending and commits what it did, so it may be killed at any moment and
run again: a check starts over, an import goes on behind the last slice that was committed.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from feedback import clock
from feedback.extensions import db
from feedback.organisations.importing.checking import Checked, RowProblem, check
from feedback.organisations.importing.matching import Changes, Defaults, Line, compare, join
from feedback.organisations.importing.reading import plain, read
from feedback.organisations.importing.sheet import UnreadableFile
from feedback.organisations.models import ContactImport
from feedback.organisations.queries.imports import (
    find_next_import,
    known_about,
    organisation_ids_by_name,
)
from feedback.organisations.service.imports import head_of
from feedback.organisations.service.writing import write
from feedback.storage import reading

SLICE = 1_000
PROBLEMS_KEPT = 1_000
_ROWS_BETWEEN_NEWS = 5_000


@dataclass(frozen=True, slots=True)
class _Plan:
    """The good rows of one import with their organisations, read once for all its slices."""

    import_id: int
    created_at: datetime
    total: int
    lines: list[Line]
    problems: list[RowProblem]


# At most one of each: a list of 50,000 rows takes some 50 MB.
_plans: dict[str, _Plan] = {}
_checked: dict[Hashable, tuple[int, Checked]] = {}


def check_next() -> bool:
    """Read or check the list that waits longest; say whether there was one.

    Nothing is locked while it computes. A list that cannot be read ends in the state "failed".
    """
    with reading():
        pending = find_next_import("reading", "checking")
        found = pending and (pending.id, pending.state)
        db.session.rollback()
    if not found:
        return False
    import_id, state = found
    try:
        if state == "reading":
            _read(import_id)
        else:
            _check(import_id)
    except UnreadableFile as error:
        _save(import_id, state, state="failed", failure=error.code, finished_at=clock.now())
    return True


def _read(import_id: int) -> None:
    sheet = read(_load(import_id).content)
    _save(import_id, "reading", state="uploaded", content=plain(sheet), mapping=head_of(sheet))


def _check(import_id: int) -> None:
    plan = _make_plan(import_id, partial(_tell, import_id))
    refused = _compared(plan, _load(import_id).mapping).refused
    _save(
        import_id,
        "checking",
        state="checked",
        total=plan.total,
        good=len(plan.lines) - len(refused),
        done=0,
        problems=_stored([*plan.problems, *refused]),
    )


def import_next() -> bool:
    """Write one slice of the import that waits longest; say whether there was one.

    Before the first slice of "all rows" everything is compared once more: where a row has become
    bad since the check, the import goes back to the preview and nothing is written. A row that
    becomes bad later, while slices are being written, is left out and reported.
    """
    with reading():
        pending = find_next_import("importing")
        found = pending and (
            pending.id,
            pending.created_at,
            pending.done,
            dict(pending.mapping),
        )
        db.session.rollback()
    if not found:
        return False
    import_id, created_at, done, mapping = found
    try:
        plan = _plan(import_id, created_at)
    except UnreadableFile as error:
        _save(import_id, "importing", state="failed", failure=error.code)
        return True
    if done == 0 and mapping.get("choice") == "all" and _went_bad(plan, mapping):
        return True
    try:
        _write_slice(plan, done, _defaults(mapping))
    except IntegrityError:
        # Somebody made the same contact or organisation in this moment: the next run sees it.
        db.session.rollback()
    return True


def _went_bad(plan: _Plan, mapping: Mapping[str, Any]) -> bool:
    refused = _compared(plan, mapping).refused
    if not refused and not plan.problems:
        return False
    _plans.clear()
    _save(
        plan.import_id,
        "importing",
        state="checked",
        failure="changed",
        good=len(plan.lines) - len(refused),
        problems=_stored([*plan.problems, *refused]),
    )
    return True


def _write_slice(plan: _Plan, done: int, defaults: Defaults) -> None:
    some = plan.lines[done : done + SLICE]
    if not _claim(plan.import_id, done, done + len(some)):
        return
    changes = compare(some, known_about(some), defaults)
    write(changes, clock.now())
    row = db.session.scalars(select(ContactImport).where(ContactImport.id == plan.import_id)).one()
    _count(row, plan, changes, done)
    finished = done + len(some) == len(plan.lines)
    if finished:
        row.state, row.finished_at, row.content = "done", clock.now(), b""
    db.session.commit()
    if finished:
        _plans.clear()
        _checked.clear()


def _claim(import_id: int, done: int, after: int) -> bool:
    """Move the mark in the same transaction as the slice; of two workers one finds it moved."""
    claimed = db.session.execute(
        update(ContactImport)
        .where(
            ContactImport.id == import_id,
            ContactImport.state == "importing",
            ContactImport.done == done,
        )
        .values(done=after)
        .execution_options(synchronize_session=False)
    )
    if not claimed.rowcount:  # type: ignore[attr-defined]
        db.session.rollback()
        return False
    return True


def _count(row: ContactImport, plan: _Plan, changes: Changes, done: int) -> None:
    # While slices are written, `good` is what is left after the rows refused so far.
    good = len(plan.lines) if done == 0 else row.good
    row.good = good - len(changes.refused)
    row.added += changes.added
    row.changed += changes.changed
    told = {(problem["row"], problem["code"]) for problem in row.problems}
    new = [p for p in changes.refused if (p.row, p.code) not in told]
    row.problems = [*row.problems, *_stored(new)][:PROBLEMS_KEPT]


def _plan(import_id: int, created_at: datetime) -> _Plan:
    plan = _plans.get("latest")
    # The time tells imports apart whose numbers are the same: a process may change databases.
    if plan is None or (plan.import_id, plan.created_at) != (import_id, created_at):
        plan = _plans["latest"] = _make_plan(import_id)
    return plan


def _make_plan(import_id: int, watch: Callable[[int], None] | None = None) -> _Plan:
    source = _load(import_id)
    total, checked = _check_rows(import_id, source, watch)
    with reading():
        known_ids = organisation_ids_by_name()
        db.session.rollback()
    lines, problems = join(checked.good, known_ids)
    return _Plan(import_id, source.created_at, total, lines, checked.problems + problems)


def _check_rows(
    import_id: int, source: "_Source", watch: Callable[[int], None] | None
) -> tuple[int, Checked]:
    """Return the count of rows and what the file alone says about them.

    That never changes, so what the preview found is kept for the import that follows it.
    """
    key = (import_id, source.created_at, tuple(source.mapping["columns"].items()))
    found = _checked.get(key)
    if found is None:
        sheet = read(source.content)
        found = len(sheet.rows), check(sheet.rows, source.mapping["columns"], watch)
        _checked.clear()
        _checked[key] = found
    return found


def _compared(plan: _Plan, mapping: Mapping[str, Any]) -> Changes:
    with reading():
        changes = compare(plan.lines, known_about(plan.lines), _defaults(mapping))
        db.session.rollback()
    return changes


@dataclass(frozen=True, slots=True)
class _Source:
    content: bytes
    mapping: dict[str, Any]
    created_at: datetime


def _load(import_id: int) -> _Source:
    with reading():
        row = db.session.execute(
            select(ContactImport.content, ContactImport.mapping, ContactImport.created_at).where(
                ContactImport.id == import_id
            )
        ).one()
        db.session.rollback()
    return _Source(*row)


def _defaults(mapping: Mapping[str, Any]) -> Defaults:
    return Defaults(**mapping.get("defaults", {}))


def _stored(problems: Sequence[RowProblem]) -> list[dict[str, Any]]:
    ordered = sorted(problems, key=lambda problem: problem.row)
    return [asdict(problem) for problem in ordered[:PROBLEMS_KEPT]]


def _save(import_id: int, expected: str, **values: object) -> None:
    db.session.execute(
        update(ContactImport)
        .where(ContactImport.id == import_id, ContactImport.state == expected)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    db.session.commit()


def _tell(import_id: int, count: int) -> None:
    """Store now and then how far the check is, so that the page can tell."""
    if count % _ROWS_BETWEEN_NEWS == 0:
        _save(import_id, "checking", done=count)
