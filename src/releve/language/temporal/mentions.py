"""Every time expression of a text with its calendar meaning: what `releve when` prints."""

from datetime import date, datetime, time, timedelta

from releve.language.temporal.calendar import plus
from releve.language.temporal.grammar import read
from releve.language.temporal.reader import Reader
from releve.language.temporal.roles import Phrase, phrases
from releve.language.temporal.values import Atom, Day, Mark, TimeMention, Tod

_ARTICLES = frozenset(("le", "la", "les", "l", "ce", "cette", "cet", "chaque"))
_SINCE = frozenset(("depuis", "dp", "dpuis"))
Ends = tuple[datetime | None, datetime | None]


def mentions(text: str, now: datetime) -> tuple[TimeMention, ...]:
    """The time expressions of `text` in order, past ones too."""
    r, atoms = read(text, now)
    return tuple(_mention(r, p) for p in phrases(r, atoms) if not isinstance(p.atoms[0].value, Mark))


def _mention(r: Reader, phrase: Phrase) -> TimeMention:
    day, tod = phrase.day, (phrase.tods[-1] if phrase.tods else None)
    from_, to = _ends(day, tod, r.now)
    first = _with_article(r, phrase.i)
    if day and day.bound == "by" and r.norm(phrase.i) == "d":
        from_ = r.now  # "d'ici vendredi" begins now; "jusqu'à vendredi" does not say
    if day and day.past and r.norm(first - 1) in _SINCE and from_ is not None and from_ < r.now:
        first, to = first - 1, r.now
    if from_ and to and from_ >= to:
        from_ = None  # "avant 14h aujourd'hui", said at 17h: only the end is told
    grain = _grain(day, tod)
    return TimeMention(
        start=r.tokens[first].start, end=r.tokens[phrase.j - 1].end, from_=from_, to=to, grain=grain,
        kind="interval" if to == r.now else _kind(day, tod), open=_open(from_, to),
        weekday=day.weekdays[0] if day and day.weekdays else None, day=day.day if day else None,
        month=day.month if day else None, year=day.year if day else None, hour=tod.hour if tod else None,
        minute=tod.minute if tod else None, part=tod.name if tod else None,
        relative=day.relative if day else None,
    )  # fmt: skip


def _with_article(r: Reader, i: int) -> int:
    """The index of "la" in "la semaine dernière", of "tous" in "tous les lundis"."""
    i -= r.norm(i - 1) in _ARTICLES
    return i - (r.norm(i - 1) in ("tous", "toutes") and r.norm(i) == "les")


def _open(from_: datetime | None, to: datetime | None) -> str | None:
    if from_ is None:
        return "from"
    return "to" if to is None else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _ends(day: Day | None, tod: Tod | None, now: datetime) -> Ends:
    if day and day.exact:
        return day.exact
    if tod is None:
        assert day is not None
        return _day_ends(day, now)
    base = _midnight(_first_day(day, now))
    if tod.form == "after":
        return base + timedelta(minutes=tod.lo), base + timedelta(days=1) if day else None
    if tod.form == "before":
        return base if day else None, base + timedelta(minutes=tod.hi)
    return base + timedelta(minutes=tod.lo), base + timedelta(minutes=tod.hi)


def _first_day(day: Day | None, now: datetime) -> date:
    if day is None:
        return now.date()
    if day.form == "habit":
        return next(d for n in range(14) if (d := plus(day.lo, n)).weekday() in day.weekdays)
    return day.calendar[0]


def _day_ends(day: Day, now: datetime) -> Ends:
    lo, hi = day.calendar
    if day.bound == "before":
        return None, _midnight(lo)
    if day.bound == "by":
        return None, _midnight(plus(hi, 1))
    if day.bound == "from":
        return _midnight(lo), None
    if day.bound == "after":
        return _midnight(plus(hi, 1)), None
    if day.bound == "within":
        return now, _midnight(plus(hi, 1))
    if day.form == "habit":
        first = _first_day(day, now)
        return _midnight(first), _midnight(plus(first, 1))
    return _midnight(lo), _midnight(plus(hi, 1))


def _grain(day: Day | None, tod: Tod | None) -> str:
    if tod is not None:
        return "minute" if tod.form in ("point", "around") else "hour"
    return day.grain if day else "day"


def _kind(day: Day | None, tod: Tod | None) -> str:
    if day and day.form in ("habit", "every"):
        return "recurring"
    if day is not None and (day.form == "span" or day.bound):
        return "interval"
    return "interval" if tod and tod.form not in ("point",) else "point"


def clock_times(text: str) -> tuple[tuple[int, int], ...]:
    """The hours named, as (hour, minute), in order: used to choose among offered slots."""
    _, atoms = read(text, datetime(2000, 1, 3))  # noqa: DTZ001 - any day will do, only hours are read
    return tuple(hm for atom in atoms for hm in _hours(atom))


def _hours(atom: Atom) -> list[tuple[int, int]]:
    if atom.parts:
        return [hm for part in atom.parts for hm in _hours(part)]
    tod = atom.value
    if not isinstance(tod, Tod):
        return []
    if tod.hour is not None:
        return [(tod.hour, tod.minute or 0)]
    return [(12, 0)] if tod.name == "midi" else []
