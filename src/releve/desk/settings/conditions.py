"""Ranges with conditions: what one takes from the ordinary week, and what is left of it the rest of the time. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from releve.agenda.schedule import DAYS
from releve.desk.settings.rules import PLAIN, Grid, Pair, grid, ordinary, particular, rules

Rule = dict[str, Any]
OTHERWISE = {"weeks": {"odd": "even", "even": "odd"}, "school_holidays": {"only": "never", "never": "only"}}
WHEN = ("from", "until", "every", "weeks", "school_holidays")  # dates first: they bound what the others say
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
LAST = "9999"  # after every date


def key(rule: Mapping[str, Any]) -> str:
    """A name for an address: it changes with the range, so that nobody changes another one by mistake."""
    return hashlib.sha256(json.dumps(rule, sort_keys=True).encode()).hexdigest()[:12]


def replaced(
    week: Sequence[Mapping[str, Any]], gone: Mapping[str, Any] | None, new: Rule | None, closed: bool = False
) -> list[Rule]:
    """The week's rules without `gone` and with `new`. Where `new` says more of hours that were open to all, those
    become its own, and whenever its conditions do not hold they stay open to all, or are `closed`."""
    plain = grid(ordinary(week))
    others = [rule for rule in particular(week) if rule != gone]
    if new is None:
        return [*rules(plain), *others]
    mine = grid([new])
    if set(new) <= PLAIN:
        return [*rules({day: _joined(plain[day] + mine[day]) for day in DAYS}), *others]
    shared: Grid = {day: _common(plain[day], mine[day]) for day in DAYS}
    left: Grid = {day: without(plain[day], mine[day]) for day in DAYS}
    rest = [] if closed else [case for base in rules(shared) for case in _otherwise(base, new)]
    return [*rules(left), *others, new, *rest]


def _otherwise(base: Rule, new: Rule) -> list[Rule]:
    """`base` on every day on which the conditions of `new` do not hold; no day twice."""
    found, held = [], dict[str, Any]()
    for name in WHEN:
        if name not in new:
            continue
        found += [{**base, **held, **case} for case in _not(name, new)]
        held[name] = new[name]
    return [rule for rule in found if rule.get("from", "") <= rule.get("until", LAST)]


def _not(name: str, new: Rule) -> list[Rule]:
    value = new[name]
    if name in OTHERWISE:
        return [{name: OTHERWISE[name][value]}]
    if name == "every":
        first = date.fromisoformat(new["from"])
        monday = first - first.weekday() * A_DAY
        return [{"every": value, "from": (monday + n * A_WEEK).isoformat()} for n in range(1, value)]
    day = date.fromisoformat(value)
    return [{"until": (day - A_DAY).isoformat()}] if name == "from" else [{"from": (day + A_DAY).isoformat()}]


def _common(some: Iterable[Pair], others: Iterable[Pair]) -> list[Pair]:
    pairs = [(max(a, c), min(b, d)) for a, b in some for c, d in others]
    return sorted(pair for pair in pairs if pair[0] < pair[1])


def without(some: Iterable[Pair], taken: Iterable[Pair]) -> list[Pair]:
    left = sorted(some)
    for start, end in taken:
        left = [pair for a, b in left for pair in ((a, min(b, start)), (max(a, end), b)) if pair[0] < pair[1]]
    return left


def _joined(pairs: Iterable[Pair]) -> list[Pair]:
    found: list[Pair] = []
    for start, end in sorted(pairs):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
