"""Brings the good lines of an agenda file in, a few at a time: each is a booking of the person who asked for it. If it
is interrupted, the same file goes on where it was: a line that is here already changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from releve.intake.elsewhere import import_lines
from releve.interop.csv_agenda.planning import Plan, Planned, Traits
from releve.interop.csv_agenda.reading import Fault
from releve.practice.models import Organization, User

AT_ONCE = 25  # lines of one transaction: nobody waits long for it
BEYOND = "Importé d’un autre agenda, hors des heures d’ouverture"


@dataclass
class Report:
    """What became of each line."""

    done: int = 0
    known: list[int] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)


def bring_in(
    plan: Plan, *, practice: Organization, user: User | None, clock: Callable[[], datetime],
    told: Callable[[int], None] = lambda done: None, most: int | None = None,
) -> Report:  # fmt: skip
    """`told` hears how many lines are done; no more than `most` of them when it is given."""
    report = Report(known=list(plan.known), refused=list(plan.faults))
    files: dict[Traits, int] = {}
    for some in _batches(plan.good[:most]):
        waiting = [_with_file(one, files) for one in some]
        _try(waiting, files, report, practice, user, clock())
        told(report.done)
    return report


def _try(
    some: list[Planned], files: dict[Traits, int], report: Report, practice: Organization, user: User | None,
    now: datetime,
) -> None:  # fmt: skip
    outcomes = import_lines([(one.key, one.act) for one in some], organization=practice, user=user, now=now)
    again = []
    for one, outcome in zip(some, outcomes, strict=True):
        if outcome is None:
            report.known.append(one.line)
        elif outcome.status == "done":
            report.done += 1
            files[one.who] = outcome.facts["patient"]
        elif outcome.why == "beyond_hours" and not one.act.overbooking:
            again.append(replace(one, act=replace(one.act, overbooking=BEYOND)))
        else:
            report.refused.append(Fault(one.line, "line", outcome.why))
    if again:
        _try([_with_file(one, files) for one in again], files, report, practice, user, now)


def _with_file(one: Planned, files: dict[Traits, int]) -> Planned:
    """Somebody new has a file since their first line."""
    if one.act.patient is not None or one.who not in files:
        return one
    return replace(one, act=replace(one.act, patient=files[one.who], newcomer=None))


def _batches(good: tuple[Planned, ...]) -> Iterator[list[Planned]]:
    """Two lines of one new patient are never in one batch: the second needs the file that the first makes."""
    batch: list[Planned] = []
    new: set[Traits] = set()
    for one in good:
        fresh = one.act.patient is None
        if len(batch) == AT_ONCE or (fresh and one.who in new):
            yield batch
            batch, new = [], set()
        batch.append(one)
        if fresh:
            new.add(one.who)
    if batch:
        yield batch
