"""How fast the review explorer is: python -m benchmarks.explorer sqlite 10000 100000 1000000.

For each number of comments a temporary installation is filled with our training comments, joined
and misspelt, and the index is made by the worker's own step. Then every filter is asked for by
itself, some together, in every order and far from the beginning, through the app and in turn, so
that no page is just there from the time before. Printed: milliseconds a request, and how many
fit. It fails where the 95th percentile of a filter alone is above 100 ms: of those worked on
SQLite, of those passed on PostgreSQL, which works elsewhere.
"""

import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import Engine, Table, create_engine, select, text

from feedback import create_app
from feedback.analytics.models import PersonScore, ScoredResponse
from feedback.auth.service import create_user
from feedback.campaigns.models import Campaign
from feedback.config import Settings
from feedback.extensions import db
from feedback.organisations.models import Organisation
from feedback.responses.models import SurveyResponse
from feedback.results.explorer import service
from feedback.results.explorer.models import ReviewEntry
from feedback.sentiment.analyse import analyse_all
from feedback.sentiment.examples import own
from feedback.sentiment.models import CommentAnalysis, CommentCorrection, CommentQuote
from feedback.storage import reading, sqlite_driver

SEED = 7
AT_ONCE = 10_000
TEXTS = 4_000
ORGANISATIONS, CAMPAIGNS = 5_000, 40
FIRST_DAY = datetime(2022, 1, 1, tzinfo=UTC)
DAYS = 1_700
TIMES = 30
LIMIT = 100.0

Row = dict[str, Any]


def alone(middle: int) -> dict[str, str]:
    """Name every filter by itself, and every order; `middle` is an arrival halfway."""
    return {
        "nothing": "",
        "nothing, halfway through": f"next={middle}",
        "a common word": "text=kami+",
        "a rare word": "text=keterlambatannya+",
        "a word nobody wrote": "text=zzyzx",
        "a common beginning": "text=meng",
        "a phrase": 'text="tepat waktu"',
        "all but a word": "text=-kami",
        "negative": "label=negative",
        "unsure": "label=unsure",
        "not about us": "label=aside",
        "waiting": "label=waiting",
        "about trust": "about=trust",
        "praise": "side=positive",
        "language": "language=ms",
        "a large organisation": "organisation=1",
        "a small organisation": f"organisation={ORGANISATIONS}",
        "name of one": "name=Organisation+00777",
        "name of many": "name=Organisation",
        "most kinds": "kind=client",
        "a rare kind": "kind=community",
        "segment": "segment=S7",
        "campaign": "campaign=20",
        "since": "since=2025-01-01",
        "until": "until=2023-01-01",
        "a day": "since=2024-03-01&until=2024-03-01",
        "contradiction": "contradicts=1",
        "request": "act=request",
        "threat": "act=threat",
        "corrected": "corrected=1",
        "quotes": "quoted=1",
        "most negative first": "sort=negative",
        "most certain first": "sort=certain",
    }


def together(middle: int) -> dict[str, str]:
    """Name some filters together."""
    return {
        "words and what is told": "text=barang+lambat&label=negative",
        "halfway through common words": f"text=kami+&next={middle}",
        "criticism of a dimension in a kind": "about=reliability&side=negative&kind=partner",
        "threats in a year": "act=threat&since=2024-01-01&until=2024-12-31",
        "five filters": "label=negative&language=id&about=responsiveness&kind=client&act=threat",
        "negative, most certain first": "label=negative&sort=certain",
        "positive, most negative first": "label=positive&sort=negative",
        "words, most negative first": "text=kami+&sort=negative",
        "nothing fits, four to leave out": "text=zzyzx&label=negative&kind=client&about=trust",
    }


