"""A file that somebody asked to bring in: at once when it is short, else beside the worker's rounds, with how far it is
kept in the database. A worker that ends in the middle leaves a file that the next one goes on with."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from releve.intake import elsewhere as intake
from releve.intake.models import InboundEvent
from releve.interop.csv_agenda.importing import Report, bring_in
from releve.interop.csv_agenda.planning import Plan, plan
from releve.interop.csv_agenda.reading import BadTable, Fault, read
from releve.practice.models import Organization, User

AT_ONCE = 200  # lines that somebody waits for in front of the page
NOTED_EVERY = 250  # lines


def planned(practice: Organization, text: str, now: datetime) -> Plan:
    """Raises BadTable."""
    return plan(practice, read(text, now=now, zone=ZoneInfo(practice.timezone)))


def begin(row: InboundEvent, found: Plan, *, practice: Organization, user: User, now: datetime) -> None:
    """Somebody asked for it."""
    total = len(found.good)
    intake.note_file(row, {"state": "running", "user": user.pk, "total": total, "done": 0}, over=False)
    if total <= AT_ONCE:
        _finish(row, found, practice, user)


def go_on(practice: Organization, now: datetime) -> int:
    """The file that is under way, to its end. Returns how many lines it brought in."""
    intake.forget_files(practice, now)
    row = intake.under_way(practice)
    if row is None or not row.reply or "text" not in row.payload:
        return 0
    user = User.objects.filter(pk=row.reply["user"], is_active=True).first()
    if user is None:  # who asked for it has left
        intake.note_file(row, {**row.reply, "state": "over"}, over=True)
        return 0
    try:
        found = planned(practice, row.payload["text"], now)
    except BadTable:
        intake.note_file(row, {**row.reply, "state": "over"}, over=True)
        return 0
    return _finish(row, found, practice, user)


def _finish(row: InboundEvent, found: Plan, practice: Organization, user: User) -> int:
    before = dict(row.reply or {})
    base = int(before.get("done", 0))

    def told(done: int) -> None:
        if done // NOTED_EVERY != (done - 1) // NOTED_EVERY:
            intake.note_file(row, {**before, "done": base + done}, over=False)

    report = bring_in(found, practice=practice, user=user, clock=settings.CLOCK.now, told=told)
    intake.note_file(row, _reply(report, before, found), over=True)
    return report.done


def _reply(report: Report, before: Mapping[str, Any], found: Plan) -> dict[str, Any]:
    """Numbers of lines, names of columns, reasons: nothing of a patient."""
    known = len(report.known) - (int(before.get("done", 0)) if before.get("state") == "running" else 0)
    return {
        **before, "state": "over", "done": int(before.get("done", 0)) + report.done, "known": max(0, known),
        "refused": [asdict(fault) for fault in sorted(report.refused, key=lambda fault: fault.line)],
        "notes": [asdict(fault) for fault in found.notes],
    }  # fmt: skip


def faults(reply: Mapping[str, Any], name: str) -> list[Fault]:
    return [Fault(**row) for row in reply.get(name, [])]
