"""What the page of someone's hours shows besides its form: the week drawn, ranges with conditions, limits, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from releve.desk.settings import queries
from releve.desk.settings.conditions import key
from releve.desk.settings.doubts import Doubt, doubts
from releve.desk.settings.picture import picture
from releve.desk.settings.rules import particular
from releve.desk.settings.telling import conditions_told, days_told, hours_told, limit_told
from releve.practice.models import Organization, Schedule
from releve.practice.queries import weekly

YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Range:
    """`name`: of its own page; when, what is particular to it, and what it cannot do as it stands."""

    name: str
    when: str
    what: str
    doubts: Sequence[Doubt]


def week_of(practice: Organization, schedule: Schedule, asked: str, now: datetime) -> dict[str, Any]:
    """One query. `asked`: a date of the week to draw; nonsense is this week."""
    assert schedule.practitioner is not None
    visits, theirs = queries.named(practice, schedule.practitioner)
    return {
        "week": picture(weekly(schedule), schedule.rules, visits, _day(asked) or timezone.localdate(now)),
        "ranges": [
            Range(
                key(rule),
                f"{days_told(rule['days'])}, {hours_told(rule)}",
                ", ".join(conditions_told(rule, visits)),
                doubts(rule, theirs),
            )
            for rule in particular(schedule.rules)
        ],
        "limits": [limit_told(limit, visits) for limit in schedule.limits],
    }


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
