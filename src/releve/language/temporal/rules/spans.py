"""Spans longer than a day, in the order in which they are tried."""

from dataclasses import replace

from releve.language.temporal.rules.feasts import feast_at
from releve.language.temporal.rules.months import month_at
from releve.language.temporal.rules.ordinals import ordinal_at
from releve.language.temporal.rules.weeks import week_at, weekend_at
from releve.language.temporal.rules.years import era_at, quarter_at, season_at, year_at
from releve.language.temporal.values import Day
from releve.language.temporal.words.reader import Reader

_RULES = (ordinal_at, feast_at, week_at, weekend_at, month_at, quarter_at, season_at, era_at, year_at)


def span_at(r: Reader, i: int) -> tuple[Day, int] | None:
    for rule in _RULES:
        found = rule(r, i)
        if found is not None:
            return (replace(found[0], part="fin"), found[1]) if r.norm(i) == "fin" else found
    return None
