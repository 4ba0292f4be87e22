"""Days named by the week or from today: "mardi", "mardi en huit", "les jeudis", "demain", "ce soir"."""

from dataclasses import replace
from datetime import date

from releve.language.temporal.almanac.arithmetic import habit_span, last_weekday, next_weekday, plus
from releve.language.temporal.rules.dates import date_at, weekday_day_at
from releve.language.temporal.rules.weeks import week_at
from releve.language.temporal.values import Day
from releve.language.temporal.words.lexicon import MONTHS, PARTS, RELATIVE_DAYS, WEEKDAY_SHORT, WEEKDAYS
from releve.language.temporal.words.reader import Reader

_NEXT = frozenset(("prochain", "prochains", "pro", "prochaine"))
_PAST = frozenset(("dernier", "derniers", "passe", "passes", "precedent"))
_SHORT_BEFORE = frozenset(("apres", "avant", "entre", "toute", "tte", "vers", "ap", "soir", "matin"))
_PERSON = frozenset(("madame", "monsieur", "mme", "mlle", "m", "docteur", "dr"))
_HABIT_BEFORE = frozenset(("autre", "un", "le", "les", "chaque", "quel", "quelle", "aucun"))


def weekday_at(r: Reader, i: int) -> tuple[Day, int] | None:
    weekday = WEEKDAYS.get(r.norm(i))
    j = i + 1
    if weekday is not None and r.norm(i - 1) in _PERSON and _is_surname(r, i):
        return None
    if weekday is None:
        weekday = WEEKDAY_SHORT.get(r.norm(i))
        if weekday is None or not _short_is_day(r, i):
            return None
        j += r.norm(j) == "." and j + 1 < len(r) and r.norm(j + 1) not in ("", "\n")
    k = j + 1 if r.norm(j) == "le" else j
    dated = date_at(r, k) or (date_at(r, j + 1) if r.norm(j) in _NEXT else None)
    dated = dated or weekday_day_at(r, k, weekday)
    if dated:
        return replace(dated[0], weekdays=(weekday,)), dated[1]
    return _plain(r, i, j, weekday)


def _is_surname(r: Reader, i: int) -> bool:
    """ "Mme Jeudi" is a person; "voir le docteur jeudi" a day."""
    return r.norm(i - 1) not in ("docteur", "dr") or r.text[r.tokens[i].start].isupper()


def _short_is_day(r: Reader, i: int) -> bool:
    """ "mar", "mer", "jeu" are days beside a number, a part of day, "prochain" or one another."""
    j = i + 2 if r.norm(i + 1) == "." else i + 1
    if r.norm(j) in MONTHS or r.norm(i - 1).isdecimal():
        return False
    after = (
        r.norm(j) in _NEXT
        or r.norm(j) in _SHORT_BEFORE
        or r.says(j, "a", "partir")
        or r.norm(j).isdecimal()
        or PARTS.match(r.tokens, j) is not None
    )
    beside = r.norm(j) in ("ou", "et", "/", "a") and (r.norm(j + 1) in WEEKDAY_SHORT or r.norm(j + 1) in WEEKDAYS)
    follows = r.norm(i - 1) in ("ou", "et", "/") and (r.norm(i - 2) in WEEKDAY_SHORT or r.norm(i - 2) in WEEKDAYS)
    listed = r.norm(j) in WEEKDAY_SHORT or r.norm(i - 1) in WEEKDAY_SHORT  # "lun mer ven"
    return after or beside or follows or listed


def _plain(r: Reader, i: int, j: int, weekday: int) -> tuple[Day, int]:
    found = next_weekday(r.today, weekday)
    if r.norm(j) in _PAST:
        found = last_weekday(r.today, weekday)
        return Day(found, found, weekdays=(weekday,), relative="last", past=True), j + 1
    for words, shift in ((("en", "huit"), 7), (("en", "8"), 7), (("en", "quinze"), 14), (("en", "15"), 14)):
        if r.says(j, *words):
            return _day(plus(found, shift), weekday, " ".join(words)), j + 2
    if r.norm(j) in ("suivant", "suivants"):
        return Day(found, found, "weekday", weekdays=(weekday,), relative="following"), j + 1
    if r.says(j, "qui", "suit") or r.says(j, "d", "apres"):
        return Day(found, found, "weekday", weekdays=(weekday,), relative="following"), j + 2
    if r.norm(j) in _NEXT:
        return Day(found, found, "weekday", weekdays=(weekday,), relative="next"), j + 1
    if r.says(j, "qui", "vient") or r.says(j, "a", "venir"):
        return Day(found, found, "weekday", weekdays=(weekday,), relative="next"), j + 2
    k = r.skip(j, frozenset(("de", "dans", "d", "la")))
    week = week_at(r, k) if r.norm(k) not in ("", "semaine") or k > j else None
    if week and week[0].grain == "week" and week[0].relative not in (None, "habit"):
        start = week[0].calendar[0]
        return _day(plus(start, (weekday - start.weekday()) % 7), weekday, week[0].relative), week[1]
    if (r.norm(i) in WEEKDAYS and r.norm(i).endswith("s")) or r.norm(i - 1) in _HABIT_BEFORE:
        return habit(r.today, (weekday,)), j
    return Day(found, found, "weekday", weekdays=(weekday,)), j


def _day(found: date, weekday: int, relative: str | None) -> Day:
    return Day(found, found, weekdays=(weekday,), relative=relative)


def habit(today: date, weekdays: tuple[int, ...]) -> Day:
    lo, hi = habit_span(today)
    return Day(lo, hi, "habit", weekdays=weekdays)


def relative_at(r: Reader, i: int) -> tuple[Day, int] | None:
    """ "demain", "2main", "avant-hier", and the "ce" of "ce soir" (the part of day is read by itself)."""
    found = RELATIVE_DAYS.match(r.tokens, i)
    # "demain dans la journée", "dans la journée de demain" speak of tomorrow.
    later = "tard" in r.norms(i - 2, i)
    of_other_day = (
        r.norm(i) in ("dans", "ds") and found and (r.norm(found[1]) == "de" or _ends_day(r.norm(i - 1)) or later)
    )
    if found and r.says(i, "ce", "jour") and r.norm(found[1]) in ("la", "ci", "ou"):
        return None
    if found and not of_other_day:
        shift, j = found
        day = plus(r.today, shift)
        return Day(day, day, relative=f"{shift:+d}d", past=shift < 0), j
    if r.norm(i) in ("ce", "cet", "cette", "cete", "c") and PARTS.match(r.tokens, i + 1):
        return Day(r.today, r.today, relative="+0d"), i + 1
    return None


def _ends_day(word: str) -> bool:
    return word in WEEKDAYS or word in MONTHS or word in ("demain", "prochain")


def every_at(r: Reader, i: int) -> tuple[Day, int] | None:
    """ "tous les jours", "n'importe quel jour", "en semaine"."""
    for words in (
        ("n", "importe", "quel", "jour"),
        ("tlj",),
    ):
        if r.says(i, *words):
            lo, hi = habit_span(r.today)
            return Day(lo, hi, "every"), i + len(words)
    if r.says(i, "de", "semaine") and r.norm(i - 1) in ("soir", "matin", "jour", "midi", "journee", "aprem"):
        return habit(r.today, (0, 1, 2, 3, 4)), i + 2
    if r.says(i, "en", "semaine") or r.says(i, "jours", "ouvres") or r.says(i, "jours", "ouvrables"):
        return habit(r.today, (0, 1, 2, 3, 4)), i + 2
    return None
