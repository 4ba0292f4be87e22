"""A patient's own appointments: by their link, by their code; and what happened to them, in plain words."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from releve.channels.web.queries import full_name
from releve.core.facts import Directory, Facts
from releve.dialogue.phrases import Voice, phone
from releve.interop.ical.writing import Entry
from releve.language.matching import same_person
from releve.ledger import queries as ledger
from releve.practice.models import Appointment, Organization, Patient

SALT = "releve.ticket"
AFTER = timedelta(days=1)  # how long a link lives after its appointment
ADULT_YEARS = 18
MAP = "https://www.openstreetmap.org/search?query="

# What is told of an entry of the ledger: (kind of act, by whom) -> words; "" is anybody else.
TOLD: dict[tuple[str, str], str | Promise] = {
    ("book_appointment", "form"): lazy("Vous avez pris ce rendez-vous sur cette page."),
    ("book_appointment", "front_desk"): lazy("L’assistant automatique a pris ce rendez-vous, à votre demande."),
    ("book_appointment", ""): lazy("L’équipe a pris ce rendez-vous."),
    ("reschedule_appointment", "form"): lazy("Vous avez déplacé ce rendez-vous sur cette page."),
    ("reschedule_appointment", "front_desk"): lazy("L’assistant automatique l’a déplacé, à votre demande."),
    ("reschedule_appointment", ""): lazy("L’équipe l’a déplacé."),
    ("confirm_appointment", "form"): lazy("Vous avez dit que vous venez."),
    ("confirm_appointment", "front_desk"): lazy("Vous avez dit que vous venez."),
    ("confirm_appointment", ""): lazy("L’équipe a noté que vous venez."),
    ("cancel_appointment", "form"): lazy("Vous l’avez annulé sur cette page."),
    ("cancel_appointment", "front_desk"): lazy("L’assistant automatique l’a annulé, à votre demande."),
    ("cancel_appointment", ""): lazy("L’équipe l’a annulé."),
    ("send_reminder", ""): lazy("Un rappel vous a été envoyé."),
}


@dataclass(frozen=True)
class Happened:
    at: datetime
    words: str


@dataclass(frozen=True)
class Ticket:
    """One appointment as its patient reads it."""

    row: Appointment
    token: str
    who: str
    directions: str
    coming: bool

    @property
    def minutes(self) -> int:
        return int((self.row.end - self.row.start).total_seconds() // 60)


# --- links -----------------------------------------------------------------------------------------------------------
def token(appointment: Appointment | int) -> str:
    """The signed link of an appointment: nothing personal is in it."""
    key = appointment if isinstance(appointment, int) else appointment.pk
    return str(signing.Signer(salt=SALT).sign_object([key]))


def by_token(practice: Organization, given: str) -> Appointment | None:
    """None for a link that nobody made."""
    try:
        (key,) = signing.Signer(salt=SALT).unsign_object(given)
    except (signing.BadSignature, ValueError):
        return None
    return _rows(practice).filter(pk=key).first()


def expired(row: Appointment, now: datetime) -> bool:
    return row.end + AFTER < now


def _rows(practice: Organization) -> QuerySet[Appointment]:
    return Appointment.objects.filter(organization=practice).select_related("patient", "service")


# --- who -------------------------------------------------------------------------------------------------------------
def holders(practice: Organization, contact: str, born: date) -> list[int]:
    """The file to which a code is sent: that contact, that birth date; at most one, the oldest."""
    on_file = Q(email__iexact=contact) if "@" in contact else Q(phone=contact)
    rows = Patient.objects.filter(on_file, organization=practice, birth_date=born, merged_into=None)
    return list(rows.order_by("id").values_list("pk", flat=True)[:1])


def named(practice: Organization, given: str, family: str, born: date) -> list[int]:
    """The files of that name and birth date, the oldest first."""
    rows = Patient.objects.filter(organization=practice, birth_date=born, merged_into=None).order_by("id")
    return [p.pk for p in rows if same_person(p, f"{given} {family}")]


def reached(practice: Organization, patients: list[int], phone: str | None, email: str | None) -> list[int]:
    """Those of the files that have this telephone or e-mail, in the same order."""
    contact = Q(phone=phone) if phone else Q(pk=None)
    contact |= Q(email__iexact=email) if email else Q(pk=None)
    found = set(Patient.objects.filter(contact, organization=practice, pk__in=patients).values_list("pk", flat=True))
    return [key for key in patients if key in found]


def acts_for(practice: Organization, patient: int, today: date) -> list[int]:
    """For whom someone may act who holds this patient's code: themselves, whoever shares the contact and the birth
    date, and, for an adult, the children who share the contact."""
    holder = Patient.objects.get(pk=patient, organization=practice)
    shared = Q(phone=holder.phone) if holder.phone else Q(email__iexact=holder.email or "-")
    rows = Patient.objects.filter(shared, organization=practice, merged_into=None)
    grown = _adult(holder.birth_date, today)
    mine = [p.pk for p in rows if p.birth_date == holder.birth_date or (grown and not _adult(p.birth_date, today))]
    return sorted({holder.pk, *mine})


def _adult(born: date, today: date) -> bool:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day)) >= ADULT_YEARS


# --- what is shown ---------------------------------------------------------------------------------------------------
def ticket(practice: Organization, known: Directory, row: Appointment, now: datetime) -> Ticket:
    voice = Voice(Facts(now=now, directory=known, channel="webchat", address=None))
    where = MAP + quote(practice.address) if practice.address else ""
    coming = row.status in ("booked", "arrived") and row.end > now
    return Ticket(row, token(row), full_name(voice, row.practitioner_id), where, coming)


def coming(practice: Organization, known: Directory, patients: frozenset[int], now: datetime) -> list[Ticket]:
    rows = _rows(practice).filter(patient__in=patients, end__gt=now, status__in=("booked", "arrived"))
    return [ticket(practice, known, row, now) for row in rows.order_by("start", "id")]


def booked_here(practice: Organization, keys: list[int], now: datetime) -> list[tuple[datetime, str]]:
    """(start, link) of what was booked in this browser and is still to come."""
    if not keys:
        return []
    rows = Appointment.objects.filter(organization=practice, pk__in=keys, status="booked", end__gt=now)
    return [(row.start, token(row)) for row in rows.order_by("start", "id")]


def history(row: Appointment) -> list[Happened]:
    """What the ledger holds of it that its patient may want to know, oldest first."""
    return [told for entry in ledger.about(f"appointment:{row.pk}") if (told := _told(entry)) is not None]


def _told(entry: dict[str, Any]) -> Happened | None:
    if (entry["payload"] or {}).get("status", "done") != "done":
        return None
    words = TOLD.get((entry["kind"], entry["author"])) or TOLD.get((entry["kind"], ""))
    return Happened(entry["at"], str(words)) if words is not None else None


def moves(row: Appointment) -> int:
    """How many times its hour or its state changed: what a calendar orders its versions by."""
    changed = ("reschedule_appointment", "cancel_appointment")
    return sum(1 for entry in ledger.about(f"appointment:{row.pk}") if entry["kind"] in changed)


def calendar_entry(practice: Organization, row: Appointment, address: str, title: str, now: datetime) -> Entry:
    """`uid` tells nothing and is the same for ever."""
    uid = salted_hmac(SALT, f"{practice.pk}:{row.pk}", algorithm="sha256").hexdigest()[:32]
    words = "\n".join(line for line in (practice.access, phone(practice.phone)) if line)
    return Entry(
        uid=f"{uid}@releve", sequence=moves(row), start=row.start.astimezone(UTC), end=row.end.astimezone(UTC),
        written=now, title=title, place=practice.address, words=words, address=address,
        cancelled=row.status == "cancelled",
    )  # fmt: skip