def rows(many: int) -> Iterator[tuple[Row, ...]]:
    """Yield for each response its rows: response, scored, two scores, comment."""
    chance = random.Random(SEED)
    texts = [each.text for each in chance.sample(list(own()), TEXTS)]
    verdicts = [verdict.to_dict() for verdict in analyse_all(texts)]
    for number in range(1, many + 1):
        at = chance.randrange(TEXTS)
        words = texts[at]
        if chance.random() < 0.6:
            words = f"{words} {chance.choice(texts)}"
        slip = chance.randrange(len(words))
        words = words[:slip] + words[slip] * 2 + words[slip + 1 :]
        sent = FIRST_DAY + timedelta(seconds=DAYS * 86_400 * number / many)
        where = {
            "campaign_id": 1 + (number - 1) * CAMPAIGNS // many,
            "organisation_id": min(ORGANISATIONS, int(chance.paretovariate(0.6))),
        }
        key = {"response_id": chance.getrandbits(40) << 20 | number}
        points = chance.choice((0, 1, 2, 3, 3, 4, 4))
        verdict = verdicts[at] | {"analysed_at": sent}
        if chance.random() < 0.0002:
            verdict["version"] = ""
        yield (
            where | {"id": key["response_id"], "invitation_id": number, "survey_version_id": 1,
                     "language": "id", "state": "submitted", "revision": 1,
                     "started_at": sent, "submitted_at": sent},
            key | where | {"contact_id": None, "completeness": "complete", "submitted_at": sent},
            key | where | {"measure": "csat", "value": points},
            key | where | {"measure": "nps", "value": chance.randrange(11)},
            key | where | {"question": "reason", "text": words} | verdict,
        )  # fmt: skip


def fill(engine: Engine, many: int) -> None:
    """Fill the tables the explorer reads; nobody asks here whether invitations are there."""
    models = (SurveyResponse, ScoredResponse, PersonScore, PersonScore, CommentAnalysis)
    tables: list[Any] = [model.__table__ for model in models]
    kinds = ["client"] * 70 + ["partner"] * 20 + ["internal"] * 9 + ["community"]
    organisations = [
        {"id": n, "match_key": f"id:{n}", "name": f"Organisation {n:05d}", "segment": f"S{n % 20}",
         "kind": kinds[n % 100], "created_at": FIRST_DAY, "updated_at": FIRST_DAY}
        for n in range(1, ORGANISATIONS + 1)
    ]  # fmt: skip
    campaigns = [
        {"id": n, "name": f"Wave {n}", "survey_version_id": 1, "state": "closed",
         "company": "Sagara", "messages": {}, "audience": {}, "closes_at": FIRST_DAY,
         "created_by": 1, "created_at": FIRST_DAY, "launched_at": FIRST_DAY + timedelta(days=n)}
        for n in range(1, CAMPAIGNS + 1)
    ]  # fmt: skip
    with engine.begin() as connection:
        connection.execute(_table(Organisation).insert(), organisations)
        connection.execute(_table(Campaign).insert(), campaigns)
    made = rows(many)
    for _ in range(0, many, AT_ONCE):
        some = list(itertools.islice(made, AT_ONCE))
        with engine.begin() as connection:
            for table, column in zip(tables, zip(*some, strict=True), strict=True):
                connection.execute(table.insert(), list(column))
            connection.execute(_table(CommentCorrection).insert(), list(_corrected(some)))
            connection.execute(_table(CommentQuote).insert(), list(_quoted(some)))


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table


def _corrected(some: list[tuple[Row, ...]]) -> Iterator[Row]:
    for number, (*_, comment) in enumerate(some[::200]):
        aside = number % 10 == 0
        yield {
            "response_id": comment["response_id"], "question": "reason", "text": comment["text"],
            "label": None if aside else "negative", "dimensions": None if aside else {"trust": -1},
            "not_about_us": aside, "language": "id", "program_label": "positive",
            "program_version": "x", "program_acts": [], "corrected_by": 1,
            "corrected_at": FIRST_DAY,
        }  # fmt: skip


def _quoted(some: list[tuple[Row, ...]]) -> Iterator[Row]:
    for *_, comment in some[5::2_000]:
        words = {name: comment[name] for name in ("response_id", "question", "text")}
        yield words | {"quoted_by": 1, "quoted_at": FIRST_DAY}


