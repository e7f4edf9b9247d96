"""gunicorn's settings: one port for the web app, and the worker as its companion process."""

import os
import subprocess
import sys
import threading
from typing import Any

worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = 8
timeout = 60
graceful_timeout = 20
keepalive = 15
max_requests = 0
control_socket_disable = True
# Paths of personal links are secrets; the access log stays off (EML-20).
accesslog = None

_companion: dict[str, Any] = {"process": None, "stopping": False}


def when_ready(server: Any) -> None:
    """Start the worker once the port is open, and say where Kesan is."""
    threading.Thread(target=_keep_worker_alive, args=(server.log,), daemon=True).start()
    server.log.info("Kesan is at %s", os.environ.get("BASE_URL", server.address))


def on_exit(_server: Any) -> None:
    """Stop the worker with the web app."""
    _companion["stopping"] = True
    process = _companion["process"]
    if process and process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _keep_worker_alive(log: Any) -> None:
    command = [sys.executable, "-m", "flask", "--app", "app", "worker"]
    pause = threading.Event()
    while not _companion["stopping"]:
        process = subprocess.Popen(command)  # noqa: S603 - our own command, no input in it
        _companion["process"] = process
        code = process.wait()
        if not _companion["stopping"]:
            log.warning("the worker ended with code %s and is started again", code)
            pause.wait(2)
