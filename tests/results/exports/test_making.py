"""The worker makes a file whole or not at all, whatever happens to it, and clears up."""

import errno
import os
import stat
from contextlib import suppress

import pytest
from flask import Flask
from sqlalchemy import delete, event, insert
from sqlalchemy.exc import OperationalError

from feedback import clock, storage
from feedback.extensions import db
from feedback.organisations.models import Contact
from feedback.responses.models import Submission
from feedback.results.exports import service
from feedback.results.exports.orders import KEPT, LEASE, MOST_ATTEMPTS, MOST_OPEN, Refused
from feedback.results.exports.service import making
from feedback.results.exports.service.claims import claim_next
from feedback.results.exports.service.workplace import folder
from tests.builders.exports import (
    an_order,
    left_behind,
    made,
    path_to,
    raw,
    refreshed,
    rows_of,
    worked,
)
from tests.builders.organisations import a_contact, an_organisation
from tests.builders.people import a_user
from tests.builders.results import (
    a_campaign,
    a_sent_response,
    all_points,
    an_organisation_with,
    invitations_of,
)
from tests.rows import counting_statements, failing_at


def many_contacts(count: int = 12) -> None:
    """Make so many people at one organisation."""
    home = an_organisation()
    for _ in range(count):
        a_contact(organisation=home)


def killed_after(steps: int) -> None:
    """Let a worker of its own process do so many slices and die in the middle of it all."""
    db.session.rollback()
    pid = os.fork()
    if pid == 0:
        done = 1
        try:
            db.engine.dispose(close=False)  # connections are not shared between processes
            for _ in range(steps):
                service.make_next()
            done = 0
        finally:
            os._exit(done)  # nothing is closed, deleted or said
    _pid, status = os.waitpid(pid, 0)
    assert status == 0, "the worker failed before it was killed"


def test_a_finished_order_says_what_was_counted_written_and_how_large_it_is(app: Flask) -> None:
    many_contacts(3)
    export = made("contacts")
    assert (export.state, export.expected, export.written) == ("done", 3, 3)
    assert export.bytes == path_to(export).stat().st_size > 0
    assert export.finished_at is not None
    assert export.expires_at == export.finished_at + KEPT
    assert len(rows_of(export)) == 3


def test_files_and_folders_are_readable_by_their_owner_only(app: Flask) -> None:
    """SEC-10."""
    for file in ("csv", "xlsx"):
        export = made("contacts", format=file)
        home = path_to(export).parent
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        assert {stat.S_IMODE(each.stat().st_mode) for each in home.iterdir()} == {0o600}
        assert len(export.file) >= 32
        parts = {"csv": {"data", "codebook"}, "xlsx": {"data"}}
        assert {each.name for each in home.iterdir()} == parts[file]


def test_too_few_rows_are_a_failure_that_says_so(app: Flask) -> None:
    """Complaint 8: a file that just stops is never offered."""
    home = an_organisation_with(2)
    campaign = a_campaign()
    lost, kept = invitations_of(campaign, home)
    for invitation in (lost, kept):
        sent = a_sent_response(invitation, all_points(4))
    db.session.execute(delete(Submission).where(Submission.response_id == sent.id))
    db.session.commit()
    export = made("answers", campaign_id=campaign.id)
    assert (export.state, export.failure) == ("failed", "count")
    assert (export.expected, export.written, export.file) == (2, 1, "")
    assert left_behind() == []


def test_what_changes_while_the_file_is_made_changes_nothing_in_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SLICE", 5)
    many_contacts(7)
    export = an_order("contacts", form="raw")
    service.make_next()
    many_contacts(2)
    db.session.execute(delete(Contact).where(Contact.id == 1))
    db.session.commit()
    worked()
    assert len(rows_of(refreshed(export))) == 7


