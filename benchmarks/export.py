"""Exports many responses through the real service: python -m benchmarks.export 150000.

Fills a temporary SQLite installation with that many invented responses to twenty questions, orders
them as XLSX and CSV and lets the worker's step make each file in a process of its own. Checks the
count by opening every file again, compares the cells of some rows with what was stored, and prints
seconds, rows and how much the memory has grown.
"""

import csv
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from openpyxl import load_workbook
from sqlalchemy import Engine, create_engine, select

from feedback import create_app
from feedback.auth.models import User
from feedback.campaigns.models import Campaign, Invitation
from feedback.config import Settings
from feedback.extensions import db
from feedback.organisations.models import Contact, Organisation
from feedback.responses.models import Submission, SurveyResponse
from feedback.results.exports import service
from feedback.results.exports.models import Export
from feedback.results.exports.orders import Wanted
from feedback.results.exports.service.workplace import path_of
from feedback.surveys.definition import digest, dump, parse
from feedback.surveys.models import Survey, SurveyVersion

SEED = 7
AT_ONCE = 10_000
BEGUN = datetime(2026, 10, 1, tzinfo=UTC)
ITEMS = [f"item_{number:02}" for number in range(1, 16)]
CHOSEN = {"way": ("phone", "mail", "visit"), "wants": ("speed", "price", "advice")}
COMMENTS = (
    "Cepat, tapi invoice sering salah.",
    '=HYPERLINK("http://example.com","late")',
    "Everything was fine; thank you & see you soon.",
    "Lambat sekali.\nDua kali kami tunggu sebulan.",
    "<r><t>never</t></r>",
)


@dataclass(frozen=True, slots=True)
class Run:
    """One export: how long it took, its rows and size, and by how many MB the memory grew."""

    seconds: float
    busy: float  # of them, seconds of this process on a processor
    rows: int
    size: int
    growth: float
    state: str


def words(text: str) -> dict[str, str]:
    """The same words in every language."""
    return dict.fromkeys(("en", "id", "ms"), text)


def definition() -> dict[str, Any]:
    """Twenty questions: fifteen items, satisfaction, recommendation, two choices, a comment."""
    options = {key: [{"key": e, "text": words(e.title())} for e in CHOSEN[key]] for key in CHOSEN}
    questions = [
        *(
            {"key": key, "type": "agreement", "text": words(f"They {key}"), "cannot_judge": True}
            for key in ITEMS
        ),
        {"key": "csat", "type": "csat", "text": words("How satisfied are you?")},
        {"key": "nps", "type": "nps", "text": words("Would you recommend us?")},
        {"key": "way", "type": "choice", "text": words("How?"), "options": options["way"]},
        {"key": "wants", "type": "choices", "text": words("What?"), "options": options["wants"]},
        {"key": "reason", "type": "long_text", "text": words("Why?")},
    ]
    section = {"key": "all", "title": words("All"), "questions": questions}
    return {"key": "bench", "title": words("Twenty questions"), "sections": [section]}


def answers(chance: random.Random) -> dict[str, str]:
    """What one person answered, as the service stores it: blanks left out."""
    found = {key: chance.choice("1234555") for key in ITEMS if chance.random() < 0.95}
    if chance.random() < 0.1:
        found["item_01"] = "na"
    found |= {"csat": chance.choice("12345"), "nps": str(chance.randrange(11))}
    found["way"] = chance.choice(CHOSEN["way"])
    found["wants"] = ",".join(each for each in CHOSEN["wants"] if chance.random() < 0.5)
    if chance.random() < 0.4:
        found["reason"] = f"{chance.choice(COMMENTS)} {chance.random():.6f}"
    return {key: value for key, value in found.items() if value}


def rows(many: int) -> Iterator[dict[Any, dict[str, Any]]]:
    """Yield one row for each of the tables that hold a response."""
    chance = random.Random(SEED)
    asked = [*ITEMS, "csat", "nps", "way", "wants", "reason"]
    for number in range(1, many + 1):
        at, home = BEGUN + timedelta(seconds=number), 1 + number % 500
        response = number * 2_654_435_761 + 1
        yield {
            Contact: {
                "id": number, "organisation_id": home, "name": f"Dewi Rekaan {number}",
                "email": f"d{number}@x.example.com", "email_key": f"d{number}@x.example.com",
                "created_at": BEGUN, "updated_at": BEGUN,
            },
            Invitation: {
                "id": number, "campaign_id": 1, "contact_id": number, "organisation_id": home,
                "nonce": number.to_bytes(16), "token_hash": number.to_bytes(32),
                "language": "id", "created_at": BEGUN, "answered_at": at,
            },
            SurveyResponse: {
                "id": response, "invitation_id": number, "campaign_id": 1,
                "organisation_id": home, "survey_version_id": 1, "language": "id",
                "state": "submitted", "revision": 1, "started_at": BEGUN, "submitted_at": at,
            },
            Submission: {
                "id": f"s{number}", "response_id": response, "revision": 1, "digest": "x" * 64,
                "answers": answers(chance), "asked": asked, "language": "id",
                "submitted_at": at,
            },
        }  # fmt: skip


def filled(settings: Settings, many: int) -> None:
    """Make the tables and fill them by bulk inserts."""
    app = create_app(settings)
    with app.app_context():
        upgrade()
        db.engine.dispose()
    engine = create_engine(settings.sqlalchemy_url)
    with engine.begin() as connection:
        _surroundings(connection)
        some: list[dict[Any, dict[str, Any]]] = []
        for each in rows(many):
            some.append(each)
            if len(some) == AT_ONCE:
                _insert(connection, some)
                some = []
        _insert(connection, some)
    engine.dispose()


