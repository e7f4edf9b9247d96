"""How fast managers' pages are: python -m benchmarks.results sqlite 10000 100000 1000000.

For each size a database is filled with invented years (generated.py), the roll-ups are made by
Kesan's own rebuild, the worker's kept summaries by its own step, and every manager's page is
asked for again and again through the app. Printed: p50 and p95 in milliseconds, statements,
memory; beside each p95 its ratio to that of the first size in the same run.
"""

import argparse
import contextlib
import functools
import resource
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import select, text

from benchmarks.generated import WAVES, fill
from feedback import clock, create_app, storage
from feedback.analytics import service as analytics
from feedback.auth.service import create_user
from feedback.campaigns.counting import service as counting
from feedback.config import Settings
from feedback.extensions import db
from feedback.results import scope
from feedback.results.explorer import service as explorer
from feedback.results.kept import queries, service
from feedback.results.kept.pace import WAVES as WAVES_KEY
from feedback.results.kept.pace import key_of
from feedback.serving import settle
from feedback.surveys.models import Survey, SurveyVersion
from feedback.surveys.service import install_shipped
from tests.databases import postgresql_server
from tests.rows import counting_statements

TIMES = 40
LIMIT_MS, LIMIT_RATIO = 200, 1.5


def pages(organisations: int, user_id: int) -> dict[str, str]:
    """Return what is asked for: name → address."""
    last = WAVES
    some = max(1, organisations // 2)
    return {
        "portfolio": "/",
        "portfolio, one kind": "/?kind=client",
        "portfolio, one segment": "/?segment=Retail",
        "portfolio, kind and segment": "/?kind=client&segment=Retail",
        "portfolio, own organisations": f"/?owner={user_id}",
        "portfolio, one wave": f"/?period=w{last}",
        "portfolio, one wave, one kind": f"/?period=w{last}&kind=client",
        "portfolio, this year": f"/?period={time.gmtime().tm_year}",
        "portfolio, by name": "/?sort=name",
        "portfolio, by value, page 3": "/?sort=-value&page=3",
        "portfolio, found by name": f"/?text={some:06d}",
        "campaign summary": f"/campaigns/{last}/summary",
        "organisation": f"/organisations/{some}",
        "organisation, one wave": f"/organisations/{some}?period=w{last}",
        "answers": "/answers",
        "answers, one figure, one wave": f"/answers?period=w{last}&measure=trust",
        "answers, one organisation": f"/answers?organisation={some}",
        "invitations": "/invitations",
        "invitations, no answer, one wave": f"/invitations?period=w{last}&fate=no_answer",
        "reviews": "/reviews",
        "reviews, negative": "/reviews?label=negative",
        "reviews, found by words": "/reviews?text=invoice",
        "organisations": "/organisations",
        "contacts": "/contacts",
        "campaigns": "/campaigns",
        "campaign": f"/campaigns/{last}",
    }


def measure(client: FlaskClient, address: str) -> tuple[float, float, int]:
    """Return p50 and p95 in milliseconds and how many statements the last request took."""
    taken, statements = [], 0
    for _ in range(TIMES):
        with counting_statements(db.engine) as counted:
            begun = time.perf_counter()
            answer = client.get(address)
            taken.append(1000 * (time.perf_counter() - begun))
        assert answer.status_code == 200, (address, answer.status_code)
        statements = len(counted)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1], statements


def prepare(responses: int) -> tuple[dict[str, int], int]:
    """Fill the database and let Kesan add everything up; return what there is and who looks."""
    upgrade()
    install_shipped()
    user = create_user("looks@example.com", "Looks", "admin", "kesan-bench-only", "en")
    user_id = user.id
    version_id = db.session.scalars(
        select(SurveyVersion.id).join(Survey).where(Survey.key == "client_relationship")
    ).one()
    made, seconds = timed(lambda: fill(responses, version_id, user_id))
    tell(f"  filled in {seconds:.0f} s: {made}")
    look_over()
    _, seconds = timed(analytics.add_up)
    tell(f"  roll-ups of {made['responses']} responses made in {seconds:.0f} s")
    _, seconds = timed(lambda: explorer.make_anew(lambda _count: None))
    tell(f"  index of reviews made in {seconds:.0f} s")
    look_over()
    if queries.is_large():
        keep_asked_for()
    _, seconds = timed(count_campaigns)
    tell(f"  large campaigns counted in {seconds:.1f} s")
    return made, user_id


