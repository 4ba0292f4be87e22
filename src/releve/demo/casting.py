"""Who plays a script: a patient of the file who is what the script needs, or a stranger; never anyone whom a visitor of
the demonstration has to do with."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from releve.demo.parts import Part, of_child, of_patient, of_visit, stranger, written
from releve.intake.models import InboundEvent
from releve.practice.models import Appointment, Communication, Conversation, Organization, Patient
from releve.practice.prompts import PROMPTS

TODDLER, ADULT, ELDER = 3, 18, 66
PLAYED = "demo-"  # conversations of the past that came with the demonstration
PATIENTS, VISITS = r"^p\d{3}$", r"^a\d{4}$"  # identifiers of those that came with the file
SOON, LATEST = 2, 20  # days ahead: what comes sooner is too late to be moved by a game


class Cast:
    """Patients of the file and strangers. Nobody is asked twice while others are left."""

    def __init__(self, practice: Organization, random: Random, now: datetime) -> None:
        self.practice, self.random = practice, random
        self.zone = ZoneInfo(practice.timezone)
        self.used: Counter[str] = Counter()
        self.served: set[str] = set()
        self.strangers = 0
        self.asked: set[str] = set()  # addresses that a message of ours awaits an answer from
        self.look(now)

    def look(self, now: datetime) -> None:
        """Who is there as things stand now."""
        self.now = now
        everyone = Patient.objects.filter(organization=self.practice, identifier__regex=PATIENTS)
        self.patients = list(everyone.order_by("id"))
        self.by_phone: defaultdict[str, list[Patient]] = defaultdict(list)
        for patient in self.patients:
            self.by_phone[patient.phone or ""].append(patient)
        self.visits = self._visits()
        self.people, self.addresses = self._kept_apart()

    def _visits(self) -> dict[int, list[Appointment]]:
        """Appointments to come that came with the file: those that a visitor made or touched are nobody's to move."""
        coming = Appointment.objects.filter(organization=self.practice, status="booked", start__gt=self.now)
        by_hand = InboundEvent.objects.filter(organization=self.practice, source="desk")
        touched = {key for key in by_hand.values_list("payload__act__appointment", flat=True) if key}
        found: dict[int, list[Appointment]] = {}
        for row in coming.filter(identifier__regex=VISITS).select_related("service").order_by("start", "id"):
            if row.pk not in touched:
                found.setdefault(row.patient_id, []).append(row)
        return found

    def _kept_apart(self) -> tuple[set[int], set[str]]:
        """Patients and addresses with a conversation that is a visitor's, or an appointment that may be."""
        others = Conversation.objects.filter(organization=self.practice, simulated=False)
        talks = list(others.exclude(identifier__startswith=PLAYED).values_list("patient", "address"))
        coming = Appointment.objects.filter(organization=self.practice, status="booked", start__gt=self.now)
        made = coming.exclude(identifier__regex=VISITS).values_list("patient", flat=True)
        return {*made, *(p for p, _ in talks if p)}, {a for _, a in talks if a}

    def part(self, who: str, channel: str) -> Part | None:
        """Somebody who can play this, drawn among the least used; None when nobody can."""
        if who == "newcomer":
            self.strangers += 1
            return stranger(self.strangers, channel, self.random)
        waiting = Communication.objects.filter(purpose__in=PROMPTS, answered=False).exclude(address=None)
        self.asked = {address for address in waiting.values_list("address", flat=True) if address}
        able = [p for p in self.patients if self.can(p, who)]
        if not able:
            return None
        least = min(self.used[p.identifier] for p in able)
        patient = self.random.choice([p for p in able if self.used[p.identifier] == least])
        self.used[patient.identifier] += 1
        return self.play(patient, who, channel)

    def holding(self, wanted: Callable[[Appointment], bool]) -> Part | None:
        """Somebody with one appointment to come that is `wanted`; the earliest one."""
        able = [p for p in self.patients if self.can(p, "booked") and wanted(self._movable(p)[0])]
        if not able:
            return None
        patient = min(able, key=lambda p: self._movable(p)[0].start)
        self.served.add(patient.identifier)  # they do not call it off twice
        return self.play(patient, "booked", "sms")

    def play(self, patient: Patient, who: str, channel: str) -> Part:
        about = self._child(patient) if who in ("parent", "parent_booked") else None
        facts = of_child(about, self._age(about)) if about is not None else {}
        visit = next(iter(self._movable(about or patient)), None)
        if visit is not None:
            facts |= of_visit(visit, self.zone)
        if who == "lost":
            born = patient.birth_date
            facts["birth"] = written(date(born.year, born.month, 29 - min(born.day, 28)))
        return of_patient(patient, channel, facts)

    # --- who is what ----------------------------------------------------------------------------------------------
    def free(self, patient: Patient) -> bool:
        """No visitor has to do with them."""
        return patient.pk not in self.people and not {patient.phone, patient.email} & self.addresses

    def can(self, p: Patient, who: str) -> bool:
        age, phone = self._age(p), p.phone or ""
        if age < ADULT or not _plain(p) or not self.free(p) or p.identifier in self.served:
            return False
        alone = sum(self._age(other) >= ADULT for other in self.by_phone[phone]) == 1
        if who == "mail":
            return bool(p.email)
        if who == "elder":
            return age >= ELDER and bool(phone) and alone
        if not phone.startswith("+336") or not alone or self._soon(phone):
            return False
        child = self._child(p)
        if who in ("parent", "parent_booked"):
            return child is not None and (who == "parent" or bool(self._movable(child)))
        return child is None and (bool(self._movable(p)) if who == "booked" else age < ELDER)

    def _child(self, p: Patient) -> Patient | None:
        children = [c for c in self.by_phone[p.phone or ""] if TODDLER <= self._age(c) < ADULT]
        return children[-1] if children and p.phone else None

    def _movable(self, patient: Patient) -> list[Appointment]:
        """The only appointment they have, if it is neither too near nor too far."""
        rows = self.visits.get(patient.pk, [])
        return [a for a in rows if SOON <= (a.start.date() - self.now.date()).days <= LATEST] if len(rows) == 1 else []

    def _soon(self, phone: str) -> bool:
        """Somebody on this number is asked something, or is expected soon: their words would answer that."""
        until = self.now + timedelta(days=SOON)
        here = self.by_phone[phone]
        return phone in self.asked or any(a.start < until for p in here for a in self.visits.get(p.pk, ()))

    def _age(self, p: Patient) -> int:
        today = self.now.date()
        return today.year - p.birth_date.year - ((today.month, today.day) < (p.birth_date.month, p.birth_date.day))


def _plain(p: Patient) -> bool:
    """The names that are hard for a screen are not made hard for the talks as well."""
    return p.given[0].isascii() and len(p.given) > 1 and len(p.family) <= 30
