"""Each person's summary is queued once for each period, whatever clocks and workers do (EML-17)."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, text, update

from feedback import clock, pipeline
from feedback.extensions import db
from feedback.outbox.models import Mail
from feedback.results.digests import queries, service
from feedback.results.digests.models import DigestChoice
from tests.builders.digests import CHOSEN, JAKARTA, MONDAY, a_reader, on, queued, tick_once
from tests.builders.people import a_user


def test_the_first_summary_comes_with_the_next_tick_not_for_one_that_has_passed(app: Flask) -> None:
    a_reader()
    for day, hour, minute in ((CHOSEN, 13, 0), ("2026-11-29", 12, 0), (MONDAY, 6, 59)):
        with on(day, hour, minute):
            tick_once()
            assert queued() == []
    with on(MONDAY) as seven:
        tick_once()
        (mail,) = queued()
        assert mail.due_at == seven


def test_the_step_stands_in_the_pipeline(app: Flask) -> None:
    steps = [step for lane in pipeline.lanes(app) for step in lane]
    (step,) = (each for each in steps if each.name == "digest")
    a_reader()
    with on(MONDAY):
        assert step.pending()
        step.work()
        assert not step.pending()
    assert len(queued()) == 1


def test_a_second_run_queues_nothing(app: Flask) -> None:
    """EML-13: one row for person and period, even if what was settled is forgotten."""
    a_reader()
    with on(MONDAY):
        tick_once()
        service.queue_next()
        db.session.execute(update(DigestChoice).values(settled=datetime(2026, 1, 1, tzinfo=UTC)))
        db.session.commit()
        tick_once()
    assert len(queued()) == 1


def test_missed_ticks_are_made_up_for_once(app: Flask) -> None:
    a_reader()
    with on("2026-12-23", 10) as now:  # a worker that slept over three Mondays and more
        tick_once()
        (mail,) = queued()
        assert mail.dedupe_key.endswith(":2026-W52")
        assert mail.due_at == now


def test_what_is_made_up_for_at_night_leaves_in_the_morning(app: Flask) -> None:
    a_reader()
    with on(MONDAY, 22):
        tick_once()
    with on("2026-12-01") as morning:
        assert [mail.due_at for mail in queued()] == [morning]


def test_monthly_summaries_come_on_the_first_working_day(app: Flask) -> None:
    a_reader("monthly")
    days = [f"2026-{month}-{day:02}" for month in (12,) for day in range(1, 32)]
    for day in [*days, "2027-01-01", "2027-02-01"]:
        with on(day, 8):
            tick_once()
    assert [mail.dedupe_key.rpartition(":")[2] for mail in queued()] == [
        "2026-12",
        "2027-01",
        "2027-02",
    ]


def test_nobody_who_did_not_choose_gets_one(app: Flask) -> None:
    a_user()
    gone = a_reader()
    gone.active = False
    stopped = a_reader()
    service.choose(stopped, None)
    db.session.commit()
    with on(MONDAY):
        tick_once()
    # Of somebody who may not log in any more the mail is refused when it is written.
    assert [mail.ref for mail in queued()] == [gone.id]


def test_a_clock_that_runs_ahead_and_back_sends_nothing_twice(app: Flask) -> None:
    """EML-17: a day ahead and back; a year ahead and back stops nobody's summaries."""
    a_reader()
    for day in ("2026-11-29", MONDAY, "2026-11-29", MONDAY, "2026-12-01", MONDAY):
        with on(day, 8):
            tick_once()
    assert len(queued()) == 1
    with on("2027-12-06", 8):
        tick_once()
    with on("2026-12-07", 8):
        tick_once()
    keys = [mail.dedupe_key.rpartition(":")[2] for mail in queued()]
    assert keys == ["2026-W49", "2027-W49"]
    with on("2026-12-14", 8):
        tick_once()
    assert len(queued()) == 3


def test_two_workers_at_once_queue_one_mail(bare_app: Flask) -> None:
    """EML-17: two schedulers."""
    with bare_app.app_context():
        for _ in range(5):
            a_reader()
    barrier = threading.Barrier(4)

    def work() -> None:
        with bare_app.app_context(), on(MONDAY):
            barrier.wait()
            tick_once()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with bare_app.app_context():
        refs = [mail.ref for mail in queued()]
        assert len(refs) == 5
        assert len(set(refs)) == 5


def test_choosing_the_same_again_changes_nothing(app: Flask) -> None:
    user = a_reader()
    with on(MONDAY):
        service.choose(user, "weekly")
        tick_once()
    assert len(queued()) == 1


def test_another_rhythm_begins_anew(app: Flask) -> None:
    user = a_reader()
    with on("2026-11-28", 12):
        service.choose(user, "monthly")
    for day in (MONDAY, "2026-12-01"):
        with on(day, 8):
            tick_once()
    assert [mail.dedupe_key.split(":")[1] for mail in queued()] == ["monthly"]


def test_an_unknown_rhythm_is_refused(app: Flask) -> None:
    user = a_reader(None)
    with pytest.raises(ValueError, match="hourly"):
        service.choose(user, "hourly")
    assert queries.find_rhythm(user.id) is None


def test_who_is_deleted_takes_the_choice_along(app: Flask) -> None:
    user = a_reader()
    db.session.execute(text("DELETE FROM user_roles"))
    db.session.delete(user)
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(DigestChoice)) == 0


HOURS = st.lists(st.integers(-48, 60 * 24), min_size=1, max_size=25)


def test_however_the_clock_jumps_a_period_has_at_most_one_mail(app: Flask) -> None:
    """EML-17: any walk through sixty days, forwards and back."""
    user = a_reader()
    with on(CHOSEN, 12) as begin:
        start = begin

    @given(HOURS)
    def walk(hours: list[int]) -> None:
        db.session.execute(delete(Mail))
        db.session.execute(delete(DigestChoice))
        with clock.standing_at(start):
            service.choose(user, "weekly")
        for hour in hours:
            with clock.standing_at(start + timedelta(hours=hour)):
                tick_once()
        mails = queued()
        assert len({mail.dedupe_key for mail in mails}) == len(mails)
        assert len(mails) <= 1 + max(0, *hours) // (24 * 7) + 1
        for mail in mails:
            local = mail.due_at.astimezone(JAKARTA)
            assert 7 <= local.hour < 20

    walk()
