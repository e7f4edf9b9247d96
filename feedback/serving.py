"""gunicorn's settings: one port for the web app, and the worker as its companion.

The app is loaded once and forked, so web processes and worker share most of their memory.
"""

import gc
import os
import signal
import time
from typing import Any

preload_app = True
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = 8
timeout = 60
graceful_timeout = 20
keepalive = 15
control_socket_disable = True
# Paths of personal links are secrets: no access log (EML-20).
accesslog = None

RESTART_SECONDS = 2.0
STOP_SECONDS = 25.0

_companion: list[int] = []


def when_ready(server: Any) -> None:
    """Start the worker once the port is open, and say where Kesan is."""
    settle()
    pid = os.fork()
    if pid == 0:
        _watch_over_worker(server)
        os._exit(0)
    _companion.append(pid)
    server.log.info("Kesan is at %s", os.environ.get("BASE_URL", server.address))


def settle() -> None:
    """Take what was loaded out of the garbage collector's way, before anything is forked.

    A full collection looked at all of it, 0.1 s in the middle of every fifth request, and by
    looking parted the memory that the processes share.
    """
    gc.collect()
    gc.freeze()


def post_fork(server: Any, _worker: Any) -> None:
    """Let a web process open database connections of its own (STO-12)."""
    _forget_connections(server)


def on_exit(_server: Any) -> None:
    """Stop the worker with the web app."""
    for pid in _companion:
        _end(pid)


def _watch_over_worker(server: Any) -> None:
    """Start the worker again whenever it ends, until told to stop or the web app is gone."""
    parent, stopping = os.getppid(), []
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT):
        signal.signal(name, lambda *_: stopping.append(True))
    for name in (signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGCHLD, signal.SIGWINCH):
        signal.signal(name, signal.SIG_DFL if name == signal.SIGCHLD else signal.SIG_IGN)
    while not stopping and os.getppid() == parent:
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            _work(server)
            os._exit(0)
        while os.waitpid(pid, os.WNOHANG)[0] == 0:
            if stopping or os.getppid() != parent:
                _end(pid)
                return
            time.sleep(0.2)
        server.log.warning("the worker ended and is started again")
        time.sleep(max(0.0, RESTART_SECONDS - (time.monotonic() - started)))


def _end(pid: int) -> None:
    """End a child: asked first, so that it finishes what it has in hand, then by force."""
    try:
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            if os.waitpid(pid, os.WNOHANG)[0]:
                return
            time.sleep(0.1)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    except (ProcessLookupError, ChildProcessError):
        return  # gone already


def _work(server: Any) -> None:
    from feedback.cli import work  # noqa: PLC0415 - loaded already, in the parent

    for listener in server.LISTENERS:
        listener.close()
    _forget_connections(server)
    work(server.app.wsgi())


def _forget_connections(server: Any) -> None:
    from feedback.extensions import db  # noqa: PLC0415 - loaded already, in the parent

    with server.app.wsgi().app_context():
        db.engine.dispose(close=False)
