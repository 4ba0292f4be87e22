"""Feasts, bridges and school holidays: "à l'Ascension", "Noël dernier", "le pont du 8 mai", "les vacances d'hiver"."""

from datetime import date

from releve.language.temporal.almanac.holidays import (
    BRIDGES,
    FEASTS,
    SCHOOL,
    bridge,
    feast_in,
    last_feast,
    last_school_holiday,
    next_feast,
    next_school_holiday,
    school_holiday_in,
)
from releve.language.temporal.rules.qualifiers import LAST, NEXT
from releve.language.temporal.values import Day
from releve.language.temporal.words.reader import Reader

Found = tuple[Day, int] | None
_SCHOOL_LEFT = frozenset((
    "les", "des", "aux", "pendant", "pdt", "avant", "apres", "durant", "prochaines", "dernieres", "l", "la", "ces",
    "ici", "de",
))  # fmt: skip
_PERSON = frozenset(("madame", "m", "mme", "monsieur", "pere", "mere", "papa"))
_ZONES = {"a": "A", "b": "B", "c": "C"}


def feast_at(r: Reader, i: int) -> Found:
    return _school_at(r, i) or _bridge_at(r, i) or plain_feast_at(r, i)


def plain_feast_at(r: Reader, i: int) -> Found:
    """A feast by its name, with its year or "dernier" if told; the next one otherwise."""
    feast = FEASTS.match(r.tokens, i)
    if feast is None or r.norm(i - 1) in _PERSON:
        return None
    rule, j = feast
    told = r.number(j, 1583, 2200) or (r.number(j + 1, 1583, 2200) if r.norm(j) == "de" else None)
    if told:
        day = feast_in(told[0], rule)
        return Day(day, day, month=day.month, day=day.day, year=told[0], past=day < r.today), told[1]
    if r.norm(j) in LAST:
        day = last_feast(r.today, rule)
        return Day(day, day, relative="last", past=True), j + 1
    day = next_feast(r.today, rule)
    return Day(day, day, month=day.month, relative="feast", feast=rule), j + (r.norm(j) in NEXT)


def _bridge_at(r: Reader, i: int) -> Found:
    found = BRIDGES.match(r.tokens, i)
    if found is None:
        return None
    told = r.number(found[1], 1990, 2100)
    day = feast_in(told[0], found[0]) if told else next_feast(r.today, found[0])
    lo, hi = bridge(day)
    return _span(r, lo, hi, told[1] if told else found[1])


def _school_at(r: Reader, i: int) -> Found:
    school = SCHOOL.match(r.tokens, i)
    if school is None or r.norm(i - 1) not in _SCHOOL_LEFT or (r.norm(i - 1) == "de" and school[1] == i + 1):
        return None
    name, j = school
    if r.norm(i) == "fetes" and r.norm(i - 1) == "des":
        return None  # "la salle des fêtes"
    zone = "C"
    if r.norm(j) == "scolaires":
        j += 1
    if r.norm(j) == "zone" and r.norm(j + 1) in _ZONES:
        zone, j = _ZONES[r.norm(j + 1)], j + 2
    elif r.says(j, "de", "la", "zone") and r.norm(j + 3) in _ZONES:
        zone, j = _ZONES[r.norm(j + 3)], j + 4
    told = r.number(j, 2000, 2100)
    if told and name and (known := school_holiday_in(told[0], name, zone)):
        return _span(r, *known, told[1])
    if (r.norm(j) in LAST or r.norm(i - 1) == "dernieres") and (over := last_school_holiday(r.today, name, zone)):
        return Day(*over, "span", relative="last", past=True), j + (r.norm(j) in LAST)
    found = next_school_holiday(r.today, name, zone)
    return _span(r, *found, j + (r.norm(j) in NEXT)) if found else None


def _span(r: Reader, lo: date, hi: date, j: int) -> Found:
    return Day(max(lo, min(r.today, hi)), hi, "span", (lo, hi), relative="holiday", past=hi < r.today), j