def test_count_and_rows_are_read_at_one_moment(app: Flask) -> None:
    """Somebody who comes in between is in neither, on both databases."""
    many_contacts(3)
    late: list[str] = []

    def come_in_between(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT count(contact.id)") and not late:
            late.append(statement)
            values = {"name": "Late", "email": "late@x.example.com", "email_key": "late"}
            stamps = {"created_at": clock.now(), "updated_at": clock.now()}
            # In SQLite's older journal mode the newcomer has to wait, which is as good.
            with suppress(OperationalError), storage.reading(False), db.engine.begin() as other:
                other.execute(insert(Contact).values(organisation_id=1, **values, **stamps))

    event.listen(db.engine, "after_cursor_execute", come_in_between)
    try:
        export = made("contacts")
    finally:
        event.remove(db.engine, "after_cursor_execute", come_in_between)
    assert late
    assert (export.state, export.failure, export.written) == ("done", "", 3)


def test_progress_is_told_slice_by_slice(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "SLICE", 5)
    monkeypatch.setattr(making.spool, "AT_ONCE", 5)
    many_contacts(12)
    export = an_order("contacts")
    seen = []
    while service.is_waiting():
        service.make_next()
        refreshed(export)
        seen.append((export.state, export.expected, export.written))
    assert seen == [
        ("running", 12, 0),
        ("running", 12, 5),
        ("running", 12, 10),
        ("running", 12, 12),
        ("done", 12, 12),
    ]


@pytest.mark.parametrize("steps", [1, 2, 3])
@pytest.mark.parametrize("file", ["csv", "xlsx"])
def test_an_order_of_a_killed_worker_is_begun_again_from_the_start(
    app: Flask, monkeypatch: pytest.MonkeyPatch, steps: int, file: str
) -> None:
    monkeypatch.setattr(making, "SLICE", 5)
    monkeypatch.setattr(making.spool, "AT_ONCE", 5)
    many_contacts(12)
    export = an_order("contacts", format=file, form="raw")
    killed_after(steps)
    first = refreshed(export).file
    assert (folder() / first).exists()
    assert not export.is_offered(clock.now())
    assert not service.is_waiting()  # it may still be alive
    many_contacts(1)
    with clock.standing_at(clock.now() + LEASE):
        worked()
    refreshed(export)
    assert (export.attempts, export.file != first) == (2, True)
    assert len(rows_of(export)) == 13
    assert not (folder() / first).exists()


def test_who_lost_the_claim_neither_writes_nor_finishes(app: Flask) -> None:
    many_contacts(2)
    export = an_order("contacts")
    service.make_next()
    with clock.standing_at(clock.now() + LEASE):
        other = claim_next(clock.now())
    assert other is not None
    while service.is_waiting():
        service.make_next()
    assert (refreshed(export).state, export.file) == ("running", other.file)
    assert left_behind() == []


def test_two_workers_never_take_the_same_order(app: Flask) -> None:
    an_order("contacts")
    now = clock.now()
    assert claim_next(now) is not None
    assert claim_next(now) is None


def test_an_order_that_kills_every_worker_is_given_up(app: Flask) -> None:
    export = an_order("contacts")
    now = clock.now()
    for attempt in range(MOST_ATTEMPTS):
        with clock.standing_at(now + attempt * LEASE):
            killed_after(1)
    with clock.standing_at(now + MOST_ATTEMPTS * LEASE):
        worked()
    assert (refreshed(export).state, export.failure) == ("failed", "interrupted")
    assert left_behind() == []


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EIO, "unwritable")]
)
@pytest.mark.parametrize("file", ["csv", "xlsx"])
def test_a_disk_that_does_not_take_it_fails_the_order_with_its_reason(
    app: Flask, monkeypatch: pytest.MonkeyPatch, file: str, number: int, code: str
) -> None:
    def full(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    many_contacts(2)
    export = an_order("contacts", format=file)
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        worked()
    assert (refreshed(export).state, export.failure) == ("failed", code)
    assert left_behind() == []
    assert made("contacts").state == "done"  # the next one is not held up


def test_a_database_that_is_away_lets_the_order_be_begun_again(app: Flask) -> None:
    many_contacts(2)
    export = an_order("contacts")
    with failing_at(db.engine, "SELECT count(contact.id)"), pytest.raises(Exception, match="full"):
        service.make_next()
    assert refreshed(export).state == "running"
    assert left_behind() == []
    with clock.standing_at(clock.now() + LEASE):
        worked()
    assert refreshed(export).state == "done"


def test_a_fault_of_ours_fails_the_order_and_leaves_nothing(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    home = an_organisation_with(1)
    campaign = a_campaign()
    a_sent_response(invitations_of(campaign, home)[0], all_points(4))
    db.session.query(Submission).update({"asked": {"no": "list"}, "answers": ["no", "mapping"]})
    db.session.commit()
    export = made("answers", campaign_id=campaign.id)
    assert (export.state, export.failure) == ("failed", "fault")
    assert "cannot be made" in caplog.text
    assert left_behind() == []


def test_a_workbook_with_too_many_rows_says_so_before_it_is_made(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MOST_ROWS", 3)
    many_contacts(3)
    assert made("contacts", format="xlsx").failure == "too_many_rows"
    assert made("contacts", format="csv").state == "done"


def test_nobody_orders_without_end(app: Flask) -> None:
    one, other = a_user(), a_user()
    for _ in range(MOST_OPEN):
        an_order("contacts", owner=one)
    with pytest.raises(Refused, match="too_many_orders"):
        an_order("contacts", owner=one)
    an_order("contacts", owner=other)
    worked()
    an_order("contacts", owner=one)


def test_reading_takes_as_many_statements_for_many_rows_as_for_few(app: Flask) -> None:
    def needed() -> int:
        with counting_statements(db.engine) as sent:
            raw("contacts")
        return len(sent)

    many_contacts(2)
    needed()  # the first time looks up more
    few = needed()
    many_contacts(40)
    assert needed() == few
