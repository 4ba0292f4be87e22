"""The grid of the agenda: columns of cells for some people and some days, in three queries whatever they hold."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releve.agenda.calendar import AgendaCalendar
from releve.agenda.opening import opening
from releve.agenda.public_holidays import is_public_holiday
from releve.desk.agenda import rules
from releve.desk.agenda.days import bounds, place_key
from releve.desk.agenda.held import AWAY, BEHIND, ELSEWHERE, OFFER, Held, held
from releve.desk.agenda.people import Person
from releve.dialogue.phrases import phone
from releve.look.templatetags.french import NBSP
from releve.look.templatetags.french import day as named_day
from releve.practice import queries
from releve.practice.models import Appointment, Organization

LONGEST = timedelta(days=1)  # of an appointment: what keeps the reading inside the indexes
TWO_LINES = 30  # minutes from which the kind of visit has its line


@dataclass(frozen=True)
class Cell:
    """`kind`: rdv, hold, freed, free, off, away or elsewhere. `span` in minutes from midnight; `style` its classes on
    the grid."""

    kind: str
    start: datetime
    end: datetime
    span: rules.Span
    state: str = ""
    words: str = ""
    style: str = ""
    row: Appointment | None = None
    place: str = ""  # of a free one, as forms send it
    phone: str = ""
    stranded: bool = False  # falls in an absence
    clashes: bool = False  # another agenda has something else then
    key: int = 0  # of an absence

    @property
    def roomy(self) -> bool:
        return self.span[1] - self.span[0] >= TWO_LINES


@dataclass(frozen=True)
class Column:
    """One person on one day. `key` names it within its grid, `why` says in words that it is closed."""

    key: str
    name: str
    note: str
    person: Person
    day: date
    link: str
    today: bool
    cells: tuple[Cell, ...] = ()
    free: int = 0
    why: str = ""

    @property
    def taken(self) -> int:
        return sum(cell.kind == "rdv" for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    columns: Sequence[Column]
    frame: rules.Frame
    density: str
    now_row: int = 0

    @property
    def taken(self) -> int:
        return sum(column.taken for column in self.columns)

    @property
    def confirmed(self) -> int:
        return sum(cell.row is not None and cell.row.confirmed for column in self.columns for cell in column.cells)

    @property
    def over(self) -> bool:
        return any(cell.row is not None and cell.row.overbooking for column in self.columns for cell in column.cells)

    @property
    def away(self) -> bool:
        return any(cell.kind in BEHIND for column in self.columns for cell in column.cells)

    @property
    def free(self) -> int:
        return sum(column.free for column in self.columns)

    @property
    def first_free(self) -> datetime | None:
        return min((c.start for column in self.columns for c in column.cells if c.kind == "free"), default=None)

    @property
    def clashes(self) -> list[Cell]:
        """Appointments that another agenda knows nothing of, and has something else for."""
        return [cell for column in self.columns for cell in column.cells if cell.clashes]

    @property
    def open(self) -> bool:
        return any(not column.why for column in self.columns)

    @property
    def size(self) -> str:
        """The classes of the grid: how many columns, how tall a row."""
        return f"c{min(len(self.columns), 14)} {self.density}".strip()


@dataclass(frozen=True)
class Known:
    """What was read for the grid."""

    zone: ZoneInfo
    now: datetime
    rows: Sequence[Appointment]
    taken: Sequence[Held]
    to_call: Container[int]
    calendars: Mapping[int, AgendaCalendar]


def day_grid(
    practice: Organization, people: Sequence[Person], day: date, now: datetime, to_call: Container[int]
) -> Grid:
    """One column a person; someone who has left stays on the days that knew them."""
    known = read(practice, people, day, day, now, to_call)
    seen = {row.practitioner_id for row in known.rows}
    shown = [p for p in people if p.row.active or p.row.pk in seen]
    return drawn([column(p, day, known, by_day=False) for p in shown], known)


def week_grid(practice: Organization, person: Person, monday: date, now: datetime, to_call: Container[int]) -> Grid:
    """One column a day; Saturday and Sunday only when something happens on them."""
    known = read(practice, [person], monday, monday + timedelta(days=6), now, to_call)
    columns = [column(person, monday + timedelta(days=n), known, by_day=True) for n in range(7)]
    while len(columns) > 5 and columns[-1].why and not columns[-1].taken:
        columns.pop()
    return drawn(columns, known)


# --- reading --------------------------------------------------------------------------------------------------------
def appointments(practice: Organization) -> QuerySet[Appointment]:
    return Appointment.objects.filter(organization=practice).select_related("patient", "practitioner", "service")


def read(
    practice: Organization, people: Sequence[Person], first: date, last: date, now: datetime, to_call: Container[int]
) -> Known:
    start, end = bounds(practice, first, last)
    keys = [p.row.pk for p in people]
    rows = appointments(practice).filter(
        practitioner__in=keys, start__gt=start - LONGEST, start__lt=end, end__gt=start
    )  # fmt: skip
    schedules = [p.schedule.pk for p in people if p.schedule is not None]
    visits = [p.visit for p in people]
    here = [p.schedule for p in people if p.schedule is not None and p.row.active]
    calendars = (
        queries.calendars(keys, now, since=start, until=end, visits=visits, by_staff=True, schedules=here)
        if end > now
        else {}
    )
    return Known(
        zone=ZoneInfo(practice.timezone), now=now, rows=list(rows.exclude(status="cancelled").order_by("start", "id")),
        taken=held(schedules, start, end, now), to_call=to_call, calendars=calendars,
    )  # fmt: skip


# --- drawing --------------------------------------------------------------------------------------------------------
def drawn(columns: Sequence[Column], known: Known) -> Grid:
    """Every cell gets its place, once the hours that are drawn are known."""
    spans = [cell.span for column in columns for cell in column.cells if cell.kind not in BEHIND]
    spans += [span for column in columns for span in _opened(column.person, column.day, known.zone)]
    frame = rules.frame(spans)
    lengths = [c.span[1] - c.span[0] for column in columns for c in column.cells if c.kind in ("rdv", "free")]
    now_minute = next((minute(known.now, c.day, known.zone) for c in columns if c.today), -1)
    low, high = frame.span
    return Grid(
        columns=[replace(column, cells=_placed(column, frame, known)) for column in columns],
        frame=frame,
        density=rules.density(min(lengths, default=20)),
        now_row=frame.row(now_minute) if low <= now_minute < high else 0,
    )


def _placed(column: Column, frame: rules.Frame, known: Known) -> tuple[Cell, ...]:
    """Closed time, then what is in it; overlapping ones side by side, in order of time."""
    opened = _opened(column.person, column.day, known.zone)
    shut = [_off(span, column.day, known.zone) for span in rules.closed(opened, frame.span)]
    low, high = frame.span
    behind = [c for c in column.cells if c.kind in BEHIND and c.span[0] < high and c.span[1] > low]
    before = [c for c in column.cells if c.kind not in BEHIND]
    sides = rules.lanes([cell.span for cell in before])
    cells = [*((cell, (1, 1)) for cell in (*shut, *behind)), *zip(before, sides, strict=True)]
    return tuple(
        replace(cell, style=style(frame.rows(cell.span), side))
        for cell, side in sorted(cells, key=lambda pair: (max(pair[0].span[0], low), _depth(pair[0]), pair[1]))
    )


def _depth(cell: Cell) -> int:
    """What is closed lies lowest, then who is away, then what is in it."""
    return 0 if cell.kind == "off" else 1 if cell.kind in BEHIND else 2


def style(rows: tuple[int, int], side: tuple[int, int] = (1, 1)) -> str:
    """ "r13 s4", "r13 s4 l2of3" """
    beside = f" l{side[0]}of{side[1]}" if side[1] > 1 else ""
    return f"r{rows[0]} s{rows[1]}{beside}"


def minute(moment: datetime, day: date, zone: ZoneInfo) -> int:
    """Wall-clock minutes since that day's midnight; below 0 the day before."""
    wall = moment.astimezone(zone).replace(tzinfo=None)
    return int((wall - datetime.combine(day, time())).total_seconds() // 60)


def span_of(start: datetime, end: datetime, day: date, zone: ZoneInfo) -> rules.Span:
    first = minute(start, day, zone)
    return first, max(minute(end, day, zone), first + 1)


def _off(span: rules.Span, day: date, zone: ZoneInfo) -> Cell:
    midnight = datetime.combine(day, time(), zone)
    start, end = (midnight + timedelta(minutes=m) for m in span)
    return Cell("off", start, end, span)


def _opened(person: Person, day: date, zone: ZoneInfo) -> list[rules.Span]:
    """When they work on that day, night duties of the day before included."""
    if person.schedule is None:
        return []
    found = opening(queries.weekly(person.schedule), day - timedelta(days=1), day)
    spans = [span_of(i.start, i.end, day, zone) for i in found]
    return [(max(start, 0), min(end, rules.DAY)) for start, end in spans if end > 0 and start < rules.DAY]


def column(person: Person, day: date, known: Known, *, by_day: bool) -> Column:
    today = known.now.astimezone(known.zone).date()
    cells = sorted(_cells(person, day, known), key=lambda cell: (cell.span, cell.kind))
    free = sum(cell.kind == "free" for cell in cells)
    taken = sum(cell.kind == "rdv" for cell in cells)
    opened = _opened(person, day, known.zone)
    absent = [cell.span for cell in cells if cell.kind == AWAY]
    there = any(rules.closed(absent, span) for span in opened)  # some of it is left
    why = "" if there else _("absence ce jour") if opened else _why(person, day)
    told = _note(taken if by_day or day < today else None, free, why, past=day < today)
    week = f"{reverse('agenda-week')}?jour={day}&soignant={person.key}"
    return Column(
        key=day.isoformat() if by_day else person.key,
        name=short(day) if by_day else person.name,
        note=", ".join(part for part in (told, "" if by_day else person.row.profession) if part),
        person=person,
        day=day,
        link=f"{reverse('agenda')}?jour={day}" if by_day else week,
        today=day == today,
        cells=tuple(cells),
        free=free,
        why=why,
    )


def short(day: date) -> str:
    """lundi 16"""
    name, number, *_rest = named_day(day).replace(NBSP, " ").split(" ")
    return f"{name} {number}"


def _note(taken: int | None, free: int, why: str, *, past: bool) -> str:
    """ "4 libres"; for a past day, what it held"""
    parts = []
    if taken is not None and (taken or not why):
        parts.append(ngettext("%(n)s rendez-vous", "%(n)s rendez-vous", taken) % {"n": taken})
    if why:
        parts.append(why)
    elif not past:
        parts.append(ngettext("%(n)s libre", "%(n)s libres", free) % {"n": free} if free else _("complet"))
    return ", ".join(parts)


def _why(person: Person, day: date) -> str:
    """Why nothing is open, in words."""
    if person.schedule is None:
        return _("sans horaires")
    plan = queries.weekly(person.schedule)
    if day in plan.days_off:
        return _("absence ce jour")
    if is_public_holiday(day, plan.public_holidays) and any(day.weekday() in rule.days for rule in plan.rules):
        return _("jour férié")
    if any(change.date == day for change in plan.overrides):
        return _("fermé ce jour")
    return _("ne consulte pas")


def _cells(person: Person, day: date, known: Known) -> list[Cell]:
    low, high = midnights(day, known.zone)
    mine = [r for r in known.rows if r.practitioner_id == person.row.pk and r.start < high and r.end > low]
    cells = [_appointment(row, day, known) for row in mine]
    if person.schedule is None:
        return cells
    taken = [r for r in known.taken if r.schedule == person.schedule.pk and r.start < high and r.end > low]
    away, elsewhere = ([r for r in taken if r.kind == kind] for kind in (AWAY, ELSEWHERE))
    cells = [replace(cell, stranded=_within(cell, away), clashes=_within(cell, elsewhere)) for cell in cells]
    cells += [_held(row, day, known) for row in taken]
    return cells + _free(person, day, known)


def _within(cell: Cell, held: Sequence[Held]) -> bool:
    """It is still to come, and the person it is with will be away, or elsewhere."""
    expected = cell.row is not None and cell.row.status == "booked"
    return expected and any(row.start < cell.end and cell.start < row.end for row in held)


def midnights(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    return datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone)


def _appointment(row: Appointment, day: date, known: Known) -> Cell:
    state, words = state_of(row, known.now, row.pk in known.to_call)
    number = phone(row.patient.phone) if row.patient.phone else ""
    span = span_of(row.start, row.end, day, known.zone)
    return Cell("rdv", row.start, row.end, span, state, words, row=row, phone=number)


def state_of(row: Appointment, now: datetime, call: bool = False) -> tuple[str, str]:
    """The class and the word of a state."""
    if row.status == "noshow":
        return "noshow", _("absent")
    if row.status == "fulfilled":
        return "past", _("terminé")
    if row.status == "cancelled":
        return "past", _("annulé")
    if row.end <= now:
        return "past", _("venu") if row.status == "arrived" else _("heure passée")
    if row.status == "arrived":
        return "here", _("arrivé")
    if row.confirmed:
        return "confirmed", _("confirmé")
    return ("risk", _("non confirmé, à appeler")) if call else ("unconfirmed", _("non confirmé"))


def _held(row: Held, day: date, known: Known) -> Cell:
    first, last = span_of(row.start, row.end, day, known.zone)
    span = (max(first, 0), min(last, rules.DAY))
    if row.kind == AWAY:
        words = _("Absence : %(why)s") % {"why": row.words} if row.words else _("Absence")
        return Cell(AWAY, row.start, row.end, span, AWAY, words, key=row.key)
    if row.kind == ELSEWHERE:
        return Cell(ELSEWHERE, row.start, row.end, span, ELSEWHERE, _("Pris dans un autre agenda"))
    words = _("Place offerte") if row.kind == OFFER else _("Place retenue")
    return Cell(row.kind, row.start, row.end, span, row.kind, words)


def _free(person: Person, day: date, known: Known) -> list[Cell]:
    """The places that are still free for their ordinary visit."""
    midnight, end = midnights(day, known.zone)
    after = max(midnight, known.now)
    if after >= end or person.row.pk not in known.calendars:
        return []
    calendar, length = known.calendars[person.row.pk], timedelta(minutes=person.visit.duration_min)
    return [
        Cell(
            "free", at, at + length, span_of(at, at + length, day, known.zone), "free", place=place_key(person.key, at)
        )
        for at in calendar.free(after, end, person.visit)
    ]
