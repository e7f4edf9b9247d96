"""What mails tell is read before one is taken in hand, so that nobody waits for the lock."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import event

from feedback.extensions import db
from feedback.results.digests import service
from tests.builders.digests import a_reader, on, queued, tick_once
from tests.campaigns.delivering import delivered, text_of
from tests.rows import inside

MONDAY = "2026-09-21"
FIGURES = ("comment_analysis", "agg_measure", "agg_drv")


@contextmanager
def reading_figures() -> Iterator[list[str]]:
    """Collect the statements that read figures or comments."""
    found: list[str] = []

    def note(*args: object) -> None:
        if any(table in str(args[2]) for table in FIGURES):
            found.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def wanting(count: int) -> None:
    """Let so many people who own nothing want the summary from now on."""
    for _ in range(count):
        service.choose(a_reader(None), "weekly")


def test_a_mail_is_written_without_reading_figures_while_others_wait(world: Flask) -> None:
    with inside(world):
        wanting(3)  # each of all organisations
        with on(MONDAY):
            with reading_figures() as before:
                tick_once()
            with reading_figures() as amid:
                mails = delivered()
    assert len(mails) == 3
    assert len(before) > 5
    assert len(set(before)) == len(before)  # read once for all three
    assert amid == []
    assert "The relationship index is" in text_of(mails[0])


def test_what_was_read_some_minutes_ago_is_read_anew(world: Flask) -> None:
    with inside(world):
        wanting(1)
        with on(MONDAY):
            tick_once()
        with on(MONDAY, 7, 11), reading_figures() as amid:
            assert len(delivered()) == 1
    assert amid


def test_nothing_is_read_where_nobody_is_due(world: Flask) -> None:
    with inside(world):
        wanting(1)
        with on(MONDAY, 6, 59), reading_figures() as found:
            service.queue_next()
            assert queued() == []
    assert found == []
