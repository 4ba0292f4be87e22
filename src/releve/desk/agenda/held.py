"""Time of the grid that no appointment takes: holds, offers, absences, what other software says. One query."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Case, CharField, Q, Value, When

from releve.practice.busy import TOLD
from releve.practice.models import Allocation, BusyTime

HOLD, OFFER, AWAY, ELSEWHERE = "hold", "freed", "away", "elsewhere"
BEHIND = (AWAY, ELSEWHERE)  # drawn behind the appointments that fall in it
_OFFERED = "offer:"


class Held(NamedTuple):
    """`words`: why somebody is away; `key`: of the absence, for its page."""

    schedule: int
    start: datetime
    end: datetime
    words: str
    kind: str
    key: int


def held(schedules: Sequence[int], start: datetime, end: datetime, now: datetime) -> list[Held]:
    """All that touches [start, end), in order of time."""
    columns = ("schedule_id", "start", "end", "words", "kind", "pk")
    here = {"schedule__in": schedules, "start__lt": end, "end__gt": start}
    nothing = Value("", CharField())
    kind = Case(When(hold__startswith=_OFFERED, then=Value(OFFER)), default=Value(HOLD), output_field=CharField())
    holds = Allocation.objects.filter(**here, appointment=None).filter(Q(expires_at=None) | Q(expires_at__gt=now))
    holds = holds.annotate(words=nothing, kind=kind).order_by()
    who = Case(When(feed=None, then=Value(AWAY)), default=Value(ELSEWHERE), output_field=CharField())
    why = Case(When(feed=None, then="reason"), default=nothing, output_field=CharField())
    busy = BusyTime.objects.filter(**here, removed_at=None).exclude(feed__isnull=False, reason=TOLD)
    busy = busy.annotate(words=why, kind=who).order_by()
    rows = holds.values_list(*columns).union(busy.values_list(*columns), all=True)
    return sorted((Held(*row) for row in rows), key=lambda row: (row.start, row.end, row.key))
