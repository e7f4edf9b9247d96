"""The two real databases the tests run on: a SQLite file, or a PostgreSQL server of their own."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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
