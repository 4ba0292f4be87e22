"""The steps of the guided set-up: which are done is read from what exists, so that any way of doing them counts."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from releve.desk.settings import queries
from releve.practice.models import Organization

STEPS = ("account", "practice", "people", "hours", "visits", "texts", "test", "sign")
NAMES = {
    "account": lazy("Votre compte"),
    "practice": lazy("Le cabinet"),
    "people": lazy("Les soignants"),
    "hours": lazy("Les horaires"),
    "visits": lazy("Les types de rendez-vous"),
    "texts": lazy("Les textes envoyés"),
    "test": lazy("Un message d’essai"),
    "sign": lazy("La signature"),
}
NEEDED = ("practice", "people", "hours", "visits")  # without them, nobody could book


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list: `open` can be gone to, `now` is where one is."""

    key: str
    name: Any
    done: bool
    now: bool
    open: bool


def done(practice: Organization | None) -> set[str]:
    """Five queries."""
    if practice is None:
        return {"account"}
    working = list(queries.people(practice).filter(active=True))
    placed = bool(working) and all(hasattr(p, "schedule") and p.schedule.rules for p in working)
    found = {
        "account": True,
        "practice": True,
        "people": bool(working),
        "hours": placed and bool(practice.opening_hours),
        "visits": practice.healthcareservice_set.filter(active=True).exists(),
        "texts": bool(practice.set_up.get("texts")),
        "test": bool(practice.set_up.get("test")),
        "sign": queries.signed(practice) is not None,
    }
    return {key for key, so in found.items() if so}


def progress(practice: Organization | None, now: str) -> list[Step]:
    known = done(practice) if practice is not None or now != "account" else set()
    return [
        Step(
            key, NAMES[key], key in known, key == now, key != "account" and (practice is not None or key == "practice")
        )
        for key in STEPS
    ]


def next_one(practice: Organization | None) -> str:
    """The first step that is not done; "end" when all are."""
    known = done(practice)
    return "end" if "sign" in known else next(key for key in STEPS if key not in known)


def after(step: str) -> str:
    return STEPS[STEPS.index(step) + 1]


def missing(practice: Organization) -> list[Step]:
    """What must exist before anybody signs."""
    return [step for step in progress(practice, "sign") if step.key in NEEDED and not step.done]
