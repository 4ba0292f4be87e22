"""Absolute dates: "12 mars", "05.10.1990", "5 du 10", "vingt-deux mars mille neuf cent", "le 3"."""

from datetime import date

from releve.language.temporal.almanac.arithmetic import add_months, next_day_number, next_month_day, plus, safe_date
from releve.language.temporal.values import Day
from releve.language.temporal.words.lexicon import MONTH_AFTER_DAY, MONTHS, WEEKDAYS
from releve.language.temporal.words.reader import Reader

_SEPARATORS = frozenset(("/", ".", "-"))
_LEFT_OF_NUMERIC = frozenset((
    "le", "du", "au", "les", "avant", "apres", "rdv", "rv", "vous", "ici", "lundi", "mardi", "mercredi",
    "jeudi", "vendredi", "samedi", "dimanche", "jusqu", "partir", "des", "pour", "et", "ou", "date",
    "prevu", "seance", "(", "depuis",
))  # fmt: skip
_FRACTIONS = {("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4"), ("1", "5"), ("1", "10")}
_STRONG_LEFT = frozenset(("le", "du", "au", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"))
_LIST = frozenset((",", "et", "ou"))
_LEFT_OF_LIST = frozenset(("le", "les", "du", "au", "ou", "et", *WEEKDAYS))
_LEFT_OF_DAY = frozenset(("le", "du", "au", "ce"))
# After a bare day number these make it something else: an address, a dose, an age, a duration, a bus.
_NOT_AFTER_DAY = frozenset((
    "h", "heure", "heures", "ans", "an", "mois", "semaine", "semaines", "jour", "jours", "j", "euros",
    "euro", "%", "mg", "ml", "rue", "bis", "ter", "eme", "e", "er", "ere", "avenue", "boulevard", "place",
    "impasse", "min", "minutes", "mn", "fois", "€", "kg", "g", "cm", "quai", "allee", "chemin", "villa",
    "degres", "°", "etage", "enfants", "prairial", "n", "+", "*", "nd", "de", "cp", "premiers", "derniers", "km",
    "m", "metres", "metre", "litres", "l", "litre", "points", "voix", "grammes",
    "prochains", "mois", "ieme", "personnes", "comprimes", "heure", "sms", "sur",
))  # fmt: skip
_NOT_AFTER_YEAR = frozenset(
    ("h", "heures", "heure", "ans", "/", "mois", "euros", "personnes", "minutes", "min", "€", "%")
)
# "le premier" is a date only where a sentence may stop: "le premier cours" is none.
_AFTER_FIRST = frozenset(("", ".", ",", "?", "!", "ou", "et", "si", "a", "au", "svp", "\n", "apres", "avant", "vers"))
_MEDICAL_LEFT = frozenset(("tension", "ta", "cp", "comprime", "comprimes", "pression", "arterielle"))


def year_value(year: int, today: date) -> int:
    """Two digits take the century that makes a past year, or one within the next two years."""
    if year >= 100:
        return year
    return 2000 + year if 2000 + year <= today.year + 2 else 1900 + year


def date_at(r: Reader, i: int) -> tuple[Day, int] | None:
    """A date with its month at `i`."""
    if i >= len(r) or r.tokens[i].masked:
        return None
    return _iso(r, i) or _numeric(r, i) or _with_month(r, i) or _day_of_month_number(r, i)


def _made(r: Reader, day: int, month: int, year: int | None, j: int) -> tuple[Day, int] | None:
    found = next_month_day(r.today, month, day) if year is None else safe_date(year_value(year, r.today), month, day)
    if found is None:
        return None
    past = year is not None and found < r.today
    return Day(found, found, day=day, month=month, year=found.year if year is not None else None, past=past), j


def _iso(r: Reader, i: int) -> tuple[Day, int] | None:
    if len(r.norm(i)) != 4 or r.norm(i + 1) not in _SEPARATORS or r.norm(i + 3) != r.norm(i + 1):
        return None
    figures = [r.norm(i + n) for n in (0, 2, 4)]
    if not all(f.isdecimal() and len(f) <= 4 for f in figures):
        return None
    year, month, day = map(int, figures)
    return _made(r, day, month, year, i + 5) if month <= 12 else None


def _numeric(r: Reader, i: int) -> tuple[Day, int] | None:
    sign = r.norm(i + 1)
    if not (r.norm(i).isdecimal() and sign in _SEPARATORS and r.norm(i + 2).isdecimal()):
        return None
    if max(len(r.norm(i)), len(r.norm(i + 2))) > 2:
        return None
    day, month = int(r.norm(i)), int(r.norm(i + 2))
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if r.norm(i + 3) == sign and r.norm(i + 4).isdecimal() and len(r.norm(i + 4)) in (2, 4):
        return _made(r, day, month, int(r.norm(i + 4)), i + 5)
    return _made(r, day, month, None, i + 3) if _plain_fraction_is_date(r, i, sign) else None


def _plain_fraction_is_date(r: Reader, i: int, sign: str) -> bool:
    """ "le 04/06" is a date; "tension 14/9", "3 cp de 5/10" and "12.5" are not."""
    dotted = sign == "." and r.norm(i - 1) in ("le", "du", "au") and len(r.norm(i)) == len(r.norm(i + 2)) == 2
    if dotted and r.norm(i + 3) not in _NOT_AFTER_DAY:
        return True  # "le 12.05", as the Swiss write it
    if sign != "/" or _MEDICAL_LEFT & set(r.norms(i - 4, i)):
        return False
    fraction = (r.norm(i), r.norm(i + 2)) in _FRACTIONS or r.norm(i + 3) in ("de", "d", "l")
    if fraction and r.norm(i - 1) not in _STRONG_LEFT:
        return False
    return r.norm(i - 1) in _LEFT_OF_NUMERIC or (
        len(r.norm(i + 2)) == 2 and r.norm(i + 2)[0] in "01" and len(r.norm(i)) == 2
    )


def _day_number(r: Reader, i: int) -> tuple[int, int] | None:
    if r.norm(i) == "un" and r.norm(i + 1) in MONTHS:
        return 1, i + 1
    found = (1, i + 1) if r.norm(i) in ("premier", "1") and r.norm(i + 1) != "er" else r.number(i, 1, 31)
    if found is None and r.says(i, "1", "er"):
        return 1, i + 2
    if found and r.norm(found[1]) == "er" and found[0] == 1:
        return 1, found[1] + 1
    return found


def _with_month(r: Reader, i: int) -> tuple[Day, int] | None:
    day = _day_number(r, i)
    if day is None:
        return None
    month = MONTH_AFTER_DAY.get(r.norm(day[1]))
    if month is None or not (r.tokens[i].digits or r.norm(day[1]) in MONTHS):
        return None
    j = day[1] + 1
    if r.norm(j) == "." and r.norm(day[1]) not in MONTHS:
        j += 1
    dashed = r.norm(j) == "-" and r.tokens[j].glued and len(r.norm(j + 1)) == 4
    year = _year(r, j + dashed)
    return _made(r, day[0], month, *(year or (None, j)))


def _year(r: Reader, j: int) -> tuple[int, int] | None:
    """A year after a month: four digits, two digits, or words. A number that an hour word follows is none."""
    found = r.number(j, 0, 2200)
    if (
        found is None
        or r.norm(found[1]) in _NOT_AFTER_YEAR
        or _is_hour_sign(r, found[1])
        or (found[0] <= 31 and r.norm(found[1]) in ("et", "a", "ou"))
    ):
        return None
    if found[0] == 19 and (rest := r.number(found[1] + 1, 1, 99)) and r.norm(found[1]) == "cent":
        return 1900 + rest[0], rest[1]
    if found[0] >= 1000:
        # "le 3 mars mille personnes" is no year; four digits or words of a year are.
        return found if r.tokens[j].digits or found[1] - j > 1 else None
    plausible = (r.tokens[j].digits and len(r.norm(j)) == 2) or found[0] > 31
    return found if plausible and found[0] < 100 else None


def _is_hour_sign(r: Reader, j: int) -> bool:
    return r.norm(j) == ":" and r.tokens[j].glued and r.norm(j + 1).isdecimal()


def _day_of_month_number(r: Reader, i: int) -> tuple[Day, int] | None:
    """ "le quatre du dix deux mille quinze", "12 du 12 96"."""
    day = _day_number(r, i)
    if day is None or r.norm(day[1]) != "du":
        return None
    month = r.number(day[1] + 1, 1, 12)
    if month is None or r.norm(month[1]) in ("h", "heures", "mois", "heure"):
        return None
    year = _year(r, month[1])
    return _made(r, day[0], month[0], *year) if year else None


def bare_day_at(r: Reader, i: int) -> tuple[Day, int] | None:
    """ "le 3", "du trente et un", "le 27 ou 30", "les 17 et 18 mars": the next such day of a month."""
    if i >= len(r) or r.tokens[i].masked:
        return None
    listed = _listed(r, i)
    if listed:
        return listed
    if r.norm(i - 1) not in _LEFT_OF_DAY and not _follows_day(r, i):
        return None
    day = _day_number(r, i)
    if day is None or not _may_end_day(r, day[1]) or _is_rank(r, i, day[1]):
        return None
    placed = _in_near_month(r, day[0], day[1])
    if placed:
        return placed
    found = next_day_number(r.today, day[0])
    return (Day(found, found, day=day[0]), day[1]) if found else None


def _is_rank(r: Reader, i: int, j: int) -> bool:
    """ "le premier cours", where "le premier" alone is a date."""
    return r.norm(i) == "premier" and r.norm(j) not in _AFTER_FIRST and not r.says(j, "du", "mois")


def _in_near_month(r: Reader, day: int, j: int) -> tuple[Day, int] | None:
    """ "le 15 du mois prochain", "le 3 de ce mois", "le 20 courant"."""
    shift, k = None, j
    if r.says(j, "du", "mois") or r.says(j, "de", "ce", "mois"):
        k = j + (2 if r.norm(j) == "du" else 3)
        word = r.norm(k)
        near = {"prochain": 1, "suivant": 1, "dernier": -1, "passe": -1, "precedent": -1}.get(word, 0)
        shift, k = near, k + (near != 0 or word == "ci")
    elif r.norm(j) in ("courant", "ct") and r.norm(j + 1) not in MONTHS:
        shift, k = 0, j + 1
    if shift is None:
        return None
    first = add_months(r.today.replace(day=1), shift)
    found = safe_date(first.year, first.month, day)
    if found is None:
        return None
    return Day(found, found, day=day, month=found.month, year=found.year, past=found < r.today), k


def _listed(r: Reader, i: int) -> tuple[Day, int] | None:
    """The first days of "le 17, 18 ou 19 mars" take the month that ends the list."""
    day = _day_number(r, i)
    if not (r.tokens[i].digits or r.norm(i - 1) in _LEFT_OF_LIST):
        return None
    k = day[1] if day else i
    for _ in range(4):
        if (
            day is None
            or r.norm(k) not in _LIST
            or (more := _day_number(r, r.skip(k + 1, frozenset(("le", "au"))))) is None
        ):
            return None
        month = MONTHS.get(r.norm(more[1]))
        if month is not None:
            return _made(r, day[0], month, None, day[1])
        k = more[1]
    return None


def _follows_day(r: Reader, i: int) -> bool:
    """The second number of "les 17 et 18", "le 27 ou 30"."""
    listed = r.norm(i - 1) in _LIST and r.norm(i - 2).isdecimal() and 1 <= int(r.norm(i - 2)) <= 31
    another = r.norm(i + 1) in _LIST and (r.norm(i + 2).isdecimal() or r.norm(i + 2) == "le")
    if r.norm(i - 1) == "les" and r.norm(i - 2) not in ("tous", "toutes") and another:
        return True
    k = i - 3
    while listed and r.norm(k) == "," and r.norm(k - 1).isdecimal() and k > i - 12:
        k -= 2  # the list must begin as a date does: "le 17, 18 ou 19"
    return listed and r.norm(k) in ("le", "les", "au", *WEEKDAYS)


_BEING = frozenset(("est", "etait", "ira", "irait", "arrange", "arrangera", "a", "aura", "y"))


def _may_end_day(r: Reader, j: int) -> bool:
    after = r.norm(j)
    if after == "de" and (r.says(j, "de", "ce", "mois") or r.says(j, "de", "preference") or r.norm(j + 1) in WEEKDAYS):
        return True
    if after == "de" and _hour_follows(r, j + 1):
        return True  # "le 10 de 8h à 10h"
    if after == "n" and r.norm(j + 1) in _BEING:
        return True  # "le jeudi 24 n'est pas possible"
    if after == "l" and r.norm(j + 1).startswith(("apres", "aprem")):
        return True  # "le 21 l'après-midi" is no litre
    if after in _NOT_AFTER_DAY or (j < len(r) and r.tokens[j].digits):
        return False
    glued_sign = after in ("/", ".", ",", ":") and j + 1 < len(r) and r.tokens[j + 1].digits and r.tokens[j + 1].glued
    spoken_number = r.number(j, 0, 10**6) is not None and r.norm(j + 1) not in ("h", "heure", "heures")
    called = j >= 3 and r.norm(j - 3) in (
        "appele",
        "appeler",
        "appelle",
        "compose",
        "fait",
        "faire",
        "appelez",
        "faites",
        "composez",
        "composer",
        "habite",
        "habitent",
        "habitons",
        "loge",
    )
    return not glued_sign and not called and not (spoken_number and not _hour_follows(r, j))


def _hour_follows(r: Reader, j: int) -> bool:
    found = r.number(j, 0, 24)
    return found is not None and r.norm(found[1]) in ("h", "heure", "heures", ":")


def weekday_number(today: date, weekday: int, day: int) -> date | None:
    """ "lundi 16": the next 16th that is a Monday within three months, else the next 16th."""
    for ahead in range(93):
        found = plus(today, ahead)
        if found.day == day and found.weekday() == weekday:
            return found
    return next_day_number(today, day)


def weekday_day_at(r: Reader, i: int, weekday: int) -> tuple[Day, int] | None:
    """The number after a weekday ("mardi 23 à 14h"), unless it is an hour."""
    day = _day_number(r, i)
    if day is None or not _may_end_day(r, day[1]) or r.norm(day[1]) in ("h", "heure", "heures"):
        return None
    found = weekday_number(r.today, weekday, day[0])
    return (Day(found, found, day=day[0]), day[1]) if found else None