def _surroundings(connection: Any) -> None:
    asked = parse(definition())
    plain = {"created_at": BEGUN, "updated_at": BEGUN}
    homes = [
        {"id": n, "match_key": f"name:{n}", "name": f"PT Rekaan {n}", **plain}
        for n in range(1, 501)
    ]
    one = {
        User: [{"id": 1, "email": "rina@kesan.example.com", "name": "Rina Invented",
                "password": "x", "fs_uniquifier": "x", "created_at": BEGUN}],
        Survey: [{"id": 1, "key": "bench", "created_at": BEGUN}],
        SurveyVersion: [{"id": 1, "survey_id": 1, "number": 1, "definition": dump(asked),
                         "digest": digest(asked), "published_at": BEGUN}],
        Organisation: homes,
        Campaign: [{"id": 1, "name": "Bench", "survey_version_id": 1, "state": "closed",
                    "company": "Sagara", "closes_at": BEGUN + timedelta(days=14),
                    "created_by": 1, "created_at": BEGUN, "launched_at": BEGUN}],
    }  # fmt: skip
    for model, values in one.items():
        connection.execute(model.__table__.insert(), values)


def _insert(connection: Any, some: list[dict[Any, dict[str, Any]]]) -> None:
    for model in (Contact, Invitation, SurveyResponse, Submission) if some else ():
        connection.execute(model.__table__.insert(), [each[model] for each in some])


def export(settings: Settings, kind: str, file: str, form: str, answer: Any) -> None:
    """Order and make one export in this process; send back the run and where the file lies."""
    app = create_app(settings)
    with app.app_context():
        placed = service.place(Wanted(kind, file, form, "en", 1), 1)
        db.session.commit()
        before = _memory("VmRSS")
        begun, busy = time.perf_counter(), time.process_time()
        while service.is_waiting():
            service.make_next()
        seconds, busy = time.perf_counter() - begun, time.process_time() - busy
        growth = _memory("VmHWM") - before
        db.session.expire_all()
        found = db.session.get(Export, placed.id)
        assert found is not None
        run = Run(seconds, busy, found.written, found.bytes, growth, found.failure or found.state)
        answer.send((run, str(path_of(found.file, "data"))))


def _memory(name: str) -> float:
    """Return how many MB are resident now (VmRSS), or were at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


def in_a_process(settings: Settings, *wanted: str) -> tuple[Run, str]:
    """Make one export in a fresh process, so that memory is its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=export, args=(settings, *wanted, there)
    )
    process.start()
    there.close()
    found = here.recv()
    process.join()
    return found


def read_csv(path: str) -> Iterator[list[str]]:
    """Yield the lines of a CSV file."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


def read_xlsx(path: str) -> Iterator[list[str]]:
    """Yield the rows of a workbook's data, blank cells as ""."""
    with open(path, "rb") as file:
        sheet = load_workbook(file, read_only=True).worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]


def check(path: str, read: Any, engine: Engine, many: int) -> str:
    """Open the raw file again, count its rows, compare every hundredth with what is stored."""
    lines = read(path)
    header = next(lines)
    with engine.connect() as connection:
        statement = select(SurveyResponse.id, Submission.answers).join(
            Submission, Submission.response_id == SurveyResponse.id
        )
        stored = {str(each[0]): each[1] for each in connection.execute(statement)}
    count = compared = 0
    for line in lines:
        count += 1
        if count % 100:
            continue
        row = dict(zip(header, line, strict=True))
        own = stored[row["_response"]]
        own = json.loads(own) if isinstance(own, str) else own
        for key in (*ITEMS, "csat", "nps", "way", "reason"):
            compared += 1
            if row[key] != own.get(key, ""):
                return f"{key} is {row[key]!r}, stored was {own.get(key)!r}"
    wrong = "" if count == many else f", but {many:,} were stored"
    return f"{count:,} rows{wrong}, {compared:,} cells compared, all equal"


def main(many: int) -> int:
    """Print what was measured and found; 0 where everything is as it should be."""
    wanted = (
        ("answers", "xlsx", "labels"),
        ("answers", "csv", "labels"),
        ("answers", "xlsx", "raw"),
        ("answers", "csv", "raw"),
        ("answers_long", "csv", "labels"),
    )
    with tempfile.TemporaryDirectory() as name:
        settings = Settings(data_dir=name)
        filled(settings, many)
        engine = create_engine(settings.sqlalchemy_url)
        print("| export | seconds | of them busy | rows | file, MB | memory growth, MB | ended |")
        print("|---|---|---|---|---|---|---|")
        runs, said = [], []
        for kind, file, form in wanted:
            run, path = in_a_process(settings, kind, file, form)
            runs.append(run)
            print(
                f"| {kind}, {file}, {form} | {run.seconds:.1f} | {run.busy:.1f} | {run.rows:,} | "
                f"{run.size / 1e6:.1f} | {run.growth:.0f} | {run.state} |", flush=True
            )  # fmt: skip
            if form == "raw":
                read = read_csv if file == "csv" else read_xlsx
                said.append(f"{file}: {check(path, read, engine, many)}.")
        engine.dispose()
    print("\nOpened again: " + " ".join(said))
    fine = all(run.state == "done" and run.growth < 100 for run in runs)
    return 0 if fine and all("all equal" in each and "but" not in each for each in said) else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
