"""Tests of the worker: it works while there is work, only reads while idle, survives a fault."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from feedback import clock, jobs
from feedback.campaigns import service as campaigns
from feedback.campaigns.models import Invitation
from feedback.extensions import db
from feedback.jobs import Step
from feedback.outbox.models import Mail
from feedback.outbox.transports.memory import MemoryTransport
from feedback.pipeline import ANALYSE, CLOSE, INVITE, deliver, lanes
from feedback.sentiment.models import CommentAnalysis
from feedback.surveys.models import Survey
from tests.builders.campaigns import a_draft, a_launched_campaign
from tests.builders.organisations import a_contact
from tests.builders.responses import a_submitted_response
from tests.rows import count, counting_statements, dump, inside
from tests.settled import somebody  # noqa: F401 - a fixture for every test here


def _step(name: str, pending: Callable[[], bool], done: list[str]) -> Step:
    return Step(name, pending, lambda: done.append(name))


def _write() -> bool:
    db.session.execute(insert(Survey).values(key="x", created_at=clock.now()))
    db.session.commit()
    return True


def _nothing() -> bool:
    return False


def test_a_step_with_work_does_one_slice(app: Flask) -> None:
    done: list[str] = []
    assert jobs.run_once([_step("one", lambda: True, done)])
    assert done == ["one"]


def test_a_step_without_work_is_left_alone(app: Flask) -> None:
    done: list[str] = []
    assert not jobs.run_once([_step("one", _nothing, done)])
    assert done == []


def test_every_step_of_a_lane_gets_its_turn(app: Flask) -> None:
    done: list[str] = []
    waits = [True, False, True]
    steps = [_step(str(at), lambda at=at: waits[at], done) for at in range(3)]  # type: ignore[misc]
    assert jobs.run_once(steps)
    assert done == ["0", "2"]


def test_asking_whether_there_is_work_cannot_write(app: Flask) -> None:
    """EML-01: the database itself refuses, so an idle worker takes no write lock."""
    with pytest.raises(DBAPIError):
        jobs.run_once([Step("sly", _write, lambda: None)])
    assert count(Survey) == 0


def test_the_work_itself_may_write(app: Flask) -> None:
    assert jobs.run_once([Step("honest", lambda: True, _write)])
    assert count(Survey) == 1


def test_an_idle_worker_changes_nothing_and_asks_a_few_times(app: Flask) -> None:
    before = dump(app)
    steps = [deliver(MemoryTransport()), INVITE, CLOSE, ANALYSE]
    with counting_statements(db.engine) as sent:
        assert not jobs.run_once(steps)
    assert len([each for each in sent if each.startswith("SELECT")]) == len(steps)
    assert dump(app) == before


def test_the_pipeline_carries_a_launch_to_the_verdict(app: Flask) -> None:
    """EML-08: what is to be done stands in the database, for any worker that comes along."""
    a_contact()
    transport = MemoryTransport()
    steps = [INVITE, deliver(transport), CLOSE, ANALYSE]
    campaigns.launch(a_draft(), 1)
    while jobs.run_once(steps):
        pass
    assert len(transport.sent) == 1
    invitation = db.session.scalars(select(Invitation)).one()
    a_submitted_response(invitation, comments={"reason": "Excellent team"})
    while jobs.run_once(steps):
        pass
    assert db.session.scalars(select(CommentAnalysis.label)).one() == "positive"


def test_lanes_run_until_they_are_stopped_and_do_not_wait_for_each_other(bare_app: Flask) -> None:
    stop, release, quick = threading.Event(), threading.Event(), threading.Event()
    slow = Step("slow", lambda: True, lambda: release.wait(20))
    other = Step("quick", lambda: True, quick.set)
    worker = threading.Thread(
        target=jobs.run_while, args=(lambda: not stop.is_set(), bare_app, [[slow], [other]])
    )
    worker.start()
    assert quick.wait(20)
    stop.set()
    release.set()
    worker.join(20)
    assert not worker.is_alive()


def test_a_lane_goes_on_after_a_fault(bare_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BACK_OFF_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "ASK_SECONDS", 0.01)
    stop, tries = threading.Event(), []

    def work() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("a fault")
        stop.set()

    shaky = Step("shaky", lambda: not stop.is_set(), work)
    jobs.run_while(lambda: not stop.is_set(), bare_app, [[shaky]])
    assert len(tries) == 3


def test_a_fault_in_one_step_does_not_starve_the_steps_behind_it(
    bare_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list that cannot be read must not keep campaigns from being invited and closed."""
    monkeypatch.setattr(jobs, "BACK_OFF_SECONDS", 0.01)
    monkeypatch.setattr(jobs, "ASK_SECONDS", 0.01)
    stop, tries, done = threading.Event(), [], []

    def broken() -> None:
        tries.append(1)
        if len(tries) > 3:
            stop.set()
        raise RuntimeError("a fault")

    behind = _step("behind", lambda: True, done)
    jobs.run_while(
        lambda: not stop.is_set(), bare_app, [[Step("broken", lambda: True, broken), behind]]
    )
    assert "behind" in done


def test_a_step_that_fails_leaves_its_half_done_work_out(app: Flask) -> None:
    def half() -> None:
        db.session.execute(insert(Survey).values(key="x", created_at=clock.now()))
        raise RuntimeError("a fault")

    with pytest.raises(RuntimeError):
        jobs.run_once([Step("half", lambda: True, half)])
    assert count(Survey) == 0


def test_two_workers_share_the_mails(bare_app: Flask) -> None:
    """EML-13: each mail goes out once, whoever sends it."""
    with inside(bare_app):
        for _ in range(6):
            a_contact()
        a_launched_campaign()
    transports = [MemoryTransport(), MemoryTransport()]

    def work(transport: MemoryTransport) -> None:
        from feedback.outbox import worker

        with bare_app.app_context():
            while worker.send_due(transport, f"worker {id(transport)}", limit=2):
                pass

    threads = [threading.Thread(target=work, args=(each,)) for each in transports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = [mail.to for transport in transports for mail in transport.sent]
    assert len(sent) == len(set(sent)) == 6
    with inside(bare_app):
        assert count(Mail, Mail.state == "sent") == 6


def test_the_worker_has_a_lane_for_mails_for_lists_and_for_comments(bare_app: Flask) -> None:
    names = [step.name for lane in lanes(bare_app) for step in lane]
    assert {"deliver", "invite", "close", "analyse"} <= set(names)
    assert next(step.name for step in lanes(bare_app)[0]) == "deliver"
