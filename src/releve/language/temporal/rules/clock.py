"""Hours: "17h20", "17 h 20", "17:20", "dix-sept heures vingt", "midi et demi", "entre 14 et 16h"."""

from dataclasses import replace

from releve.language.temporal.values import Tod
from releve.language.temporal.words.reader import Reader

_HOUR_WORDS = frozenset(("h", "heure", "heures", "hrs", "hr", "hres", "hre", "uhr"))
_DURATION_BEFORE = frozenset(("sous", "pendant", "durant", "toutes", "chaque", "quelques", "moins", "en", "prochaines"))
_DURATION_AFTER = frozenset(("retard", "route", "sommeil", "attente", "avance", "trajet", "marche", "suite", "plus"))
_HALF = frozenset(("demi", "demie"))
HM = tuple[int, int]


def point(hour: int, minute: int) -> Tod:
    at = hour * 60 + minute
    return Tod(at, at + 1, "point", None, at // 60 % 24, at % 60)


def hour_at(r: Reader, i: int) -> tuple[Tod, int] | None:
    """An hour, or a range of hours sharing one "h" ("entre 14 et 16h")."""
    noon = _noon(r, i)
    if noon:
        return noon
    first = _clock(r, i)
    if first and not _is_duration(r, i, first[1]):
        exact = seconds_at(r, first[1]) if first[1] - i > 1 else None
        (hour, minute), j = _half_of_day(r, first[0], exact[1] if exact else first[1])
        return replace(point(hour, minute), second=exact[0] if exact else None), j + (
            r.norm(j) in ("min", "mn", "minutes")
        )
    return _shared_range(r, i) if first is None else None


def _noon(r: Reader, i: int) -> tuple[Tod, int] | None:
    if r.norm(i) not in ("midi", "minuit"):
        return None
    # Midnight is the end of the day said: "ce soir à minuit".
    hour = 12 if r.norm(i) == "midi" else 0
    tail = _minutes(r, i + 1)
    if tail is None and hour == 0:
        return point(24, 0), i + 1
    if tail and hour == 0 and tail[0] < 0:
        hour = 24
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


def seconds_at(r: Reader, j: int) -> tuple[int, int] | None:
    """The ":25" of "14:30:25", the "15 s" of "14h30min15s", and the index after."""
    if r.norm(j) == ":" and r.tokens[j].glued and len(r.norm(j + 1)) == 2 and (found := r.number(j + 1, 0, 59)):
        return found
    j += r.norm(j) in ("min", "mn", "minutes", "et")
    worded = r.number(j, 0, 59)
    if worded and r.norm(worded[1]) in ("s", "sec", "secondes", "seconde"):
        return worded[0], worded[1] + 1
    return None


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


_NOT_AN_HOUR = frozenset((
    "mars", "avril", "mai", "juin", "juillet", "aout", "janvier", "fevrier", "decembre", "ans", "euros", "kg",
    "mois", "jours", "semaines", "septembre", "octobre", "novembre", "cm", "km", "%", "€", "personnes", "fois",
    "minutes", "min", "sa",
))  # fmt: skip


def _bare_end(r: Reader, i: int, j: int) -> tuple[HM, int] | None:
    """ "demain entre 13 et 15": hours need no "h" after a day and "entre"."""
    found = r.number(j, 8, 21)
    if (
        r.norm(i - 1) != "entre"
        or r.norm(j - 1) != "et"
        or found is None
        or r.norm(found[1]) in _NOT_AN_HOUR | {"/", "."}
    ):
        return None
    beside = any(
        w in ("demain", "matin", "midi", "ojd", "auj", "soir", "pas", "creneau", "creneaux", "horaires", "dispo")
        or w.endswith(("di", "dis"))
        for w in (r.norm(i - 2), r.norm(found[1]))
    )
    return ((found[0], 0), found[1]) if beside else None


def _left_out(r: Reader, i: int, j: int) -> tuple[HM, int] | None:
    """ "sauf 12-14": hours need no "h" after "sauf"."""
    found = r.number(j, 8, 21)
    dash = r.norm(i - 1) in ("sauf", "hors", "hormis") and r.norm(j - 1) in ("-", "–")
    return ((found[0], 0), found[1]) if found and dash and r.norm(found[1]) not in _NOT_AN_HOUR | {"/", "."} else None


def _shared_range(r: Reader, i: int) -> tuple[Tod, int] | None:
    first = r.number(i, 6, 23)
    if first is None or r.tokens[i].masked or r.norm(first[1]) not in ("et", "a", "-", "–", "ou"):
        return None
    if r.norm(first[1]) in ("et", "ou", "a") and r.norm(i - 1) in ("le", "du", "les"):
        return None
    second = _clock(r, first[1] + 1) or _bare_end(r, i, first[1] + 1) or _left_out(r, i, first[1] + 1)
    if second is None or second[0] <= (first[0], 0):
        return None
    (hour, minute), j = second
    if r.norm(first[1]) == "ou":
        return None
    return Tod(first[0] * 60, hour * 60 + minute, "range", None, first[0], 0), j
