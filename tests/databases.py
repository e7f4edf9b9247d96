"""The two real databases the tests run on: a SQLite file, or a PostgreSQL server of their own."""

import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text


def free_port() -> int:
    """Return a TCP port nobody listens on at the moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _postgres_bin() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    assert on_path, "PostgreSQL is needed for --database=postgresql: apt-get install postgresql"
    return Path(on_path).resolve().parent


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Start a PostgreSQL server on loopback; give its address up to the database name."""
    # In memory where there is some: durability is asked for here, the disk is not under test.
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    folder = Path(tempfile.mkdtemp(prefix="kesan-pg-", dir=memory))
    # The server refuses to run as root.
    run_as = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    if run_as:
        shutil.chown(folder, "postgres", "postgres")
    port, data = free_port(), str(folder / "data")
    tools = _postgres_bin()

    def run(*command: object) -> None:
        subprocess.run(
            [str(part) for part in command],
            stdout=subprocess.DEVNULL,
            check=True,
            cwd="/",
            **run_as,
        )

    run(tools / "initdb", "-D", data, "-A", "trust", "-U", "kesan", "-E", "UTF8", "--locale=C")
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
    run(tools / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield f"postgresql+psycopg://kesan@127.0.0.1:{port}"
    finally:
        run(tools / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def administer(server: str, *statements: str) -> None:
    """Run statements that make, copy or drop whole databases of a PostgreSQL server."""
    engine = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


Copying = Callable[[Path], AbstractContextManager[str]]


def copies_of(url: str, folder: Path) -> Copying:
    """Take a database that nobody uses any more out of the way; say how to borrow copies of it.

    What is given makes a copy in a folder, or on the server, and drops it at the end.
    """
    if url.startswith("sqlite"):

        @contextmanager
        def copy(target: Path) -> Iterator[str]:
            shutil.copy(folder / "kesan.db", target / "kesan.db")
            yield f"sqlite:///{target / 'kesan.db'}"

        return copy
    server, _, name = url.rpartition("/")
    kept, numbers = f"{name}_kept", itertools.count(1)
    administer(server, f"ALTER DATABASE {name} RENAME TO {kept}")

    @contextmanager
    def clone(_target: Path) -> Iterator[str]:
        own = f"{kept}_{next(numbers)}"
        administer(server, f"CREATE DATABASE {own} TEMPLATE {kept}")
        try:
            yield f"{server}/{own}"
        finally:
            administer(server, f"DROP DATABASE {own} WITH (FORCE)")

    return clone
