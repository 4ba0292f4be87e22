"""The wish of a message, the time of the appointment it names, and the move from one to the other."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from releve.core.understanding import Span, Window, Wish
from releve.language.temporal.calendar import plus
from releve.language.temporal.compose import afternoon, groups
from releve.language.temporal.durations import four_weeks_from
from releve.language.temporal.grammar import read
from releve.language.temporal.reader import Reader
from releve.language.temporal.roles import REFUSALS, Phrase, phrases
from releve.language.temporal.shift import shifted
from releve.language.temporal.values import DAY_END, DAY_START, Day, Mark, Tod
from releve.language.temporal.windows import at, clamp, exclude, prefer


def wish(text: str, now: datetime) -> Wish | None:
    """What the writer wants or can; None when no time is wished."""
    r, atoms = read(text, now)
    found = phrases(r, atoms)
    plain = _wish(r, _beside_named(r, found))
    if plain is None or not (plain.prefer or plain.asap):
        return _around_named(r, found) or plain
    return plain


def wish_spans(text: str, now: datetime) -> tuple[Span, ...]:
    """The characters from which `wish` was read."""
    r, atoms = read(text, now)
    told = (p for p in phrases(r, atoms) if p.role == "wish" or p.role in REFUSALS)
    return tuple(Span(r.tokens[p.i].start, r.tokens[p.j - 1].end, "when") for p in told)


def appointment_time(text: str, now: datetime) -> Wish | None:
    """The named appointment: one minute when an hour is told, else the whole day."""
    r, atoms = read(text, now)
    named = _named(r, phrases(r, atoms))
    return _point(named, now) if named else None


def move(text: str, now: datetime) -> tuple[Wish | None, Wish | None]:
    """(the appointment's time, the new wish) of a message that reschedules."""
    r, atoms = read(text, now)
    atoms = _unjoined(r, atoms)
    found = _without_departure(r, phrases(r, atoms))
    named = _named(r, [p for p in found if p.role == "named" or p.role in REFUSALS])
    new = [p for p in found if p.role == "wish"]
    refused = [p for p in found if p.role in REFUSALS]
    if named:
        new = _anchored(new, named, now)
    wished = _wish(r, sorted(new + refused, key=lambda p: p.i), named[0] if named else None)
    if named and not any(p.role == "wish" for p in new):
        slid = shifted(r, named[0] or now.date(), named[1].lo if named[1] else None)
        wished = Wish((slid,)) if slid else wished
    return (_point(named, now) if named else None), wished


def _wish(r: Reader, found: list[Phrase], anchor: date | None = None) -> Wish | None:
    told = [p for p in found if p.role == "wish"]
    if anchor is None:
        anchor = next((p.day.calendar[0] for p in reversed(found) if p.day and p.role in REFUSALS), None)
    marks = {a.value.kind for p in told for a in p.atoms if isinstance(a.value, Mark)}
    grouped = groups(r, told, anchor)
    windows = prefer(grouped, r.now)
    refused = exclude([p for p in found if p.role in REFUSALS], windows, r.now)
    today = any(d.relative == "+0d" and not g.tods for g in grouped for d in g.days)
    asap = "asap" in marks or today
    every = any(d.form == "every" for g in grouped for d in g.days)
    if not (windows or refused or asap or every or "any" in marks):
        return None
    return Wish(tuple(windows), tuple(refused), asap)


def _beside_named(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """ "mon rdv du 1er à 17h. Une place après, à 17h30": the hour without day joins the day named."""
    named = next((p.day for p in found if p.role == "named" and p.day and p.tods), None)
    told = [p for p in found if p.role == "wish" and not isinstance(p.atoms[0].value, Mark)]
    hours = bool(told) and all(p.day is None and all(t.form in ("point", "around") for t in p.tods) for p in told)
    if named is None or not hours:
        return found
    return [replace(p, atoms=(replace(p.atoms[0], value=named, j=p.i), *p.atoms)) if p in told else p for p in found]


def _around_named(r: Reader, found: list[Phrase]) -> Wish | None:
    """ "si qqn annule avant", "donc après": before or after a date told for another reason."""
    told = next((p.day for p in found if p.role in ("named", "event", *REFUSALS) and p.day), None)
    taken = {k for p in found for k in range(p.i, p.j)}
    loose = {r.norm(k) for k in range(len(r)) if k not in taken} & {"avant", "apres"}
    if told is None or not loose or told.form in ("habit", "every"):
        return None
    first, last = told.calendar
    if "avant" in loose:
        window = Window(r.now, at(plus(first, -1), DAY_END))
    else:
        window = Window(at(plus(last, 1), DAY_START), at(four_weeks_from(plus(last, 1)), DAY_END))
    windows = clamp([window], r.now)
    return Wish(tuple(windows)) if windows else None


Named = tuple[date | None, Tod | None]


def _named(r: Reader, found: list[Phrase]) -> Named | None:
    """Day and hour of the appointment: from the phrases that name it, else from any that may."""
    for roles in (("named",), ("named", "wish", *REFUSALS)):
        usable = [p for p in found if p.role in roles and _single(p)]
        if usable:
            return _first_pair(
                usable,
                [p for p in found if p.role in ("wish", "named", *REFUSALS) and _single(p)],
            )
    return None


def _single(phrase: Phrase) -> bool:
    day = phrase.day
    if isinstance(phrase.atoms[0].value, Mark):
        return False
    return day is None or day.form in ("day", "weekday") or (day.form == "habit" and len(day.weekdays) == 1)


def _first_pair(first: list[Phrase], others: list[Phrase]) -> Named | None:
    head = next((p for p in first if p.day), first[0])
    hour = _hour(head) or next((h for p in first if p.day is None and (h := _hour(p))), None)
    if hour is None:
        hour = next((h for p in others if p.day is None and p.i > head.i and (h := _hour(p))), None)
    day = head.day or next((p.day for p in others if p.day and p.i > head.i), None)
    if day is None and hour is None and not head.tods:
        return None
    return (_date(day) if day else None), hour


def _date(day: Day) -> date:
    """ "le mardi" of an appointment is the next one, not a habit."""
    if day.form != "habit":
        return day.lo
    return next(plus(day.lo, n) for n in range(7) if plus(day.lo, n).weekday() in day.weekdays)


def _hour(phrase: Phrase) -> Tod | None:
    tods = [afternoon(t) for t in phrase.tods]
    exact = next((t for t in tods if t.form in ("point", "around", "range") and t.hour is not None), None)
    return exact or next((Tod(720, 721, "point", "midi", 12, 0) for t in tods if t.name == "midi"), None)


def _point(named: Named, now: datetime) -> Wish:
    day = named[0] or now.date()
    hour = named[1]
    if hour is None or hour.hour is None:
        start = at(day, 0)
        return Wish((Window(start, start + timedelta(days=1)),))
    start = at(day, hour.hour * 60 + (hour.minute or 0))
    return Wish((Window(start, start + timedelta(minutes=1)),))


def _unjoined(r: Reader, atoms: list) -> list:  # type: ignore[type-arg]
    """ "décaler de jeudi à vendredi": the range of a moving verb is its two ends."""
    out = []
    for atom in atoms:
        moving = atom.parts and r.norm(atom.i) in ("de", "du", "d") and _moves(r, atom.i)
        out += list(atom.parts) if moving else [atom]
    return out


def _moves(r: Reader, i: int) -> bool:
    left = set(r.norms(i - 7, i))
    return bool(
        left
        & {
            "decaler",
            "avancer",
            "deplacer",
            "reporter",
            "changer",
            "passer",
            "rdv",
            "repousser",
            "decale",
            "seance",
            "consultation",
            "transferer",
        }
    )


def _without_departure(r: Reader, found: list[Phrase]) -> list[Phrase]:
    """The first time after "de" or "du" is what one leaves, when another is wished later."""
    wished = [p for p in found if p.role == "wish" and not isinstance(p.atoms[0].value, Mark)]
    if len(wished) < 2 or any(p.role == "named" for p in found):
        return found
    first = wished[0]
    leaves = r.norm(first.i - 1) in ("de", "du") or r.norm(first.j) in (":", "→")
    return [replace(p, role="named") if p is first and leaves else p for p in found]


def _anchored(new: list[Phrase], named: Named, now: datetime) -> list[Phrase]:
    """ "plus tard le même jour", "à 16h30": a new hour without a day is on the day of the appointment."""
    marks = {a.value.kind for p in new for a in p.atoms if isinstance(a.value, Mark)}
    timed = [p for p in new if not isinstance(p.atoms[0].value, Mark)]
    if any(p.day for p in timed):
        return _same_hour(new, named)
    if not timed and not marks & {"same_day"}:
        return new
    day = named[0] or now.date()
    anchor = Day(day, day)
    place = (timed or new)[0].atoms[0]
    atoms = [replace(place, value=anchor, j=place.i)]
    if named[1] is not None and not timed:
        later = "later" in marks
        edge = named[1].lo
        tod = Tod(edge, DAY_END, "after") if later else Tod(0, edge, "before")
        if marks & {"later", "earlier"}:
            atoms.append(replace(place, value=tod))
    return [Phrase(tuple(atoms)), *new]


def _same_hour(new: list[Phrase], named: Named) -> list[Phrase]:
    if named[1] is None:
        return new
    return [
        Phrase(
            tuple(
                replace(a, value=named[1]) if isinstance(a.value, Mark) and a.value.kind == "same_hour" else a
                for a in p.atoms
            ),
            p.role,
        )
        for p in new
    ]
