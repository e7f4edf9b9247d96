"""The worker: threads that ask again and again whether a step of the pipeline has work.

What is to be done stands in the database, written in the same transaction as the deed that
causes it; so nothing is lost with a killed worker, and several workers share the work by claims.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask

from feedback import storage
from feedback.extensions import db

log = logging.getLogger("kesan.worker")

IDLE_SECONDS = 0.5
BACK_OFF_SECONDS = 5.0
ASK_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the pipeline.

    `pending` only reads, so that an idle worker takes no write lock; `work` does one slice,
    commits, and is safe to run twice.
    """

    name: str
    pending: Callable[[], bool]
    work: Callable[[], object]


def run_once(steps: Sequence[Step]) -> bool:
    """Do one slice of every step that has work; say whether any had. Needs an app context."""
    worked = False
    for step in steps:
        try:
            with storage.reading():
                pending = step.pending()
                db.session.rollback()
            if pending:
                step.work()
                worked = True
        finally:
            db.session.remove()
    return worked


def run_while(wanted: Callable[[], bool], app: Flask, lanes: Sequence[Sequence[Step]]) -> None:
    """Run each lane of steps in a thread of its own for as long as `wanted()` says yes.

    Lanes do not wait for each other: a long import delays no mail. Returns once the slices in
    hand are finished. `wanted` is asked again and again rather than a lane told by a signal
    handler: locks taken inside one can be locked already by the code it interrupted.
    """
    stop = threading.Event()
    threads = [
        threading.Thread(target=_lane, args=(stop, app, steps), name=steps[0].name)
        for steps in lanes
    ]
    for thread in threads:
        thread.start()
    while wanted():
        time.sleep(ASK_SECONDS)
    stop.set()
    for thread in threads:
        thread.join()


def _lane(stop: threading.Event, app: Flask, steps: Sequence[Step]) -> None:
    while not stop.is_set():
        # Each step by itself: a list that cannot be read keeps no campaign from closing.
        outcomes = [_try(app, step) for step in steps]
        if None in outcomes:
            stop.wait(BACK_OFF_SECONDS)
        elif not any(outcomes):
            stop.wait(IDLE_SECONDS)


def _try(app: Flask, step: Step) -> bool | None:
    """Run one step; None where it failed: a worker that ends is of no use, so it says why."""
    try:
        with app.app_context():
            return run_once([step])
    except Exception:
        log.exception("the step %s failed and is tried again", step.name)
        return None
