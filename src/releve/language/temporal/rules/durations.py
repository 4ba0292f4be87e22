"""Times told by a length from now: "dans 8 jours", "sous 48h", "il y a 3 jours", "ces trois derniers mois"."""

from datetime import date, datetime, timedelta

from releve.language.temporal.almanac.arithmetic import plus
from releve.language.temporal.rules.lengths import UNITS, Length, fine, length_at, reaches, shift
from releve.language.temporal.values import Day
from releve.language.temporal.words.reader import Reader

_OPENERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("il", "y", "a"), "ago"), (("il", "ya"), "ago"), (("d", "ici"), "by"), (("depuis",), "since"), (("dp",), "since"),
    (("dpuis",), "since"), (("dps",), "since"), (("depui",), "since"), (("dans",), "in"), (("ds",), "in"),
    (("sous",), "within"), (("y", "a"), "ago"),
    (("ya",), "ago"), (("pdt",), "since"), (("voila",), "since"), (("voici",), "since"), (("ca", "fait"), "since"),
    (("cela", "fait"), "since"), (("y", "avait"), "ago"),
)  # fmt: skip
OPENING = frozenset(words[0] for words, _ in _OPENERS)
_LAST = frozenset(("derniers", "dernieres", "passes", "passees", "ecoules", "ecoulees"))
_COMING = frozenset(("prochains", "prochaines"))


def duration_at(r: Reader, i: int) -> tuple[Day, int] | None:
    if r.norm(i) in OPENING:
        for words, sense in _OPENERS:
            if r.says(i, *words):
                return _read(r, i, i + len(words), sense)
    return stretch_at(r, i)


def _read(r: Reader, start: int, i: int, sense: str) -> tuple[Day, int] | None:
    if sense in ("in", "since", "by") and (near := stretch_at(r, i + (r.norm(i) in ("les", "ces")))):
        return near
    coming = _coming_days(r, i) if sense in ("in", "within") else None
    length = coming or length_at(r, i)
    if length is None:
        return None
    low, high, unit, j = length
    if not reaches(r.now, high, unit):
        return None  # « il y a 3000 ans » is no date
    if sense in ("ago", "since"):
        if r.norm(start) in ("voila", "voici", "ca", "cela") and r.norm(j) not in ("que", "qu"):
            sense = "ago" if r.norm(start) in ("voila", "voici") else ""
        return _past(r, low, high, unit, j, sense) if sense else None
    within = sense == "within" or coming is not None or (sense == "by" and r.norm(j - 1) != "quinzaine")
    if sense == "in" and r.says(i, "la"):
        within = True
    return _future(r, low, high, unit, j, within)


def _past(r: Reader, low: float, high: float, unit: str, j: int, sense: str) -> tuple[Day, int]:
    begin, last = shift(r.now, -high, unit), shift(r.now, -low, unit)
    end = r.today if sense == "since" else last.date()
    exact = None
    if fine(unit):
        exact = (begin, r.now if sense == "since" else last + timedelta(seconds=1 if unit == "second" else 60))
    form = "span" if sense == "since" or low != high else "day"
    relative = f"{sense} {high}{unit}"
    return Day(begin.date(), end, form, grain=unit, relative=relative, past=True, exact=exact), j  # type: ignore[arg-type]


def _future(r: Reader, low: float, high: float, unit: str, j: int, within: bool) -> tuple[Day, int] | None:
    start, end = shift(r.now, low, unit), shift(r.now, high, unit)
    relative = f"+{high}{unit}"
    if within:
        exact = (r.now, end) if fine(unit) else None
        return Day(r.today, end.date(), "span", relative=relative, bound="within", exact=exact), j
    if fine(unit):
        tail = timedelta(seconds=1 if unit == "second" else 60)
        return Day(start.date(), end.date(), grain=unit, relative=relative, exact=(start, end + tail)), j
    form = "day" if low == high else "span"
    return Day(start.date(), end.date(), form, relative=relative), j  # type: ignore[arg-type]


def _coming_days(r: Reader, i: int) -> Length | None:
    """ "dans les prochains jours", "dans les jours qui viennent", "dans les 15 jours", "dans les 48h"."""
    if r.norm(i) != "les":
        return None
    if r.norm(i + 1) in ("prochains", "prochaines", "jours", "semaines") or r.norm(i + 2) in _COMING:
        k = r.skip(i + 1, _COMING)
        unit = UNITS.get(r.norm(k))
        if unit in ("day", "week"):
            days = 7 if unit == "day" else 28
            tail = r.norm(k + 1) == "qui" or r.says(k + 1, "a", "venir")
            return 0, days, "day", k + 1 + 2 * tail
    return length_at(r, i + 1)


def stretch_at(r: Reader, i: int) -> tuple[Day, int] | None:
    """ "les 15 derniers jours", "ces trois dernières semaines", "les deux prochains mois", "les trois mois à venir"."""
    if r.norm(i - 1) not in ("les", "ces", "des", "aux", "nos", "mes"):
        return None
    count = r.number(i, 1, 500)
    low, j = count or (0, i)
    sign = -1 if r.norm(j) in _LAST else 1 if r.norm(j) in _COMING else 0
    unit = UNITS.get(r.norm(j + 1 if sign else j))
    k = j + 2 if sign else j + 1
    if not sign and r.norm(k) in _LAST:
        sign, k = -1, k + 1
    elif not sign and (r.says(k, "a", "venir") or r.says(k, "qui", "viennent")):
        sign, k = 1, k + 2
    if unit is None or not sign or (count is None and sign > 0):
        return None
    count_said = low - 1 if unit == "day" and low in (8, 15) else low or 3  # "quinze jours" are two weeks
    edge = shift(r.now, sign * count_said, unit)
    return _stretch(r, edge, unit, k, sign)


def _stretch(r: Reader, edge: datetime, unit: str, k: int, sign: int) -> tuple[Day, int]:
    if sign < 0:
        exact = (edge, r.now) if fine(unit) else None
        return Day(edge.date(), r.today, "span", grain=unit, relative="since last", past=True, exact=exact), k
    exact = (r.now, edge) if fine(unit) else None
    return Day(r.today, edge.date(), "span", relative="stretch", bound="within", exact=exact), k


def four_weeks_from(day: date) -> date:
    """The end of an open span: "à partir du X" lasts four weeks."""
    return plus(day, 27)
