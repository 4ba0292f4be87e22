"""The wish of a message, the time of the appointment it names, and the move from one to the other."""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from releve.core.understanding import Span, Wish
from releve.language.temporal.almanac.arithmetic import plus
from releve.language.temporal.booking.compose import groups
from releve.language.temporal.booking.cues import REFUSALS
from releve.language.temporal.booking.deadlines import (
    is_deadline,
    on_waiting_list,
    stands_alone,
    with_deadline,
    with_opening,
)
from releve.language.temporal.booking.focus import in_focus, without_hypotheses, without_struck
from releve.language.temporal.booking.moves import (
    anchored,
    is_own_hour,
    of_that_day,
    unjoined,
    without_conditions,
    without_departure,
)
from releve.language.temporal.booking.named import named_appointment, point_window
from releve.language.temporal.booking.phrases import Phrase
from releve.language.temporal.booking.reading import read
from releve.language.temporal.booking.refusals import (
    except_hours,
    of_another_day,
    of_one_day,
    of_others,
    pointed_back,
    with_exemption,
)
from releve.language.temporal.booking.roles import phrases
from releve.language.temporal.booking.shift import shifted
from releve.language.temporal.booking.story import (
    beside_hour,
    beside_named,
    freed_hours,
    from_premise,
    on_same_day,
    on_story_day,
    usually,
    week_parity,
    without_concessions,
    without_term,
)
from releve.language.temporal.booking.windows import exclude, prefer
from releve.language.temporal.rules.durations import four_weeks_from
from releve.language.temporal.values import Day, Mark
from releve.language.temporal.words.reader import Reader


@lru_cache(maxsize=8)
def _told(text: str, now: datetime) -> tuple[Reader, tuple[Phrase, ...]]:
    """The phrases of the text with their roles: the wish, its spans, the move all ask for them."""
    r, atoms = read(text, now)
    return r, tuple(phrases(r, atoms))


def wish(text: str, now: datetime) -> Wish | None:
    """What the writer wants or can; None when no time is wished."""
    r, told = _told(text, now)
    found = of_another_day(r, on_waiting_list(r, list(told)))
    found = on_same_day(r, from_premise(r, of_others(r, without_struck(r, in_focus(r, found)))))
    found = on_story_day(r, with_deadline(r, with_opening(r, beside_named(r, beside_hour(r, found)))))
    plain = _wish(r, found)
    days = any(p.role in ("wish", "free") and p.day and p.day.form not in ("habit", "every") for p in found)
    if plain is None or not (plain.asap or days):
        return _around_named(r, found) or plain
    return plain


def wish_spans(text: str, now: datetime) -> tuple[Span, ...]:
    """The characters from which `wish` was read."""
    r, told = _told(text, now)
    meant = (p for p in told if p.role == "wish" or p.role in REFUSALS)
    return tuple(Span(r.tokens[p.i].start, r.tokens[p.j - 1].end, "when") for p in meant)


def appointment_time(text: str, now: datetime) -> Wish | None:
    """The named appointment: one minute when an hour is told, else the whole day."""
    r, told = _told(text, now)
    named = named_appointment(r, list(told))
    return point_window(named, now) if named else None


def move(text: str, now: datetime) -> tuple[Wish | None, Wish | None]:
    """(the appointment's time, the new wish) of a message that reschedules."""
    r, told = _told(text, now)
    atoms = read(text, now)[1]
    apart = unjoined(r, atoms)
    found = with_opening(r, without_departure(r, list(told) if len(apart) == len(atoms) else phrases(r, apart)))
    found = in_focus(r, found)
    named = named_appointment(r, without_conditions(found))
    new = [p for p in found if p.role == "wish"]
    refused = [p for p in found if p.role in REFUSALS and (p.day or p.role == "except" or not is_own_hour(p))]
    if named:
        new = anchored(r, new, named, now)
        refused = [of_that_day(p, named) for p in refused]
    wished = _wish(r, sorted(new + refused, key=lambda p: p.i), named[0] if named else None)
    if named and not any(p.role == "wish" and (p.day or p.tods) for p in new):
        slid = shifted(r, named[0] or now.date(), named[1].lo if named[1] else None)
        wished = Wish((slid,)) if slid else wished
    own_day = all(
        p.role in ("negative", "refused") and p.day and p.day.form in ("day", "weekday") and not p.day.bound
        for p in refused
    )
    if wished and not wished.prefer and not wished.asap and own_day and not any(p.role == "wish" for p in found):
        wished = None  # only the appointment's own time is refused
    if named and named[0] and wished is None:
        wished = _around_named(r, with_deadline(r, found))
    return (point_window(named, now) if named else None), wished


def _wish(r: Reader, found: list[Phrase], anchor: date | None = None) -> Wish | None:
    found = without_hypotheses(r, found)
    found = with_exemption(r, except_hours(r, freed_hours(r, pointed_back(r, found))))
    found, conceded = without_concessions(r, usually(r, found))
    told = without_term(r, [p for p in found if p.role == "wish"])
    if anchor is None:
        anchor = next((p.day.calendar[0] for p in reversed(found) if p.day and p.role in REFUSALS), None)
    marks = conceded | {a.value.kind for p in told for a in p.atoms if isinstance(a.value, Mark)}
    grouped = groups(r, told, anchor)
    windows = prefer(grouped, r.now, week_parity(r))
    wished = {p.day.weekdays for p in told if p.day and p.day.weekdays}
    found = of_one_day(r, found)
    denied = [
        p for p in found if p.role in REFUSALS and not (p.role == "refused" and p.day and p.day.weekdays in wished)
    ]
    refused = exclude(denied, windows, r.now)
    if windows and all(any(x.start <= w.start and w.end <= x.end for x in refused) for w in windows):
        refused = []  # "plus rien avant septembre": nobody refuses all that he wishes
    today = any(d.relative == "+0d" and not g.tods for g in grouped for d in g.days)
    asap = "asap" in marks or today
    every = any(d.form == "every" for g in grouped for d in g.days)
    if not (windows or refused or asap or every or "any" in marks):
        return None
    return Wish(tuple(windows), tuple(refused), asap)


def _around_named(r: Reader, found: list[Phrase]) -> Wish | None:
    """ "si qqn annule avant", "donc après": before or after a date told for another reason."""
    told = next(
        (p.day for p in found if p.role in ("named", "event", *REFUSALS) and p.day and p.day.form != "habit"), None
    )
    taken = {k for p in found for k in range(p.i, p.j)}
    sides = (k for k in range(len(r)) if r.norm(k) in ("avant", "apres") and k not in taken)
    loose = {r.norm(k) for k in sides if stands_alone(r, k)}
    earlier = any(isinstance(a.value, Mark) and a.value.kind == "earlier" for p in found for a in p.atoms)
    if earlier or any(is_deadline(r, k) for k in range(len(r))):
        loose |= {"avant"}
    if told is None or not loose or told.form in ("habit", "every"):
        return None
    first, last = told.calendar
    if "avant" in loose:
        span = Day(r.now.date(), plus(first, -1), "span", bound="before")
    else:
        span = Day(plus(last, 1), four_weeks_from(plus(last, 1)), "span", bound="after")
    if span.hi < span.lo:
        return None
    place = next(p for p in found if p.day is told).atoms[0]
    kept = [p for p in found if p.day is not told or p.role in REFUSALS - {"negative"}]
    return _wish(r, [Phrase((replace(place, value=span, j=place.i),)), *kept])
