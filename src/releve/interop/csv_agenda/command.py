"""`releve import-agenda FILE`: the same as the page, from a terminal."""

import sys
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from releve.interop.csv_agenda import words
from releve.interop.csv_agenda.going_on import planned
from releve.interop.csv_agenda.importing import bring_in
from releve.interop.csv_agenda.planning import Plan
from releve.interop.csv_agenda.reading import BadTable, Fault, text_of
from releve.practice import queries
from releve.practice.models import Organization


def run(file: str, *, dry: bool, all_or_nothing: bool, report: str | None) -> int:
    """0: every line is here now; 1: some were refused; 2: nothing could be read."""
    try:
        practice = queries.organization()
        found = planned(practice, text_of(Path(file).read_bytes()), settings.CLOCK.now())
    except BadTable as why:
        print(f"releve: {file}: {words.refused(why.code, why.fields)}", file=sys.stderr)
        return 2
    except (OSError, Organization.DoesNotExist) as error:
        print(f"releve: {file}: {error}", file=sys.stderr)
        return 2
    for name, heading in found.table.mapping.items():
        print(f"{words.field(name)}: {heading}")
    refused = list(found.faults)
    if dry or (all_or_nothing and refused):
        print(f"{len(found.good)} to bring in, {found.new} new files, {len(found.known)} here already")
    else:
        refused = _bring(found, practice)
    _tell(refused, found.notes, report)
    return 1 if refused else 0


def _bring(found: Plan, practice: Organization) -> list[Fault]:
    total = len(found.good)
    ended = bring_in(
        found, practice=practice, user=None, clock=settings.CLOCK.now,
        told=lambda done: print(f"\r{done} / {total}", end="", file=sys.stderr, flush=True),
    )  # fmt: skip
    print(file=sys.stderr)
    print(f"{ended.done} brought in, {len(ended.known)} here already")
    return sorted(ended.refused, key=lambda fault: fault.line)


def _tell(refused: list[Fault], notes: Iterable[Fault], report: str | None) -> None:
    for fault in refused:
        print(f"line {fault.line}: {words.told(fault)}", file=sys.stderr)
    if report:
        faults = sorted([*refused, *notes], key=lambda fault: fault.line)
        Path(report).write_text(words.report(faults), encoding="utf-8")