def keep_asked_for() -> None:
    """Let the worker's step make the summaries that the pages below ask for, one by one."""
    now = clock.now()
    whole = scope.portfolio(now)
    wanted = [
        whole,
        whole.of(scope.Selection(kind="client")),
        whole.of(scope.Selection(segment="Retail")),
        whole.of(scope.Selection(kind="client", segment="Retail")),
        scope.wave(WAVES, now, now),
        scope.wave(WAVES, now, now).of(scope.Selection(kind="client")),
        scope.in_year(now.year),
    ]
    for key, each in [(WAVES_KEY, whole), *((key_of(each), each) for each in wanted)]:
        assert key
        _, seconds = timed(functools.partial(service.keep, key, each, ""))
        tell(f"  {key} kept in {seconds:.1f} s, memory {resident():.0f} MB")


def look_over() -> None:
    """Let the database look over what it holds, as it does by itself in the course of time."""
    storage.look_over(db.session)
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET lock_timeout = 0"))
            connection.execute(text("VACUUM (ANALYZE)"))


def count_campaigns() -> None:
    """Let the worker's step count every large campaign once."""
    while counting.count_next():
        pass


def timed(work: Any) -> tuple[Any, float]:
    """Do something; return what it gave and how long it took."""
    begun = time.monotonic()
    found = work()
    return found, time.monotonic() - begun


def tell(line: str) -> None:
    """Print at once: a run takes minutes."""
    print(line, flush=True)


def resident() -> float:
    """Return this process's memory in MB."""
    pages_held = int(Path("/proc/self/statm").read_text().split()[1])
    return pages_held * resource.getpagesize() / 1e6


def prepared(settings: Settings, responses: int) -> tuple[dict[str, int], int]:
    """Prepare a database in this process and let go of it."""
    app = create_app(settings)
    with app.app_context():
        found = prepare(responses)
        db.session.remove()
        db.engine.dispose()
    return found


def run(database_url: str, folder: Path, responses: int) -> dict[str, tuple[float, float, int]]:
    """Measure every page at one size."""
    settings = Settings(data_dir=str(folder), database_url=database_url)
    # Elsewhere: a web process has never held all those rows.
    with ProcessPoolExecutor(1, get_context("fork")) as other:
        made, user_id = other.submit(prepared, settings, responses).result()
    app = create_app(settings)
    app.testing = True
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    credentials = {"email": "looks@example.com", "password": "kesan-bench-only"}
    assert client.post("/login", data=credentials).status_code in (302, 303)
    settle()
    found = {}
    for name, address in pages(made["organisations"], user_id).items():
        with app.app_context():
            client.get(address)
            found[name] = measure(client, address)
    tell(f"  memory of this process {resident():.0f} MB")
    with app.app_context():
        db.engine.dispose()
    return found


def report(sizes: list[int], results: dict[int, dict[str, tuple[float, float, int]]]) -> bool:
    """Print the table; say whether every page keeps both limits at every size."""
    heads = [f"{size:,} p50 / p95 ms, statements" for size in sizes]
    tell("| page | " + " | ".join(heads) + " | ratio |")
    tell("|---|" + "---|" * (len(sizes) + 1))
    good = True
    for name in results[sizes[0]]:
        cells = [results[size][name] for size in sizes]
        ratio = max(cell[1] for cell in cells) / cells[0][1]
        kept_limits = max(cell[1] for cell in cells) <= LIMIT_MS and ratio <= LIMIT_RATIO
        good = good and kept_limits
        shown = " | ".join(f"{p50:.0f} / {p95:.0f}, {count}" for p50, p95, count in cells)
        tell(f"| {name} | {shown} | {ratio:.2f}{'' if kept_limits else ' (!)'} |")
    return good


def main() -> None:
    """Run the sizes given, on the database given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("database", choices=["sqlite", "postgresql"])
    parser.add_argument("sizes", type=int, nargs="+")
    given = parser.parse_args()
    results = {}
    with contextlib.ExitStack() as stack:
        server = None
        if given.database == "postgresql":
            server = stack.enter_context(postgresql_server())
        for size in given.sizes:
            tell(f"{given.database}, {size:,} responses")
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kesan-bench-")))
            results[size] = run(database(server, folder, size), folder, size)
    sys.exit(0 if report(given.sizes, results) else 1)


def database(server: str | None, folder: Path, size: int) -> str:
    """Make an empty database and return its address."""
    if server is None:
        return f"sqlite:///{folder / 'kesan.db'}"
    from sqlalchemy import create_engine

    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE bench_{size}"))
    engine.dispose()
    return f"{server}/bench_{size}"


if __name__ == "__main__":
    main()
