"""Hours: "17h20", "17 h 20", "17:20", "dix-sept heures vingt", "midi et demi", "entre 14 et 16h"."""

from releve.language.temporal.reader import Reader
from releve.language.temporal.values import Tod

_HOUR_WORDS = frozenset(("h", "heure", "heures", "hrs", "hr", "hres", "hre", "uhr"))
_DURATION_BEFORE = frozenset(("sous", "pendant", "durant", "toutes", "chaque", "quelques", "moins", "en", "prochaines"))
_DURATION_AFTER = frozenset(("retard", "route", "sommeil", "attente", "avance", "trajet", "marche", "suite", "plus"))
_HALF = frozenset(("demi", "demie"))
HM = tuple[int, int]


def point(hour: int, minute: int) -> Tod:
    at = hour * 60 + minute
    return Tod(at, at + 1, "point", None, hour, minute)


def hour_at(r: Reader, i: int) -> tuple[Tod, int] | None:
    """An hour, or a range of hours sharing one "h" ("entre 14 et 16h")."""
    noon = _noon(r, i)
    if noon:
        return noon
    first = _clock(r, i)
    if first and not _is_duration(r, i, first[1]):
        (hour, minute), j = _half_of_day(r, first[0], first[1])
        return point(hour, minute), j
    return _shared_range(r, i) if first is None else None


def _noon(r: Reader, i: int) -> tuple[Tod, int] | None:
    if r.norm(i) not in ("midi", "minuit"):
        return None
    hour = 12 if r.norm(i) == "midi" else 0
    tail = _minutes(r, i + 1)
    return (point(hour, tail[0]), tail[1]) if tail else None


def _clock(r: Reader, i: int) -> tuple[HM, int] | None:
    found = r.number(i, 0, 24) or ((1, i + 1) if r.norm(i) in ("une", "1") else None)
    if found is None or r.tokens[i].masked:
        return None
    hour, j = found
    if r.norm(j) == ":" and r.tokens[i].digits:
        return _colon(r, hour, j)
    if r.norm(j) not in _HOUR_WORDS or (r.norm(j + 1) == "/" and r.norm(j + 2) in ("24", "7")):
        return None
    tail = _minutes(r, j + 1)
    minute, j = tail if tail else (0, j + 1)
    minute, j = (minute - 60, j) if minute > 60 else (minute, j)
    total = hour * 60 + minute
    return (total // 60, total % 60), j


def _colon(r: Reader, hour: int, j: int) -> tuple[HM, int] | None:
    minute = r.number(j + 1, 0, 59)
    glued = j + 1 < len(r) and r.tokens[j].glued and r.tokens[j + 1].glued
    if minute is None or not glued or len(r.norm(j + 1)) != 2 or hour > 23:
        return None
    return (hour, minute[0]), minute[1]


def _minutes(r: Reader, j: int) -> tuple[int, int] | None:
    """Minutes after the hour; negative ones ("moins le quart") come back as a negative number."""
    if r.norm(j) == "et" and r.norm(j + 1) in _HALF:
        return 30, j + 2
    if r.norm(j) in _HALF:
        return 30, j + 1
    if r.says(j, "et", "quart"):
        return 15, j + 2
    if r.says(j, "moins", "le", "quart") or r.says(j, "moins", "quart"):
        return -15, j + 2 + (r.norm(j + 1) == "le")
    if r.norm(j) == "moins":
        less = r.number(j + 1, 5, 25)
        return (-less[0], less[1]) if less else None
    found = r.number(j, 1, 59) or ((0, j + 1) if r.norm(j) == "00" else None)
    if found is None or r.norm(found[1]) in _HOUR_WORDS or r.norm(found[1]) in ("/", "euros", "jours", "rue"):
        return None
    digits = r.tokens[j].digits
    if digits and not (len(r.norm(j)) == 2 or r.tokens[j].glued):
        return None
    return found if digits or found[0] % 5 == 0 or found[0] > 16 else None


def _is_duration(r: Reader, i: int, j: int) -> bool:
    before = r.norm(i - 1)
    if before == "les":
        return r.norm(i - 2) in ("toutes", "dans", "ds", "sous", "tous")
    if (before in ("dans", "ds", "a") and r.norm(i - 2) == "y") or before in ("dans", "ds", "ya"):
        return True
    after = j + 1 if r.norm(j) in ("de", "d") else j
    late = r.norm(after) in _DURATION_AFTER and not r.says(after, "plus", "tard") and not r.says(after, "suite")
    return before in _DURATION_BEFORE or late or r.says(j, "plus", "tard")


def _half_of_day(r: Reader, clock: HM, j: int) -> tuple[HM, int]:
    """ "trois heures du matin", "six heures du soir"; a bare hour before seven is of the afternoon."""
    hour, minute = clock
    if r.says(j, "du", "matin") or r.says(j, "du", "mat"):
        return clock, j + 2
    if r.says(j, "du", "soir"):
        return (hour + 12 if hour < 12 else hour, minute), j + 2
    for words in (("de", "l", "apres", "midi"), ("de", "l", "aprem"), ("l", "apres", "midi")):
        if hour <= 12 and r.says(j, *words):
            return (hour + 12 if hour < 12 else hour, minute), j + len(words)
    return clock, j


def _shared_range(r: Reader, i: int) -> tuple[Tod, int] | None:
    first = r.number(i, 6, 23)
    if first is None or r.tokens[i].masked or r.norm(first[1]) not in ("et", "a", "-", "–", "ou"):
        return None
    if r.norm(first[1]) in ("et", "ou", "a") and r.norm(i - 1) in ("le", "du", "les"):
        return None
    second = _clock(r, first[1] + 1)
    if second is None or second[0] <= (first[0], 0):
        return None
    (hour, minute), j = second
    if r.norm(first[1]) == "ou":
        return None
    return Tod(first[0] * 60, hour * 60 + minute, "range", None, first[0], 0), j
