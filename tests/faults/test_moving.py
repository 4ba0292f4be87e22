"""`releve move`: a SQLite installation on PostgreSQL, whole or not at all; then life goes on there."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path
from threading import Timer
from uuid import uuid4

import psycopg
import pytest

from bench import postgres as throwaway
from bench.service import Client, Service
from releve.config.serving import LOCK, Busy, attend, in_use

pytestmark = [pytest.mark.processes, pytest.mark.postgres]
SECRET = "p@ss/w:rd"
TALK = (
    "Bonjour, où peut-on se garer ?",
    "Je voudrais renouveler mon ordonnance",
    "Je suis Paul Martin, né le 3 mai 1954",
)
STATE = """
import json, django; django.setup()
from datetime import UTC, datetime
from releve.practice import queries
from releve.practice.export import export
print(json.dumps(export(queries.organization(), datetime(2026, 1, 1, tzinfo=UTC)), sort_keys=True))
"""
TABLES = """
import json, django; django.setup()
from releve.config.moving import tables
print(json.dumps({t._meta.db_table: tables.digest(t, "default") for t in tables.every()}))
"""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice that has lived a little: conversations, a task, timers, messages, the ledger's heads."""
    folder = tmp_path_factory.mktemp("lived")
    with Service(folder) as started:
        started.start()
        talk(started)
        time.sleep(1.2)  # a head is signed within a second
        started.stop()
    return folder


@pytest.fixture
def service(lived: Path, tmp_path: Path) -> Iterator[Service]:
    """A copy of it, at rest."""
    shutil.copytree(lived, tmp_path / "var")
    made = Service(tmp_path / "var")
    yield made
    made.__exit__()


