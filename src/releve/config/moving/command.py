"""The verb itself: refuse early, carry all in one transaction, compare, and only then commit."""

import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from releve.config import serving
from releve.config.moving import tables, target
from releve.config.moving.target import TARGET, Refused
from releve.ledger import queries as ledger
from releve.ledger.actions import sequence

SOURCE = "default"
Rows = dict[str, tuple[int, str]]  # table: how many, digest


@dataclass(frozen=True)
class Ledger:
    """What must be the same on both sides: entries, the last signed head, and whatever `verify` finds."""

    entries: int
    head: tuple[int, str]
    faults: tuple[str, ...]

    def __str__(self) -> str:
        size, root = self.head
        well = "all well" if not self.faults else f"{len(self.faults)} faults, as before the move"
        return f"ledger: {self.entries} entries, head {size} {root[:16]}, {well}"


def run(to: str, check: bool) -> int:
    """Status 0: carried over (or, with `check`, could be); 1: refused, and why."""
    folder = settings.ENVIRONMENT.data_dir
    url = ""
    try:
        url = target.address(to)
        _sqlite_here(folder)
        if not check:
            serving.alone(folder)
        target.connect(url)
        return _check(url, folder) if check else _move(url, folder)
    except (Refused, serving.Busy, tables.Unfit) as why:
        print(f"releve: {why}. Nothing was carried over.", file=sys.stderr)
    except Error as error:
        print(f"releve: {target.without_password(str(error), url)}. Nothing was carried over.", file=sys.stderr)
    except KeyboardInterrupt:
        print("releve: stopped. Nothing was carried over.", file=sys.stderr)
    return 1


def _sqlite_here(folder: Path) -> None:
    if settings.ENVIRONMENT.database_url:
        raise Refused("this installation is on PostgreSQL already: unset RELEVE_DATABASE_URL to move its SQLite file")
    if not (folder / "releve.sqlite3").exists():
        raise Refused(f"there is no installation in {folder}")
    elsewhere = serving.moved_to(folder)
    if elsewhere:
        raise Refused(f"this installation was moved already, to {elsewhere}")


def _check(url: str, folder: Path) -> int:
    """Says what would be done, and what is in the way; writes nothing anywhere."""
    print(f"Would carry {settings.DATABASES[SOURCE]['NAME']} over to {target.masked(url)}:")
    faults = [*filter(None, [serving.in_use(folder)]), *_stray()]
    if _outdated(SOURCE):
        print("first, this database would be brought up to date (releve migrate)")
        return _told(faults + _held())
    for table in tables.every():
        print(f"{table._meta.db_table:<40} {table._base_manager.using(SOURCE).count():>10} rows", flush=True)
        faults += [str(unfit) for unfit in tables.unfit(table, SOURCE)]
    return _told(faults + _held())


def _told(faults: list[str]) -> int:
    count = f"{len(faults)} obstacle{'s' if len(faults) > 1 else ''}: it would be refused"
    print("\n".join([*faults, count] if faults else ["It can be moved."]))
    return 1 if faults else 0


def _outdated(database: str) -> bool:
    """Whether migrations have still to run there."""
    executor = MigrationExecutor(connections[database])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _stray() -> list[str]:
    return [f"{name}: a table that no model of this version claims" for name in tables.unclaimed(SOURCE)]


def _held() -> list[str]:
    return [f"the target holds data: {', '.join(tables.holding(TARGET)[:5])}"] if tables.holding(TARGET) else []


def _move(url: str, folder: Path) -> int:
    call_command("migrate", verbosity=0, interactive=False, database=SOURCE)
    for fault in _stray():
        raise Refused(fault)
    sequence(settings.CLOCK.now())
    before = _ledger(SOURCE)
    print(f"From {settings.DATABASES[SOURCE]['NAME']} to {target.masked(url)}")
    if tables.holding(TARGET):
        _the_same_already(before)
    else:
        if _outdated(TARGET):
            target.prepare(url)
        _carry(before)
    serving.note_moved(folder, target.masked(url))
    _next(folder, url)
    return 0


def _carry(before: Ledger) -> None:
    """All or nothing: one transaction there, and the write lock here until it ends."""
    with transaction.atomic(using=SOURCE), transaction.atomic(using=TARGET):
        read: Rows = {}
        for table in tables.every():
            name = table._meta.db_table
            read[name] = tables.carry(table, SOURCE, TARGET)
            print(f"{name:<40} {read[name][0]:>10} rows  {read[name][1][:16]}", flush=True)
        tables.reset_sequences(TARGET)
        connections[TARGET].check_constraints()
        _compared(read, before)


def _compared(read: Rows, before: Ledger) -> None:
    """What the target now gives back must be what was read here, and its ledger must prove the same."""
    for table in tables.every():
        name = table._meta.db_table
        if tables.digest(table, TARGET) != read[name]:
            raise Refused(f"{name}: what was written is not what was read")
    after = _ledger(TARGET)
    if after != before:
        raise Refused(f"the ledgers differ: here {before}; there {after}")
    print(f"Counts and digests are the same; {after}.")


def _the_same_already(before: Ledger) -> None:
    """A move that was cut off after its end is recognised; anything else there is left alone."""
    held = ", ".join(tables.holding(TARGET)[:5])
    if _outdated(TARGET):
        raise Refused(f"the target holds data ({held}): make an empty database")
    for table in tables.every():
        if tables.digest(table, TARGET) != tables.digest(table, SOURCE):
            raise Refused(f"the target holds data ({held}), and not this installation's: make an empty database")
    if _ledger(TARGET) != before:
        raise Refused("the target holds this installation with another ledger: make an empty database")
    print("It is there already, and the same.")


def _ledger(database: str) -> Ledger:
    found = ledger.verify(database)
    return Ledger(found.entries, ledger.head(database), tuple(str(fault) for fault in found.faults))


def _next(folder: Path, url: str) -> None:
    print(
        f"""
Done. {folder / "releve.sqlite3"} stays as it was, and is no longer served.
The keys (ledger_key, secret_key) and the journal of tree heads (ledger-heads.jsonl) stay in the data folder: keep it.
Put these two lines in the settings, with the password for ***, then: releve serve

RELEVE_DATA_DIR={folder.resolve()}
RELEVE_DATABASE_URL={target.masked(url)}"""
    )
