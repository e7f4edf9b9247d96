"""Reads many stored comments anew, killed halfway: python -m benchmarks.reanalysis 100000.

Fills a temporary installation with that many comments of an older analyser version and up to 500
corrections, runs `flask sentiment reanalyse`, kills it (SIGKILL) when a third is done, starts it
again, and checks that nothing was read twice, nothing is left, no correction has changed.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import Engine, Table, create_engine, func, select

from feedback import create_app
from feedback.config import Settings
from feedback.extensions import db
from feedback.sentiment.examples import own
from feedback.sentiment.models import CommentAnalysis, CommentCorrection

TOP = Path(__file__).parent.parent
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
BEFORE = "older-1"
CORRECTIONS = 500
AT_ONCE = 5_000
SEED = 7

COMMENTS: Any = CommentAnalysis.__table__
CORRECTED: Any = CommentCorrection.__table__
Done = dict[tuple[int, str], datetime]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the command: how long it took, its peak memory in MB, how it ended."""

    seconds: float
    memory: float
    status: int


def comments(many: int) -> Iterator[dict[str, Any]]:
    """Yield rows as an older analyser left them: our training comments, joined and misspelt."""
    chance = random.Random(SEED)
    texts = [each.text for each in own()]
    for number in range(many):
        text = chance.choice(texts)
        if chance.random() < 0.3:
            text = f"{text} {chance.choice(texts)}"
        at = chance.randrange(len(text))
        yield {
            "response_id": 1 + number // 2,
            "question": ("reason", "improve")[number % 2],
            "campaign_id": 1,
            "organisation_id": 1 + number % 60,
            "text": text[:at] + text[at] * 2 + text[at + 1 :],
            "version": BEFORE,
            "analysed_at": LONG_AGO,
        }


def corrections(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield corrections of some of these comments."""
    for row in rows:
        yield {
            "response_id": row["response_id"],
            "question": row["question"],
            "text": row["text"],
            "label": "negative",
            "dimensions": {"trust": -1},
            "language": "id",
            "program_label": "positive",
            "program_version": BEFORE,
            "program_acts": [],
            "corrected_by": 1,
            "corrected_at": LONG_AGO,
        }


def filled(settings: Settings, many: int) -> Engine:
    """Make the tables and fill the two that the command meets; return a way to look at them.

    The rows stand without the responses they belong to: the command does not read those, and
    connections of this engine do not ask for them.
    """
    app = create_app(settings)
    with app.app_context():
        upgrade()
        db.engine.dispose()
    engine = create_engine(settings.sqlalchemy_url)
    rows = list(comments(many))
    with engine.begin() as connection:
        for first in range(0, many, AT_ONCE):
            connection.execute(COMMENTS.insert(), rows[first : first + AT_ONCE])
        chosen = random.Random(SEED).sample(rows, min(CORRECTIONS, many))
        connection.execute(CORRECTED.insert(), list(corrections(chosen)))
    return engine


def start(folder: Path) -> "subprocess.Popen[bytes]":
    """Start the real command."""
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "sentiment", "reanalyse"],
        cwd=TOP,
        env=os.environ | {"DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
    )


def ended(process: "subprocess.Popen[bytes]", begun: float) -> Run:
    """Wait for the end of a run."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(time.perf_counter() - begun, used.ru_maxrss / 1024, process.returncode)


def killed_at(folder: Path, engine: Engine, enough: int) -> Run:
    """Run until so many comments are read anew, then kill."""
    begun = time.perf_counter()
    process = start(folder)
    while process.poll() is None and count_done(engine) < enough:
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    return ended(process, begun)


def count_done(engine: Engine) -> int:
    """Return how many comments have been read anew."""
    done = select(func.count()).where(COMMENTS.c.version.notin_(["", BEFORE]))
    with engine.connect() as connection:
        return connection.scalar(done) or 0


def done(engine: Engine) -> Done:
    """Return when each comment that has been read anew was read."""
    columns = (COMMENTS.c.response_id, COMMENTS.c.question, COMMENTS.c.analysed_at)
    with engine.connect() as connection:
        rows = connection.execute(
            select(*columns).where(COMMENTS.c.version.notin_(["", BEFORE]))
        ).all()
    return {(response, question): at for response, question, at in rows}


def digest(engine: Engine, table: Table) -> str:
    """Return a mark of everything that stands in a table."""
    with engine.connect() as connection:
        rows = connection.execute(select(table).order_by(*table.primary_key)).all()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def main(many: int) -> int:
    """Print what was measured and found; 0 where everything is as it should be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        engine = filled(Settings(data_dir=name), many)
        corrected = digest(engine, CORRECTED)
        first = killed_at(folder, engine, many // 3)
        halfway = done(engine)
        begun = time.perf_counter()
        second = ended(start(folder), begun)
        after = done(engine)
        twice = sum(after.get(key) != at for key, at in halfway.items())
        same = digest(engine, CORRECTED) == corrected
        engine.dispose()
    print("| run | comments read | seconds | per second | peak memory, MB | ended |")
    print("|---|---|---|---|---|---|")
    for label, run, read in (
        ("killed", first, len(halfway)),
        ("started again", second, len(after) - len(halfway)),
    ):
        rate = f"{read / run.seconds:,.0f}"
        print(
            f"| {label} | {read:,} | {run.seconds:.1f} | {rate} | {run.memory:.0f} | {run.status} |"
        )
    left = many - len(after)
    print(f"\nLeft: {left}. Read twice: {twice}. Corrections untouched: {same}.")
    fine = (first.status, second.status, left, twice) == (-signal.SIGKILL, 0, 0, 0) and same
    return 0 if fine and 0 < len(halfway) < many else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
