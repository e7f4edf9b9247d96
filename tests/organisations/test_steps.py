"""The worker's steps may be killed at any moment, and run twice."""

import pytest
from flask import Flask
from sqlalchemy import event

from feedback.extensions import db
from feedback.organisations import service
from feedback.organisations.models import Contact
from feedback.organisations.service import steps
from tests.builders.organisations import a_contact
from tests.organisations.lists import Work, a_list, count, counted, people, reasons


def test_a_killed_import_goes_on_behind_its_last_slice(
    app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    """STO: what was committed stays, what was not is done again, nothing is doubled."""
    monkeypatch.setattr(steps, "SLICE", 10)
    found = a_list(*people(35))
    work()
    service.confirm(found, "all")
    steps.import_next()
    with pytest.raises(KeyboardInterrupt), killed_before_commit():
        steps.import_next()
    db.session.rollback()
    steps._plans.clear()  # the new process knows nothing
    steps._checked.clear()
    assert (found.state, found.done, count(Contact)) == ("importing", 10, 10)
    work()
    assert (found.state, counted(found)) == ("done", (35, 35, 35, 0))
    assert count(Contact) == 35


class killed_before_commit:  # noqa: N801 – reads as a state
    """Kill the worker when it is about to commit."""

    def __enter__(self) -> None:
        event.listen(db.session, "before_commit", self._kill)

    def __exit__(self, *_error: object) -> None:
        event.remove(db.session, "before_commit", self._kill)

    @staticmethod
    def _kill(_session: object) -> None:
        raise KeyboardInterrupt


def test_each_slice_is_a_transaction_of_its_own(
    app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "SLICE", 10)
    found = a_list(*people(25))
    work()
    service.confirm(found, "all")
    seen = []
    while steps.import_next():
        seen.append((found.done, count(Contact)))
    assert seen == [(10, 10), (20, 20), (25, 25)]


def test_a_row_that_becomes_bad_between_slices_is_left_out_and_reported(
    app: Flask, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "SLICE", 10)
    found = a_list(*people(15))
    work()
    service.confirm(found, "all")
    steps.import_next()
    a_contact(email="p12@example.com")
    work()
    assert (found.state, counted(found)) == ("done", (15, 14, 14, 0))
    assert reasons(found) == [(14, "organisation", "other_organisation")]


def test_a_step_without_work_says_so(app: Flask) -> None:
    assert not service.check_next()
    assert not service.import_next()


def test_a_check_killed_midway_starts_over(app: Flask, work: Work) -> None:
    found = a_list(*people(3))
    with pytest.raises(KeyboardInterrupt), killed_before_commit():
        service.check_next()
    db.session.rollback()
    assert found.state == "checking"
    work()
    assert (found.state, found.good) == ("checked", 3)