@contextmanager
def installation(kind: str) -> Iterator[tuple[Flask, Engine]]:
    """Give an empty installation, and a way into its database that asks for no foreign keys."""
    with tempfile.TemporaryDirectory() as name:
        if kind == "sqlite":
            app = create_app(Settings(data_dir=name))
            url = f"sqlite:///{name}/kesan.db"
            engine = create_engine(url, module=sqlite_driver())
            yield _ready(app), engine
            return
        from tests.databases import postgresql_server

        with postgresql_server() as server:
            url = f"{server}/postgres"
            app = create_app(Settings(data_dir=name, database_url=url))
            without = {"options": "-c session_replication_role=replica"}
            engine = create_engine(url, connect_args=without)
            yield _ready(app), engine
            engine.dispose()
            with app.app_context():
                db.engine.dispose()


def _ready(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade()
        create_user("reader@example.com", "Reader", "manager", "correct horse battery", "en")
    return app


def make_index(app: Flask) -> float:
    """Let the worker's step make the index; return the seconds it took."""
    begun = time.perf_counter()
    with app.app_context(), reading(False):
        db.session.execute(text("UPDATE review_index SET version = 0"))
        db.session.commit()
        while service.catch_up() is not None:
            pass
    return time.perf_counter() - begun


def reader(app: Flask) -> FlaskClient:
    """Log somebody in."""
    client = app.test_client()
    from feedback.auth.models import User

    with app.app_context():
        key = db.session.scalars(select(User.fs_uniquifier)).one()
    with client.session_transaction() as session:
        session.update({"_user_id": key, "_fresh": True, "fs_cc": "set", "identity.id": key})
    return client


def measured(client: FlaskClient, addresses: dict[str, str]) -> dict[str, list[Sequence[float]]]:
    """Ask for every address in turn, again and again; return milliseconds by name.

    Two for each request: those that passed, and those this process worked (on SQLite with the
    database inside), which do not depend on what else the machine does.
    """
    found: dict[str, list[Sequence[float]]] = {name: [] for name in addresses}
    for _ in range(TIMES + 1):
        for name, query in addresses.items():
            begun, worked = time.perf_counter(), time.process_time()
            answer = client.get(f"/reviews?{query}")
            spent = time.perf_counter() - begun, time.process_time() - worked
            found[name].append([1_000 * each for each in spent])
            assert answer.status_code == 200, (name, answer.status_code)
    return {name: times[1:] for name, times in found.items()}


def said(client: FlaskClient, query: str) -> str:
    """Return what the page says of how many fit."""
    page = client.get(f"/reviews?{query}").text
    return page.split('class="lead">')[1].split("</p>")[0]


def run(kind: str, many: int) -> bool:
    """Measure one size; say whether every filter alone is fast enough."""
    with installation(kind) as (app, engine):
        fill(engine, many)
        seconds = make_index(app)
        if kind != "sqlite":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        with app.app_context(), reading():
            arrivals = select(ReviewEntry.arrival).order_by(ReviewEntry.arrival)
            middle = db.session.scalars(arrivals.offset(many // 2).limit(1)).one()
        client = reader(app)
        rate = f"{many / seconds:,.0f}"
        print(f"\n## {kind}, {many:,} comments; index made in {seconds:.0f} s, {rate} a second\n")
        print("| asked for | fit | p50 ms | p95 ms | worked p95 ms |\n|---|---|---|---|---|")
        single = alone(middle)
        fine = True
        for part in (single, together(middle)):
            for name, times in measured(client, part).items():
                passed, worked = zip(*times, strict=True)
                p95, own_p95 = (statistics.quantiles(each, n=20)[-1] for each in (passed, worked))
                counts = own_p95 if kind == "sqlite" else p95
                fine = fine and (counts <= LIMIT or part is not single)
                line = f"{statistics.median(passed):.0f} | {p95:.0f} | {own_p95:.0f}"
                print(f"| {name} | {said(client, part[name])} | {line} |", flush=True)
    return fine


def main(kind: str, sizes: list[int]) -> int:
    """Measure every size; 0 where all are fast enough."""
    fine = [run(kind, size) for size in sizes]
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], [int(each) for each in sys.argv[2:]]))
