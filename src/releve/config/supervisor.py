"""`releve serve`: two children, web and worker; if one ends, the other is stopped and the exit status says so."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from django.conf import settings

from releve.config.parent import end_with_parent

GRACE = 10.0  # seconds a child has to end by itself


def supervise(*more: str, first: Callable[[], None] = lambda: None) -> int:
    """Runs `releve web`, `releve work` and the verbs in `more` until a signal or until one of them ends. `first` is
    said before, once it is known that the port is ours."""
    environment = settings.ENVIRONMENT
    if _taken(environment.host, environment.port):
        print(f"releve: port {environment.port} is in use; choose another: RELEVE_PORT=8080", file=sys.stderr)
        return 2
    first()
    command = [sys.executable, "-m", "releve.cli"]
    children = [subprocess.Popen([*command, verb], preexec_fn=end_with_parent) for verb in ("web", "work", *more)]
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    print(f"Relève: http://{environment.host}:{environment.port}/  (Ctrl-C to stop)", flush=True)
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    return _end(children, stopping)


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def _end(children: list["subprocess.Popen[bytes]"], stopping: bool) -> int:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return 0 if stopping else 1


def run_web() -> int:
    """One granian WSGI process; several threads, since requests wait for the database's lock."""
    from granian import Granian
    from granian.constants import Interfaces

    environment = settings.ENVIRONMENT
    server = Granian(
        "releve.config.wsgi:application", address=environment.host, port=environment.port, interface=Interfaces.WSGI,
        workers=1, blocking_threads=4, log_access=False, websockets=False,
    )  # fmt: skip
    server.serve()
    return 0