@pytest.fixture(scope="module")
def migrated(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty database with its tables, to be copied."""
    url = throwaway.fresh_database(postgres)
    folder = tmp_path_factory.mktemp("migrated")
    environment = {**os.environ, "RELEVE_DATA_DIR": str(folder), "RELEVE_DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "releve.cli", "migrate"], env=environment, check=True)
    return url


@pytest.fixture
def target(postgres: str, migrated: str) -> str:
    return throwaway.fresh_database(postgres, template=migrated)


def talk(service: Service) -> list[str]:
    client = Client(service.port)
    _, opened = client.post("/api/v1/conversations", {"id": str(uuid4())})
    path = f"/api/v1/conversations/{opened['conversation']}/messages"
    return [str(client.post(path, {"id": f"m{n}", "text": text})[1]["messages"]) for n, text in enumerate(TALK)]


def move(service: Service, to: str, *more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "releve.cli", "move", "--to", to, *more]
    return subprocess.run(command, env=service.environment, capture_output=True, text=True)


def python(service: Service, code: str, database: str = "") -> str:
    environment = {**service.environment, "RELEVE_DATABASE_URL": database}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(target: str) -> int:
    """Rows of the practice that the target holds; 0 too when it has no tables."""
    with psycopg.connect(target) as connection:
        there = connection.execute("SELECT to_regclass('practice_patient')").fetchone()
        if there is None or there[0] is None:
            return 0
        found = connection.execute("SELECT count(*) FROM practice_patient").fetchone()
        return int(found[0]) if found else 0


def test_everything_is_carried_over_and_life_goes_on(service: Service, postgres: str) -> None:
    target = throwaway.fresh_database(postgres)  # with no table in it
    before, tables = python(service, STATE), python(service, TABLES)
    done = move(service, target)
    assert done.returncode == 0, done.stderr
    assert python(service, STATE, target) == before
    assert python(service, TABLES, target) == python(service, TABLES) == tables
    assert done.stdout.splitlines()[-2:] == [
        f"RELEVE_DATA_DIR={service.folder}",
        f"RELEVE_DATABASE_URL={target.replace('postgres:@', 'postgres:***@')}",
    ]
    service.environment["RELEVE_DATABASE_URL"] = target
    service.start()
    assert all(talk(service)), "new rows take numbers that were not carried over"
    time.sleep(1.2)
    service.stop()
    assert "all well" in service.run("releve.cli", "ledger", "verify")


def test_no_table_is_forgotten(service: Service, target: str) -> None:
    """Judged by the two databases' own lists, not by what `move` thinks there is."""
    assert move(service, target).returncode == 0
    with sqlite3.connect(service.folder / "releve.sqlite3") as here, psycopg.connect(target) as there:
        names = [n for (n,) in here.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        ours = {n for n in names if not n.startswith("sqlite_")} - {"django_migrations"}
        counts = {n: here.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in ours}
        assert sum(counts.values()) > 100
        assert {n: there.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in ours} == counts  # type: ignore[call-overload,index]


def test_a_table_that_no_model_claims_stops_the_move(service: Service, target: str) -> None:
    with sqlite3.connect(service.folder / "releve.sqlite3") as here:
        here.execute("CREATE TABLE practice_of_a_newer_version (id integer)")
    done = move(service, target)
    assert done.returncode == 1 and "practice_of_a_newer_version" in done.stderr
    assert rows(target) == 0


def test_the_dry_run_says_what_would_be_done_and_writes_nothing(service: Service, target: str) -> None:
    done = move(service, target, "--check")
    assert done.returncode == 0 and "practice_patient " in done.stdout and "It can be moved." in done.stdout
    assert rows(target) == 0
    assert not (service.folder / "moved").exists()


def test_a_target_that_holds_data_is_left_alone(service: Service, target: str, tmp_path: Path) -> None:
    with Service(tmp_path / "other", target):
        held = rows(target)
        done = move(service, target)
    assert done.returncode == 1 and "the target holds data" in done.stderr
    assert rows(target) == held > 0


def attending(service: Service) -> None:
    """Returns once the worker has taken its place."""
    end = time.monotonic() + 20
    while not in_use(service.folder):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_it_waits_for_nobody_who_serves_and_the_dry_run_says_so(service: Service, target: str) -> None:
    service.start("work")
    attending(service)
    done, check = move(service, target), move(service, target, "--check")
    serves = f"another process serves this installation or writes to it (process {service.children['work'].pid})"
    assert done.returncode == 1 and f"{serves}: stop it first, then begin again" in done.stderr
    assert check.returncode == 1 and serves in check.stdout and "1 obstacle: it would be refused" in check.stdout
    assert "practice_patient " in check.stdout, "the rest is looked at all the same"
    assert rows(target) == 0
    service.stop()
    assert move(service, target, "--check").returncode == 0
    assert move(service, target).returncode == 0


def test_it_waits_for_nobody_who_writes_for_a_moment(service: Service, target: str) -> None:
    """A table that is being brought in from another terminal would be lost."""
    command = [sys.executable, "-m", "releve.cli", "user", "someone"]
    environment = {name: value for name, value in service.environment.items() if name != "RELEVE_PASSWORD"}
    child = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, start_new_session=True)  # asks, and waits
    try:
        attending(service)
        done = move(service, target)
    finally:
        child.kill()
        child.wait()
    assert done.returncode == 1 and f"(process {child.pid}): stop it first" in done.stderr
    assert rows(target) == 0


def test_a_look_keeps_no_service_from_starting(tmp_path: Path) -> None:
    """`--check` holds the lock for an instant; whoever starts just then waits that long, and not for a whole move."""
    with (tmp_path / LOCK).open("ab") as lock:
        flock(lock, LOCK_EX)
        with pytest.raises(Busy, match="is being moved"):
            attend(tmp_path)
        Timer(0.3, flock, (lock, LOCK_UN)).start()
        attend(tmp_path)
    assert str(os.getpid()) in in_use(tmp_path)


def test_any_server_of_the_application_attends(service: Service, target: str) -> None:
    """Not only `releve web`."""
    code = "import sys; from releve.config.wsgi import application; sys.stdin.read()"
    child = subprocess.Popen([sys.executable, "-c", code], env=service.environment, stdin=subprocess.PIPE)
    try:
        attending(service)
        assert f"(process {child.pid})" in move(service, target).stderr
    finally:
        child.communicate()


def test_what_was_moved_is_served_no_more(service: Service, target: str) -> None:
    assert move(service, target).returncode == 0
    for verb in (["web"], ["work"], ["migrate"]):
        command = [sys.executable, "-m", "releve.cli", *verb]
        done = subprocess.run(command, env=service.environment, capture_output=True, text=True, timeout=20)
        assert done.returncode == 2 and "was moved to postgresql://" in done.stderr
    assert move(service, target).returncode == 1


def test_a_value_that_postgresql_cannot_hold_is_named_and_nothing_is_carried(service: Service, target: str) -> None:
    with sqlite3.connect(service.folder / "releve.sqlite3") as here:
        here.execute("UPDATE practice_patient SET family = ? WHERE id = 3", ("Mar\0tin",))
        here.execute("UPDATE practice_patient SET given = ? WHERE id = 4", ("x" * 101,))
    check, done = move(service, target, "--check"), move(service, target)
    assert "practice_patient, row 3, family: holds a NUL character" in check.stdout
    assert "practice_patient, row 4, given: has 101 characters, 100 at most" in check.stdout
    assert (check.returncode, done.returncode) == (1, 1) and "row 3, family" in done.stderr
    assert rows(target) == 0 and not (service.folder / "moved").exists()


def test_kill_9_on_the_way_leaves_the_target_empty(service: Service, target: str) -> None:
    command = [sys.executable, "-m", "releve.cli", "move", "--to", target]
    child = subprocess.Popen(command, env=service.environment, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    while "practice_patient " not in child.stdout.readline():
        assert child.poll() is None
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert rows(target) == 0
    assert move(service, target).returncode == 0, "and it can be done again"


def test_a_move_cut_off_after_its_end_is_recognised(service: Service, target: str) -> None:
    assert move(service, target).returncode == 0
    (service.folder / "moved").unlink()  # killed between the commit and this mark
    done = move(service, target)
    assert done.returncode == 0 and "there already, and the same" in done.stdout


def test_the_password_is_said_nowhere(service: Service) -> None:
    done = move(service, f"postgresql://releve:{SECRET}@127.0.0.1:1/releve")
    assert done.returncode == 1 and "does not answer" in done.stderr and "Traceback" not in done.stderr
    assert not any(part in done.stdout + done.stderr for part in (SECRET, "p@ss", "ss/w", "w:rd"))


def test_the_address_may_be_kept_in_a_file(service: Service, tmp_path: Path) -> None:
    (tmp_path / "database_url").write_text("mysql://releve:secret@localhost/releve\n")
    done = move(service, str(tmp_path / "database_url"))
    assert done.returncode == 1 and "is not an address like postgresql://" in done.stderr
