"""The verbs that need Django. Each returns an exit status."""

import argparse
import getpass
import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from releve.config import environment


def setup() -> None:
    """Loads Django. Files made from here on (database, journal, keys) are their owner's only."""
    os.umask(0o077)
    try:
        environment.read()
    except ValueError as error:
        print(f"releve: unusable settings: {_readable(error)}", file=sys.stderr)
        raise SystemExit(2) from None
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "releve.config.settings")
    import django

    django.setup()


def _readable(error: ValueError) -> str:
    """One line for each setting that cannot be used."""
    errors = getattr(error, "errors", None)
    if errors is None:
        return str(error)
    return "; ".join(f"RELEVE_{str(e['loc'][0]).upper()}: {e['msg']}" for e in errors())


def _begin() -> None:
    """Django, and a database that is still this installation's own and stays so until this process ends. Raises
    SystemExit(2) with the reason."""
    setup()
    from django.conf import settings

    from releve.config import serving

    if settings.ENVIRONMENT.database_url:
        return
    _attend()  # before one looks: a move may end just now
    folder = settings.ENVIRONMENT.data_dir
    if elsewhere := serving.moved_to(folder):
        print(
            f"releve: this installation was moved to {elsewhere}: set RELEVE_DATABASE_URL. Only to go back to what it"
            f" was before, delete {folder / serving.MOVED}",
            file=sys.stderr,
        )
        raise SystemExit(2)


def _attend() -> None:
    """Nobody may move the installation while this process lives. Raises SystemExit(2) while somebody does."""
    from django.conf import settings

    from releve.config import serving

    try:
        serving.attend(settings.ENVIRONMENT.data_dir)
    except serving.Busy as why:
        print(f"releve: {why}", file=sys.stderr)
        raise SystemExit(2) from None


def migrate(arguments: argparse.Namespace | None = None) -> int:
    _begin()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    return 0


def _practice_file(path: str) -> Any:
    """JSON; lines that begin with // are comments. Raises SystemExit(2) with the reason."""
    from releve.practice.jsonc import parse_text

    try:
        return parse_text(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValueError) as error:
        print(f"releve: {path}: {error}", file=sys.stderr)
        raise SystemExit(2) from None


def load(arguments: argparse.Namespace) -> int:
    migrate()
    from django.conf import settings

    from releve.intake import loading
    from releve.practice.file import BadFile
    from releve.practice.loader import AlreadyLoaded

    try:
        practice = loading.load(_practice_file(arguments.file), now=settings.CLOCK.now())
    except BadFile as error:
        print("\n".join(error.faults), file=sys.stderr)
        return 1
    except AlreadyLoaded:
        print("releve: this installation already holds a practice; nothing was changed", file=sys.stderr)
        return 1
    print(f"{practice.name}: loaded. Next: releve user NAME, releve sign --name NAME, releve serve")
    return 0


def new(arguments: argparse.Namespace) -> int:
    from importlib.resources import files

    path = Path(arguments.file)
    if path.exists():
        print(f"releve: {path} exists already; nothing was written", file=sys.stderr)
        return 2
    path.write_text(files("releve.config").joinpath("starter.json").read_text(encoding="utf-8"), encoding="utf-8")
    print(f"{path}: written. Edit it, then: releve load {path}")
    return 0


def import_agenda(arguments: argparse.Namespace) -> int:
    migrate()
    from releve.interop.csv_agenda.command import run

    return run(arguments.file, dry=arguments.dry_run, all_or_nothing=arguments.all, report=arguments.report)


def sign(arguments: argparse.Namespace) -> int:
    migrate()
    from django.conf import settings

    from releve.intake import loading
    from releve.practice import queries

    loading.sign(queries.organization(), signed_by=arguments.name, now=settings.CLOCK.now())
    print("The start-up record is signed and in the ledger.")
    return 0


def user(arguments: argparse.Namespace) -> int:
    migrate()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from releve.practice.models import User

    password = os.environ.get("RELEVE_PASSWORD") or getpass.getpass("Password (12 characters or more): ")
    try:
        validate_password(password)
    except ValidationError as error:
        print("\n".join(error.messages), file=sys.stderr)
        return 1
    row, made = User.objects.get_or_create(username=arguments.name, defaults={"role": arguments.role})
    row.set_password(password)
    row.save()
    print(f"{arguments.name}: {'created' if made else 'password changed'}")
    return 0


