"""What the day's page reads: what waits, who comes, what changed, what the assistant did."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Subquery

from releve.agenda.opening import opening
from releve.desk import history, words
from releve.desk.naming import short, whom
from releve.desk.ribbon import Row, row
from releve.ledger import queries as ledger
from releve.look.templatetags.french import age
from releve.practice import busy
from releve.practice import queries as practice_queries
from releve.practice.models import Appointment, Communication, Organization, Practitioner, Schedule, Task

SHOWN_TASKS = 9  # one key each
SHOWN_PAST, SHOWN_NEXT = 4, 9
SHOWN_CHANGES = 14
LOOKED_AT = 60  # leaves read for the changes of a moment
LOOKED_AT_FOR_A_DAY = 400
EVENING = time(19)
NOON = 12
Known = dict[int, Appointment]


@dataclass(frozen=True)
class Visit:
    """Someone who comes: `late` is in words, for who is in the room after their hour."""

    row: Appointment
    whom: str
    state: str
    word: str
    past: bool
    late: str = ""


def bounds(practice: Organization, shown: date) -> tuple[datetime, datetime]:
    zone = ZoneInfo(practice.timezone)
    return datetime.combine(shown, time(), zone), datetime.combine(shown + timedelta(days=1), time(), zone)


def appointments(practice: Organization, shown: date, others: Iterable[int] = ()) -> tuple[list[Appointment], Known]:
    """Everyone of the day who has not cancelled, in order; and, with them, the appointments of these keys."""
    start, end = bounds(practice, shown)
    of_the_day = Q(start__gte=start, start__lt=end)
    rows = Appointment.objects.filter(of_the_day | Q(pk__in=set(others)), organization=practice)
    known = {row.pk: row for row in rows.select_related("patient", "practitioner", "service").order_by("start", "id")}
    here = [r for r in known.values() if start <= r.start < end and r.status != "cancelled"]
    return here, known


def next_day(practice: Organization, today: date) -> date:
    """The first day after today that somebody was to come, even if they have cancelled; tomorrow when nobody was."""
    rows = Appointment.objects.filter(organization=practice, start__gte=bounds(practice, today)[1])
    start = rows.order_by("start").values_list("start", flat=True).first()
    return start.astimezone(ZoneInfo(practice.timezone)).date() if start else today + timedelta(days=1)


def visits(rows: Sequence[Appointment], now: datetime) -> dict[str, Any]:
    """Those around now: the last who came or did not, the next ones; and how many more there are."""
    past = [r for r in rows if r.start <= now and r.status != "arrived"]
    waiting = [r for r in rows if r.status == "arrived"]
    ahead = [r for r in rows if r.start > now and r.status != "arrived"]
    missed = [r for r in past if r.status in ("noshow", "booked")]
    shown = sorted({r.pk: r for r in (*missed[-SHOWN_PAST:], *waiting)}.values(), key=lambda r: (r.start, r.pk))
    return {
        "before": [_visit(r, now) for r in shown],
        "next": [_visit(r, now) for r in ahead[:SHOWN_NEXT]],
        "more": len(ahead) - len(ahead[:SHOWN_NEXT]),
        "last": ahead[-1].start if ahead else None,
        "waiting": len(waiting),
        "count": len(rows),
        "to_call": [_visit(r, now) for r in ahead if not r.confirmed],
    }


@dataclass(frozen=True)
class Clash:
    row: Appointment


def clashes(rows: Sequence[Appointment], now: datetime) -> dict[str, Any]:
    """Those still to come that another agenda has something else for; one query."""
    found = busy.conflicts([row for row in rows if row.end > now])
    return {"clashing": found.keys(), "clashes": [Clash(row) for row in rows if row.pk in found]}


def _visit(row: Appointment, now: datetime) -> Visit:
    waited = now - (row.arrived_at or row.start) if row.status == "arrived" else timedelta()
    return Visit(
        row=row,
        whom=whom(row.practitioner),
        state=state(row),
        word=words.word(words.VISITS, state(row)),
        past=row.start <= now,
        late=age(waited) if waited >= timedelta(minutes=10) else "",
    )


def state(row: Appointment) -> str:
    """confirmed, unconfirmed, arrived, fulfilled, noshow, cancelled"""
    return ("confirmed" if row.confirmed else "unconfirmed") if row.status == "booked" else row.status


def ribbon(practice: Organization, rows: Sequence[Appointment], shown: date, now: datetime) -> list[Row]:
    """Each practitioner's day: closed, taken, free."""
    people = Practitioner.objects.filter(organization=practice, active=True).select_related("schedule").order_by("id")
    taken: dict[int, list[tuple[datetime, datetime]]] = {}
    for r in rows:
        if r.status != "noshow":
            taken.setdefault(r.practitioner_id, []).append((r.start, r.end))
    return [row(short(p), _opening(p, practice, shown), taken.get(p.pk, []), now) for p in people]


def _opening(person: Practitioner, practice: Organization, shown: date) -> list[tuple[datetime, datetime]]:
    schedule: Schedule | None = getattr(person, "schedule", None)
    if schedule is None:
        return []
    schedule.organization = practice
    return [(window.start, window.end) for window in opening(practice_queries.weekly(schedule), shown, shown)]


def since(practice: Organization, now: datetime) -> datetime:
    """Since when the assistant's work is counted: yesterday evening in the morning, midnight afterwards."""
    local = now.astimezone(ZoneInfo(practice.timezone))
    evening = datetime.combine(local.date() - timedelta(days=1), EVENING, local.tzinfo)
    return evening if local.hour < NOON else datetime.combine(local.date(), time(), local.tzinfo)


def counted(practice: Organization, start: datetime, now: datetime) -> dict[str, Subquery]:
    """What the assistant received, settled and left since then: expressions that travel with the frame's query."""
    said = Communication.objects.filter(organization=practice, author="patient", sent_at__gte=start, sent_at__lte=now)
    alone = said.filter(conversation__closed_by="assistant")
    left = Task.objects.filter(organization=practice, created_at__gte=start)
    return {
        "messages": _count(said, "pk"),
        "alone": _count(alone, "conversation"),
        "left": _count(left, "pk"),
    }


def _count(rows: QuerySet[Any], column: str) -> Subquery:
    counted = rows.order_by().values("organization").annotate(n=Count(column, distinct=column != "pk"))
    return Subquery(counted.values("n"))


def split(told: list[history.Line], looked: datetime | None) -> tuple[list[history.Line], list[history.Line]]:
    """Those since the last look, and those before it."""
    told = told[:SHOWN_CHANGES]
    if looked is None:
        return told, []
    return [line for line in told if line.at > looked], [line for line in told if line.at <= looked]


def changes_of(practice: Organization, shown: date, since: datetime, now: datetime) -> list[history.Line]:
    """What changed the agenda of that day, newest first."""
    leaves = [leaf for leaf in ledger.newest(LOOKED_AT_FOR_A_DAY, history.OF_THE_AGENDA) if leaf.at >= since]
    keys = history.keys(leaves, "appointment")
    starts = dict(Appointment.objects.filter(organization=practice, pk__in=keys).values_list("pk", "start"))
    return history.lines(practice, history.touching(leaves, shown, ZoneInfo(practice.timezone), starts), now)
