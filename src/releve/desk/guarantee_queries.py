"""What the guarantee's page reads: what is signed, what is stopped, what the assistant did alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from releve.core.acts import ACTS, AUTOMATIC, Ceiling
from releve.desk import history, words
from releve.guarantee.models import StartUp, Stop
from releve.ledger import queries as ledger
from releve.look.charts import Bars, bars
from releve.look.templatetags.french import short_day
from releve.practice.models import Communication, Organization, Task

DAYS = 14
RECENT = 8
BY_RULE = ("send_reminder", "send_no_show_message", "offer_freed_place", "give_place")  # nobody asks: time brings them


@dataclass(frozen=True)
class Right:
    """One kind of act: whether it may happen alone, and how often the assistant did it in the last fourteen days."""

    words: str
    level: str  # alone, rule, person, never
    times: int


def guarantee(practice: Organization, now: datetime, stopped: bool) -> dict[str, Any]:
    signed = StartUp.objects.filter(organization=practice).order_by("-id").first()
    rows = rights(signed, ledger.counted(now - timedelta(days=DAYS)))
    return {
        "signed": signed,
        "alone": sum(row.level in ("alone", "rule") for row in rows),
        "stops": list(Stop.objects.filter(organization=practice).order_by("at")) if stopped else [],
        "rights": rows,
        "chart": course(practice, now),
        "lines": history.lines(practice, ledger.newest(RECENT, history.SENTENCES), now),
    }


def rights(signed: StartUp | None, counted: dict[str, int]) -> Sequence[Right]:
    """What patients can see or ask for; holds, codes and timers' housekeeping are left out."""
    allowed = set(signed.acts) if signed is not None else set()
    told = [kind for kind in words.ACTS if kind in ACTS and kind not in ("hold_slot", "send_code")]
    rows = []
    for kind in [*told, "request_renewal", "request_document"]:
        level = ("rule" if kind in BY_RULE else "alone") if kind in allowed else "person"
        if ACTS[kind].ceiling is not Ceiling.AUTOMATIC or kind not in AUTOMATIC:
            level = "never"
        rows.append(Right(words.word(words.RIGHTS, kind), level, counted.get(kind, 0)))
    return rows


def course(practice: Organization, now: datetime) -> Bars:
    """Messages received and tasks left to the team, day by day."""
    zone = ZoneInfo(practice.timezone)
    today = now.astimezone(zone).date()
    first = today - timedelta(days=DAYS - 1)
    start = datetime.combine(first, time(), zone)
    said = Communication.objects.filter(organization=practice, author="patient", sent_at__gte=start, sent_at__lte=now)
    left = Task.objects.filter(organization=practice, created_at__gte=start)
    found = {
        (row["of"], row["day"]): row["n"]
        for row in _by_day(said, "sent_at", zone, 0).union(_by_day(left, "created_at", zone, 1), all=True)
    }
    days = [first + timedelta(days=n) for n in range(DAYS)]
    rows = [(short_day(d).rsplit("\u00a0", 1)[0], [found.get((0, d), 0), found.get((1, d), 0)]) for d in days]
    title = _("Messages reçus (foncé) et demandes laissées à l’équipe (clair), quatorze jours")
    return bars(title, [_("Reçus"), _("Laissées à l’équipe")], rows)


def _by_day(rows: QuerySet[Any], column: str, zone: ZoneInfo, of: int) -> Any:
    by_day = rows.annotate(of=Value(of), day=TruncDate(column, tzinfo=zone)).order_by().values("of", "day")
    return by_day.annotate(n=Count("pk"))
