"""The PostgreSQL that an installation is moved to. Its password is said nowhere."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.db import Error, connections

from releve.config.moving import tables
from releve.config.settings import database

TARGET = "move_target"
OLDEST = 15  # version of PostgreSQL
TELLING = 3  # letters of a password that are not said
PARAMETER = re.compile(r"([?&](?:ssl)?password=)[^&]*")


class Refused(RuntimeError):
    """The move cannot be made; the sentence says why. Nothing was carried over."""


def address(given: str) -> str:
    """The address as given, or as the first line of the file that was named instead. Raises Refused."""
    if "://" in given:
        return given
    try:
        return Path(given).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Refused("--to takes an address, postgresql://user:password@host:5432/name, or a file with it") from None


def masked(url: str) -> str:
    """The address with *** for the password, wherever it stands."""
    scheme, _, rest = url.partition("://")
    user, at, place = rest.rpartition("@")
    name = user.partition(":")[0]
    return PARAMETER.sub(r"\1***", f"{scheme}://{name}{':***' if ':' in user else ''}{at}{place}")


def connect(url: str) -> None:
    """Makes the target known as a second database. Raises Refused."""
    try:
        there = database(url)
        if not url or not there["NAME"]:
            raise ValueError
    except ValueError:
        raise Refused("--to: is not an address like postgresql://user:password@host:5432/name") from None
    there["OPTIONS"] = {**there["OPTIONS"], "options": ""}  # type: ignore[dict-item]  # one long transaction is meant
    connections.settings = connections.configure_settings({**settings.DATABASES, TARGET: there})
    try:
        connections[TARGET].ensure_connection()
    except Error as error:
        raise Refused(f"{masked(url)} does not answer: {without_password(str(error), url)}") from None
    _able()


def without_password(text: str, url: str) -> str:
    """An error's first line. A password that was not percent-encoded may stand in it as part of a host's name."""
    line = text.strip().partition("\n")[0]
    said = url.partition("://")[2].rpartition("@")[0].partition(":")[2]
    parts = [said, unquote(said), *(part for part in re.split("[/:@?#]", said) if len(part) >= TELLING)]
    parts += [unquote(found.group().partition("=")[2]) for found in PARAMETER.finditer(url)]
    for part in filter(None, parts):
        line = line.replace(part, "***")
    return line


def prepare(url: str) -> None:
    """Makes the tables, by `releve migrate` in a process whose own database this is: a migration that fills a table
    writes where it belongs. Raises Refused."""
    connections[TARGET].close()
    given = {k: v for k, v in os.environ.items() if k != "RELEVE_DATABASE_URL_FILE"}
    command = [sys.executable, "-m", "releve.cli", "migrate"]
    done = subprocess.run(command, env={**given, "RELEVE_DATABASE_URL": url}, capture_output=True, text=True)
    if done.returncode:
        said = without_password((done.stderr.strip() or "?").rpartition("\n")[2], url)
        raise Refused(f"its tables could not be made: {said}")


def _able() -> None:
    connection = connections[TARGET]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding')")
        version, encoding = cursor.fetchone()
    if version < OLDEST:
        raise Refused(f"PostgreSQL {version} is too old: {OLDEST} to 18 will do")
    if encoding != "UTF8":
        raise Refused(f"the database is in {encoding}: make one in UTF-8")
    strangers = tables.unclaimed(TARGET)
    if strangers:
        raise Refused(f"the database holds tables that are not Relève's: {', '.join(strangers[:5])}. Make an empty one")
