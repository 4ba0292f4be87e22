"""The real service in a folder of its own: load, start, kill, start again. Loopback only."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TILLEULS = Path(__file__).parent / "frontdesk" / "tilleuls.json"
STARTS_WITHIN = 20.0  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """One installation. Each child leads its own process group, so that kill -9 takes granian's worker with it."""

    def __init__(self, folder: Path, database_url: str = "", practice: Path = TILLEULS) -> None:
        self.folder, self.practice, self.port = folder, practice, free_port()
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.more: dict[str, int] = {}  # ports of further web processes
        self.environment = {
            **os.environ, "RELEVE_DATA_DIR": str(folder), "RELEVE_DATABASE_URL": database_url,
            "RELEVE_PORT": str(self.port), "DJANGO_SETTINGS_MODULE": "releve.config.settings",
        }  # fmt: skip

    def __enter__(self) -> "Service":
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # a run that is ended takes its children with it
        self.run("bench.service", str(self.practice))
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.children):
            self.kill(name)

    def run(self, module: str, *arguments: str) -> str:
        """A command of this installation to its end; its output. Raises when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments], env=self.environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{module} {arguments} failed:\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def start(self, *names: str) -> None:
        """Starts `web` and `work`, or the verbs named (`work 2` is a second worker); returns once the web processes
        answer."""
        for name in names or ("web", "work"):
            verb = name.split()[0]
            environment = {**self.environment, "RELEVE_PORT": str(self._port(name))}
            with (self.folder / f"{name}.log").open("ab") as log:
                self.children[name] = subprocess.Popen(
                    [sys.executable, "-m", "releve.cli", verb], env=environment, stdout=log, stderr=log,
                    start_new_session=True,
                )  # fmt: skip
        for name in self.children:
            if name.split()[0] in ("web", "serve"):
                self._wait(name)

    def _port(self, name: str) -> int:
        return self.port if name in ("web", "serve") else self.more.setdefault(name, free_port())

    def port_for(self, key: str) -> int:
        """The web processes share the calls."""
        ports = [self._port(name) for name in sorted(self.children) if name.split()[0] in ("web", "serve")]
        return ports[sum(key.encode()) % len(ports)] if ports else self.port

    def _wait(self, name: str) -> None:
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if Client(self._port(name)).get("/health") in (200, 503):  # late is well enough to answer
                    return
            time.sleep(0.02)
        log = (self.folder / f"{name}.log").read_text()[-2000:]
        raise RuntimeError(f"the process `{name}` does not answer:\n{log}")

    def kill(self, name: str) -> None:
        """kill -9, as a power cut would."""
        child = self.children.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def stop(self, names: Sequence[str] = (), grace: float = 10.0) -> None:
        """SIGTERM, as an orderly stop; without names, of all."""
        for name in names or list(self.children):
            child = self.children.pop(name)
            child.terminate()
            child.wait(grace)


class Client:
    """One keep-alive connection that speaks JSON."""

    def __init__(self, port: int, timeout: float = 10.0) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def get(self, path: str) -> int:
        self.connection.request("GET", path)
        response = self.connection.getresponse()
        response.read()
        return response.status

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Status and JSON body. Raises OSError or HTTPException when the connection breaks."""
        try:
            self.connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
            response = self.connection.getresponse()
            data = response.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise
        return response.status, json.loads(data) if data.startswith(b"{") else {"raw": data.decode(errors="replace")}


if __name__ == "__main__":  # loads a practice file and signs its start-up record, in one process
    from releve.cli import main

    sys.exit(main(["load", sys.argv[1]]) or main(["sign", "--name", "Dr Delmas"]))
