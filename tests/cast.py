"""The people of the tests, always the same, in a small practice on a Monday morning.

Dr Amar is a general practitioner, Mme Diallo a nurse; Mme Petit keeps the desk. M. Roche has an appointment on
Thursday; Léa is a child, her mother's telephone is on her file. Everyone is fictitious, numbers are the regulator's
reserved ones (ARCEP: 01 99 00 xx xx and 06 39 98 xx xx).
"""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from releve.config.clock import FrozenClock
from releve.core.acts import NewPatient
from releve.intake import loading
from releve.practice.models import Organization, User

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=PARIS)  # a Monday; Thursday is the 19th
PASSWORD = "douze-fois-sept-patients"

AMAR, DIALLO = "amar", "diallo"
CONSULTATION, INJECTION = "consultation", "injection"
ROCHE, LEA, MOTHER = "roche", "lea", "mother"
ROCHE_THURSDAY, LEA_TUESDAY = "roche-thursday", "lea-tuesday"
ROCHE_PHONE, MOTHER_PHONE = "+33639981001", "+33639981002"
NEWCOMER = NewPatient("Camille", "Bernard", date(1991, 6, 4), "+33639981003")

WORKING_DAYS = ["mon", "tue", "wed", "thu", "fri"]


def practice_file() -> dict[str, Any]:
    """The practice as a file; a test may change its copy before loading it."""
    return {
        "now": "2026-03-16T09:00",
        "timezone": "Europe/Paris",
        "practice": {
            "name": "Cabinet du Canal",
            "address": "12 quai de la Loire, 75019 Paris",
            "phone": "+33199000420",
            "email": "contact@canal.example",
            "access": "Métro Jaurès, lignes 2, 5 et 7 bis. De plain-pied.",
            "opening_hours": [
                {"days": WORKING_DAYS, "start": "08:30", "end": "12:30"},
                {"days": ["mon", "tue", "thu", "fri"], "start": "14:00", "end": "19:00"},
            ],
            "public_holidays": True,
        },
        "practitioners": [
            {"id": AMAR, "given": "Nadia", "family": "Amar", "profession": "médecin généraliste"},
            {"id": DIALLO, "given": "Aminata", "family": "Diallo", "profession": "infirmière"},
        ],
        "services": [_consultation(), _injection()],
        "schedules": [
            {"practitioner": AMAR, "rules": _rules("09:00", "12:00") + _rules("14:00", "18:00")},
            {"practitioner": DIALLO, "rules": _rules("08:30", "11:30")},
        ],
        "patients": _patients(),
        "appointments": [
            _appointment(ROCHE_THURSDAY, ROCHE, AMAR, CONSULTATION, "2026-03-19T09:40"),
            {**_appointment(LEA_TUESDAY, LEA, AMAR, CONSULTATION, "2026-03-17T10:00"), "confirmed": True},
        ],
        "waiting_list": [],
        "faq": [
            {"id": "parking", "question": "Où se garer ?", "answer": "Parking Jaurès, à 200 m, payant."},
            {"id": "carte-vitale", "question": "Que faut-il apporter ?", "answer": "Votre carte Vitale."},
        ],
    }  # fmt: skip


def _rules(start: str, end: str) -> list[dict[str, Any]]:
    return [{"days": WORKING_DAYS, "start": start, "end": end}]


def _consultation() -> dict[str, Any]:
    return {
        "id": CONSULTATION, "name": "Consultation", "aliases": ["consultation", "visite", "rdv médecin"],
        "duration_min": 20, "price_eur": 30, "practitioners": [AMAR], "instructions": "Apporter la carte Vitale.",
    }  # fmt: skip


def _injection() -> dict[str, Any]:
    return {
        "id": INJECTION, "name": "Injection", "aliases": ["piqûre", "vaccin"], "duration_min": 15, "price_eur": 8.5,
        "practitioners": [DIALLO], "instructions": None,
    }  # fmt: skip


def _patients() -> list[dict[str, Any]]:
    return [
        _patient(ROCHE, "Bernard", "Roche", "1954-05-03", "M", ROCHE_PHONE),
        _patient(LEA, "Léa", "Fontaine", "2018-11-20", "F", MOTHER_PHONE),
        {
            **_patient(MOTHER, "Claire", "Fontaine", "1985-01-09", "F", MOTHER_PHONE),
            "email": "claire.fontaine@courriel.example",
        },
    ]


def _patient(key: str, given: str, family: str, birth: str, sex: str, phone: str) -> dict[str, Any]:
    return {"id": key, "given": given, "family": family, "birth_date": birth, "sex": sex, "phone": phone}


def _appointment(key: str, patient: str, practitioner: str, service: str, start: str) -> dict[str, Any]:
    return {
        "id": key,
        "patient": patient,
        "practitioner": practitioner,
        "service": service,
        "start": start,
        "status": "booked",
    }


def clock(moment: datetime = NOW) -> FrozenClock:
    """For the `settings` fixture: `settings.CLOCK = cast.clock()`."""
    return FrozenClock(moment)


def practice(data: dict[str, Any] | None = None, *, now: datetime = NOW, signed: bool = True) -> Organization:
    """The practice in the database, with its start-up record signed by Dr Amar."""
    loaded = loading.load(data or practice_file(), now=now)
    if signed:
        loading.sign(loaded, signed_by="Dr Amar", now=now)
    return loaded


def petit() -> User:
    """Mme Petit, secretary."""
    return User.objects.create_user(
        "petit", password=PASSWORD, first_name="Hélène", last_name="Petit", role=User.Role.SECRETARY
    )


def amar() -> User:
    """Dr Amar, physician, at the desk."""
    return User.objects.create_user(
        "amar", password=PASSWORD, first_name="Nadia", last_name="Amar", role=User.Role.PHYSICIAN
    )
