"""A move told by its length: "repousser d'une semaine", "avancer d'une heure", "le décaler de deux jours"."""

from datetime import date, datetime, time, timedelta

from releve.core.understanding import Window
from releve.language.temporal.almanac.arithmetic import add_months
from releve.language.temporal.rules.lengths import length_at
from releve.language.temporal.values import DAY_END, DAY_START
from releve.language.temporal.words.reader import Reader

_VERBS = frozenset((
    "decaler", "decale", "decalez", "repousser", "repousse", "repoussez", "reporter", "reporte",
    "retarder", "retarde", "avancer", "avance", "avancez", "deplacer", "deplace",
))  # fmt: skip


def shifted(r: Reader, day: date, minutes: int | None) -> Window | None:
    """Where the told length moves the appointment on `day` at `minutes`; None if no length is told."""
    told = next((found for i in range(len(r)) if r.norm(i) in _VERBS and (found := _length_after(r, i))), None)
    if told is None:
        return None
    sign, count, unit = told
    if unit in ("hour", "minute"):
        if minutes is None:
            return None
        start = datetime.combine(day, time()) + timedelta(
            minutes=minutes + sign * count * (60 if unit == "hour" else 1)
        )
        return Window(start, start + timedelta(minutes=1))
    if unit in ("month", "year"):
        new = add_months(day, round(sign * count * (12 if unit == "year" else 1)))
    else:
        new = day + timedelta(days=sign * count * (7 if unit == "week" else 1))
    midnight = datetime.combine(new, time())
    return Window(midnight + timedelta(minutes=DAY_START), midnight + timedelta(minutes=DAY_END))


def _length_after(r: Reader, verb: int) -> tuple[int, float, str] | None:
    for i in range(verb + 1, verb + 10):
        if r.norm(i) in ("d", "de") and (length := length_at(r, i + 1)):
            earlier = r.norm(verb).startswith("avanc") or r.says(length[3], "plus", "tot")
            return (-1 if earlier else 1), length[1], length[2]
    return None
