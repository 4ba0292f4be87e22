"""The private address under which other software reads the appointments of one practitioner. Whoever knows the key may
read; a key that is wrong, or was revoked, finds nothing, like any other address that does not exist."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from releve.intake import elsewhere as intake
from releve.interop.ical.polling import mark
from releve.interop.ical.writing import Entry, subscription
from releve.ledger import queries as ledger
from releve.look.doors import of_the_practice
from releve.practice.busy import key_digest
from releve.practice.models import AgendaKey, Appointment, Organization

PAST = timedelta(days=60)  # for so long what is over, or was cancelled, is still told
NOTED_EVERY = timedelta(hours=1)
CHANGES = ("reschedule_appointment", "cancel_appointment", "undo_appointment")
TITLE = "Rendez-vous"


@require_safe
@of_the_practice
def calendar(request: HttpRequest, practice: Organization, key: str) -> HttpResponse:
    now = settings.CLOCK.now()
    found = of_key(practice, key)
    if found is None:
        raise Http404
    if found.used_at is None or now - found.used_at >= NOTED_EVERY:
        intake.was_used(found, now=now)
    body = told(practice, found, now)
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    seen = tag in (part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(","))
    answer = HttpResponseNotModified() if seen else HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["ETag"], answer["Cache-Control"], answer["X-Robots-Tag"] = tag, "private, no-cache", "noindex"
    return answer


def of_key(practice: Organization, key: str) -> AgendaKey | None:
    """By its digest: nothing that an answer's time could tell says how much of a key was right. Who has left the
    practice reads nothing of it any more."""
    rows = AgendaKey.objects.filter(practitioner__organization=practice, practitioner__active=True, revoked_at=None)
    return rows.select_related("practitioner").filter(digest=key_digest(key)).first()


def told(practice: Organization, key: AgendaKey, now: datetime) -> bytes:
    rows = Appointment.objects.filter(practitioner=key.practitioner, end__gt=now - PAST)
    entries = list(_entries(practice, rows.select_related("patient").order_by("start", "id"), key))
    zone = ZoneInfo(practice.timezone)
    last = max((entry.end for entry in entries), default=now)
    name = f"{practice.name}, {key.practitioner.given} {key.practitioner.family}"
    return subscription(entries, name=name, zone=zone, years=range((now - PAST).year, max(now, last).year + 1))


def _entries(practice: Organization, rows: Iterable[Appointment], key: AgendaKey) -> Iterable[Entry]:
    mine, kept = mark(practice), list(rows)
    changed = ledger.changes([f"appointment:{row.pk}" for row in kept], CHANGES)
    for row in kept:
        count, last = changed.get(f"appointment:{row.pk}", (0, key.created_at))
        yield Entry(
            uid=f"{_secret(practice, row)}@{mine}", sequence=count, start=row.start.astimezone(UTC),
            end=row.end.astimezone(UTC), written=last, title=_title(row, key), cancelled=row.status == "cancelled",
        )  # fmt: skip


def _secret(practice: Organization, row: Appointment) -> str:
    return salted_hmac("releve.agenda.uid", f"{practice.pk}:{row.pk}", algorithm="sha256").hexdigest()[:32]


def _title(row: Appointment, key: AgendaKey) -> str:
    """Never a name, never the kind of visit: this goes to software that we do not know."""
    if not key.with_names:
        return TITLE
    initials = "".join(f" {name.strip()[:1].upper()}." for name in (row.patient.given, row.patient.family) if name)
    return f"{TITLE}{initials}"