def measures(arguments: argparse.Namespace) -> int:
    setup()
    from dataclasses import asdict
    from datetime import timedelta

    from django.conf import settings

    from releve.impact.queries import measured
    from releve.practice import queries

    since = settings.CLOCK.now() - timedelta(days=arguments.days)
    print(json.dumps({"days": arguments.days, **asdict(measured(queries.organization(), since))}))
    return 0


def ledger(arguments: argparse.Namespace) -> int:
    setup()
    from releve.ledger.queries import verify

    found = verify()
    if found.faults:  # a worker may be writing: only what is found twice is a fault
        time.sleep(1.5)
        again = verify()
        found = replace(again, faults=tuple(fault for fault in again.faults if fault in found.faults))
    for fault in found.faults:
        print(f"position {fault.position}: {fault.kind} {fault.id or ''} {fault.detail}".strip())
    state = "FAULTS" if found.faults else "all well"
    print(f"{found.entries} entries, {found.heads} heads, {found.waiting} waiting: {state}")
    return 1 if found.faults else 0


def front_desk(arguments: argparse.Namespace) -> int:
    """A whole front desk on a throw-away database: JSON Lines in, JSON Lines out (CONTRACTS 4)."""
    data = _practice_file(arguments.practice)
    with tempfile.TemporaryDirectory(prefix="releve-") as folder:
        os.environ["RELEVE_DATA_DIR"] = folder
        os.environ.pop("RELEVE_DATABASE_URL", None)
        migrate()
        return _play(data)


def _play(data: Any) -> int:
    from django.conf import settings

    from releve.channels.lines.desk import Desk
    from releve.config.clock import FrozenClock
    from releve.intake import loading
    from releve.language import warm
    from releve.practice.file import BadFile, read_practice_file

    try:
        now = read_practice_file(data).now or datetime.now(UTC)  # noqa: TID251 - a file without `now` plays today
        settings.CLOCK = FrozenClock(now)
        practice = loading.load(data, now=now)
        warm()
    except BadFile as error:
        print("\n".join(error.faults), file=sys.stderr)
        return 2
    loading.sign(practice, signed_by="front-desk", now=now)
    desk = Desk(practice, now)
    failed = False
    for line in sys.stdin:
        if line.strip():
            answer = _line(desk, line)
            failed = failed or "error" in answer
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return 1 if failed else 0


def _line(desk: Any, line: str) -> dict[str, Any]:
    from releve.intake.actions import BadEvent

    key: Any = None
    try:
        data = json.loads(line)
        if not isinstance(data, dict) or "id" not in data:
            raise BadEvent("id", "is missing")
        key = data["id"]
        answer: dict[str, Any] = desk.line(data)
    except (ValueError, BadEvent) as error:
        return {"id": key, "error": str(error)}
    return answer


def move(arguments: argparse.Namespace) -> int:
    setup()
    from releve.config.moving.command import run

    return run(arguments.to, arguments.check)


def serve(arguments: argparse.Namespace) -> int:
    migrate()
    _attend()
    from releve.config.supervisor import supervise

    return supervise(first=_how_to_begin)


def _how_to_begin() -> None:
    """Where the guided set-up goes on, until it is signed. The key is only shown here: whoever reads this terminal may
    create the first account."""
    from django.conf import settings

    from releve.guarantee import startup
    from releve.intake import founding
    from releve.practice.models import Organization

    practice = Organization.objects.first()
    if practice is not None and startup.is_signed(practice):
        return
    address = f"http://{settings.ENVIRONMENT.host}:{settings.ENVIRONMENT.port}/mise-en-route/"
    if founding.nobody_yet():
        print(f"Nobody can sign in yet. Set up in your browser: {address}?cle={founding.key()}", flush=True)
    else:
        print(f"Patients see nothing before the start-up record is signed: {address}", flush=True)


def web(arguments: argparse.Namespace) -> int:
    _begin()
    _attend()
    from releve.config.supervisor import run_web

    return run_web()


def work(arguments: argparse.Namespace) -> int:
    _begin()
    _attend()
    from releve.config.worker import run_forever

    return run_forever()


def demo(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("RELEVE_DATA_DIR", "var/demo")
    os.environ.setdefault("RELEVE_SHOW_MESSAGES", "true")
    os.environ["RELEVE_DEMONSTRATION"] = "true"
    migrate()
    _attend()
    from releve.config.supervisor import supervise
    from releve.demo.prepare import prepare

    prepare()
    return supervise("simulate")


def simulate(arguments: argparse.Namespace) -> int:
    _begin()
    _attend()
    from releve.demo.simulating import run_forever

    return run_forever()
