"""From a report to its PDF, in a short-lived process of its own."""

import json
import logging
import subprocess
import sys
import threading
from pathlib import Path

from feedback.results.pdf.blocks import Report, plain

PRESS = Path(__file__).with_name("press.py")
SECONDS = 30
# A process sets so many reports at once; who comes then waits a while.
AT_ONCE, WAIT_SECONDS = 2, 15

log = logging.getLogger("kesan.pdf")
_free = threading.BoundedSemaphore(AT_ONCE)


class PressBusy(Exception):
    """Too many reports are being made at this moment; later it will do."""


class PressFailed(Exception):
    """The report could not be made; the log says why."""


def pdf_of(report: Report) -> bytes:
    """Return the report as PDF. Raises PressBusy, PressFailed.

    What people typed goes in as data and is never read as markup.
    """
    if not _free.acquire(timeout=WAIT_SECONDS):
        raise PressBusy
    try:
        return _pressed(sheet(report))
    finally:
        _free.release()


def sheet(report: Report) -> bytes:
    """Return the report as the press takes it."""
    data = plain(report) | {"timestamp": int(report.made_at.timestamp())}
    return json.dumps(data, ensure_ascii=False).encode()


def _pressed(data: bytes) -> bytes:
    command = [sys.executable, "-I", str(PRESS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what was typed goes to its input
            command, input=data, capture_output=True, timeout=SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired as error:
        log.error("a report took longer than %d s", SECONDS)
        raise PressFailed from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        reason = done.stderr.decode(errors="replace")[-300:]
        log.error("a report failed with %d: %s", done.returncode, reason)
        raise PressFailed
    return done.stdout
