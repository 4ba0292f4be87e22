"""What the desk of the demonstration did in the past days: through the gate, under the names of its people."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import uuid4

from releve.core.acts import Act, BookAppointment, CreateTask, DecideTask, SendMessage, TakeOver
from releve.intake.actions import staff_act
from releve.practice import queries
from releve.practice.models import HealthcareService, Organization, Patient, Task, User

Staff = dict[str, User]
SECRETARY, PHYSICIAN, MANAGER = "mme.petit", "dr.amar", "m.lenoir"
KEPT = ("privacy_request", "identity_check", "red_flag", "billing")  # still waiting, however old
ANSWERS = {
    "prescription_renewal": "Bonjour, votre ordonnance est renouvelée pour trois mois. Elle vous attend à l’accueil.",
    "document_request": "Bonjour, le compte rendu est prêt, nous vous l’avons envoyé par la messagerie sécurisée.",
    "certificate_request": "Bonjour, le certificat demande un examen : je vous propose un rendez-vous.",
    "results_request": "Bonjour, vos résultats sont arrivés. Le médecin vous appelle cet après-midi.",
}
CALLS = (  # service, and between which dates who calls was born, or the child they call for
    ("consultation", (date(1950, 1, 1), date(2002, 1, 1))),
    ("prise_de_sang", (date(1950, 1, 1), date(2002, 1, 1))),
    ("pediatrie", (date(2014, 1, 1), date(2100, 1, 1))),
)
ANSWER = "Bonjour, nous avons bien reçu votre message et nous nous en occupons."
PHARMACY = (
    "La pharmacie du Passage a appelé : l’ordonnance de {who} est illisible à la deuxième ligne. Rappeler avant 19 h."
)
RED_FLAG = (
    "Bonjour, c’est le centre de santé. Je vous appelle. Si vous n’avez pas encore fait le 15, faites-le maintenant."
)


def handled_red_flag(practice: Organization, staff: Staff, at: datetime, random: Random) -> None:
    """Taken over, called, closed: within minutes."""
    task = Task.objects.filter(organization=practice, kind="red_flag", status="open").order_by("id").first()
    if task is None or task.conversation_id is None:
        return
    talk = task.conversation_id
    act(TakeOver(conversation=talk), practice, staff[SECRETARY], at)
    act(SendMessage(conversation=talk, text=RED_FLAG), practice, staff[SECRETARY], at + timedelta(seconds=50))
    act(DecideTask(task=task.pk, decision="approve"), practice, staff[SECRETARY], at + timedelta(minutes=9))


def decided(practice: Organization, staff: Staff, at: datetime, random: Random) -> None:
    """Everything older but a few: renewals by the physician, the rest by the secretary."""
    rows = Task.objects.filter(organization=practice, status="open").exclude(kind__in=KEPT).order_by("id")
    for number, task in enumerate(rows):
        who = PHYSICIAN if task.kind == "prescription_renewal" else SECRETARY
        words = ANSWERS.get(task.kind, ANSWER)
        decision = DecideTask(task=task.pk, decision="approve", text=words)
        act(decision, practice, staff[who], at + timedelta(minutes=2 * number))


def rang(practice: Organization, staff: Staff, at: datetime, random: Random) -> None:
    """A pharmacy was on the telephone: a note for someone to see to."""
    grown = Patient.objects.filter(organization=practice, birth_date__lt=date(1995, 1, 1)).order_by("id")
    patient = random.choice(list(grown[20:60]))
    note = PHARMACY.format(who=f"{patient.given} {patient.family}")
    act(CreateTask(task="third_party", patient=patient.pk, note=note), practice, staff[SECRETARY], at)


def took_calls(practice: Organization, staff: Staff, at: datetime, random: Random) -> None:
    """Three callers booked by hand, in the first places that are free from tomorrow on."""
    directory = queries.directory(practice)
    everyone = Patient.objects.filter(organization=practice).order_by("id")
    for number, (service, born) in enumerate(CALLS):
        patient = everyone.filter(birth_date__range=born)[60 + number]
        visit = HealthcareService.objects.get(organization=practice, identifier=service)
        who = directory.performers[visit.pk][0]
        calendar = queries.calendars([who], at, visits=[visit], by_staff=True)[who]
        free = calendar.free(at + timedelta(days=1), at + timedelta(days=12), visit)
        if free:
            book = BookAppointment(practitioner=who, service=visit.pk, start=free[0], patient=patient.pk)
            act(book, practice, staff[SECRETARY], at + timedelta(minutes=6 * number))


def act(what: Act, practice: Organization, user: User, at: datetime) -> None:
    staff_act(what, organization=practice, user=user, now=at, external_id=str(uuid4()))
