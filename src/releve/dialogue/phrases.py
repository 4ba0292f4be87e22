"""Every sentence said to patients: short, polite, one question at a time, never a promise the ledger does not hold.

Sentences are functions of a `Voice` (directory and zone) and an Ask's arguments. What leaves by SMS or e-mail without
being asked for carries no speciality and no reason.
"""

import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from releve.core.facts import Directory, Facts, Place
from releve.core.talk import Ask
from releve.language.matching.directory import profession_words
from releve.language.red_flags import advice
from releve.language.writing import NBSP, day, euros, full, hour, listed, wall

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@cache
def _texts() -> dict[str, str]:
    data = tomllib.loads(files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8"))
    return {key: _typeset(text) for key, text in data.items()}


def _typeset(text: str) -> str:
    """French typography: ’ and spaces that do not break."""
    text = text.replace("'", "’").replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
    for sign in "?:!;":
        text = text.replace(f" {sign}", f"{NBSP}{sign}")
    return text


@cache
def _doctors() -> frozenset[str]:
    data = tomllib.loads(files(__package__).joinpath("doctors.toml").read_text(encoding="utf-8"))
    return frozenset(data["doctors"])


class Voice:
    """Speaks of this practice."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.directory: Directory = facts.directory

    @cached_property
    def practice(self) -> str:
        return self.directory.practice.name

    def who(self, key: int) -> str:
        """ "Dr Martin" for those who bear the title, else the full name."""
        person = self.directory.practitioners[key]
        if profession_words(person.profession) & _doctors():
            return f"Dr{NBSP}{person.family}"
        return f"{person.given} {person.family}"

    def service(self, key: int) -> str:
        name = self.directory.services[key].name
        return name[0].lower() + name[1:]

    def full(self, moment: datetime) -> str:
        """mardi 17 mars à 17 h 20; with its year when it is another one."""
        local = self.directory.local(moment)
        return full(local, year=local.year != self.facts.local_now.year)

    def place(self, place: Place) -> str:
        return f"{self.full(place.start)} avec {self.who(place.practitioner)}"

    def appointment(self, key: int) -> str:
        found = self.facts.appointment(key)
        if found is None:
            return "votre rendez-vous"
        patient = self.facts.patient(found.patient_id)
        whose = f" ({patient.given})" if patient is not None else ""
        return f"{self.full(found.start)} avec {self.who(found.practitioner_id)}{whose}"

    def say(self, ask: Ask) -> str:
        """The sentence of an Ask."""
        special = _SPECIAL.get(ask.say)
        return special(self, ask) if special else text(ask.say)


def text(key: str, **values: Any) -> str:
    """A sentence of phrases.toml, filled."""
    return _texts()[key].format(**values)


def _offer(voice: Voice, ask: Ask) -> str:
    one_person = len({p.practitioner for p in ask.places}) == 1
    lines = [
        f"{n}. {voice.full(p.start)}" + ("" if one_person else f" avec {voice.who(p.practitioner)}")
        for n, p in enumerate(ask.places, 1)
    ]
    who = f" avec {voice.who(ask.places[0].practitioner)}" if one_person else ""
    return text(ask.say, who=who) + "\n" + "\n".join(lines) + "\n" + text("which_one")


def _confirm_booking(voice: Voice, ask: Ask) -> str:
    place = ask.places[0]
    given = ask.args.get("given")
    return text(
        "confirm_booking",
        service=voice.service(place.service),
        place=voice.place(place),
        who=f" pour {given}" if given else "",
    )


def _confirm_move(voice: Voice, ask: Ask) -> str:
    return text("confirm_move", old=voice.appointment(ask.args["appointment"]), new=voice.place(ask.places[0]))


def _appointments(key: str, key_many: str) -> Callable[[Voice, Ask], str]:
    def say(voice: Voice, ask: Ask) -> str:
        which = [voice.appointment(k) for k in ask.args["appointments"]]
        return text(key if len(which) == 1 else key_many, which=listed(which))

    return say


def _visit_type(voice: Voice, ask: Ask) -> str:
    names = [voice.service(k) for k in ask.args.get("services", ())][:8]
    unknown = ask.args.get("unknown")
    start = text("unknown_practitioner") + " " if unknown else ""
    return start + text("visit_type", services=listed(names, "ou"))


def _no_new_patients(voice: Voice, ask: Ask) -> str:
    who = ask.args.get("practitioner")
    subject = voice.who(who) if who is not None else text("this_visit")
    others: Sequence[int] = ask.args.get("others", ())
    if not others:
        return text("no_new_patients_at_all", who=subject, phone=phone(voice.directory.practice.phone))
    return text("no_new_patients", who=subject, others=listed([voice.who(k) for k in others], "ou"))


def _who_takes_new(voice: Voice, ask: Ask) -> str:
    people = [(k, voice.directory.practitioners[k]) for k in ask.args["practitioners"]]
    yes = [f"{voice.who(k)} ({p.profession})" for k, p in people if p.accepts_new_patients]
    no = [voice.who(k) for k, p in people if not p.accepts_new_patients]
    parts = [text("takes_new", who=listed(yes), verb="prend" if len(yes) == 1 else "prennent")] if yes else []
    parts += [text("takes_no_new", who=listed(no), verb="prend" if len(no) == 1 else "prennent")] if no else []
    return " ".join(parts)


def _price(voice: Voice, ask: Ask) -> str:
    service = voice.directory.services[ask.args["service"]]
    assert service.price_eur is not None
    paid = text("reimbursed") if service.reimbursed else text("not_reimbursed")
    return text("price", service=service.name, price=euros(service.price_eur), paid=paid)


def _hours(voice: Voice, ask: Ask) -> str:
    groups: dict[str, list[str]] = {}
    for rule in voice.directory.practice.opening_hours:
        days = _days([d for d in _WEEK if d in rule["days"]])
        groups.setdefault(days, []).append(f"de {wall(rule['start'])} à {wall(rule['end'])}")
    lines = ", ".join(f"{days} {listed(hours)}" for days, hours in groups.items())
    closed = text("closed_holidays") if voice.directory.practice.public_holidays else ""
    return f"{text('hours', hours=lines)}{closed} {_faq(voice, ask)}".strip()


def _days(days: list[str]) -> str:
    numbers = [_WEEK.index(d) for d in days]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"du {_JOURS[numbers[0]]} au {_JOURS[numbers[-1]]}"
    return "le " + listed([_JOURS[n] for n in numbers])


def _access(voice: Voice, ask: Ask) -> str:
    practice = voice.directory.practice
    return f"{_faq(voice, ask)} {text('access', address=practice.address, access=practice.access)}".strip()


def _faq(voice: Voice, ask: Ask) -> str:
    wanted = ask.args.get("faq", ())
    return " ".join(entry.answer for entry in voice.directory.faq if entry.identifier in wanted)


def _instructions(voice: Voice, ask: Ask) -> str:
    service = voice.directory.services[ask.args["service"]]
    return text("instructions", service=service.name, instructions=service.instructions)


def phone(number: str) -> str:
    """+33199000420 -> 01 99 00 04 20"""
    if number.startswith("+33") and len(number) == 12:
        national = "0" + number[3:]
        return NBSP.join(national[i : i + 2] for i in range(0, 10, 2))
    return number


def _start(key: str) -> Callable[[Voice, Ask], str]:
    def say(voice: Voice, ask: Ask) -> str:
        return text(key, start=voice.full(datetime.fromisoformat(ask.args["start"])))

    return say


_SPECIAL: dict[str, Callable[[Voice, Ask], str]] = {
    "offer": _offer,
    "offer_other": _offer,
    "offer_which": _offer,
    "offer_taken": _offer,
    "confirm_booking": _confirm_booking,
    "confirm_move": _confirm_move,
    "confirm_contact": lambda voice, ask: text(
        "confirm_contact", given=ask.args["given"], values=listed([phone(v) for v in ask.args["values"]])
    ),
    "confirm_cancel": _appointments("confirm_cancel", "confirm_cancel_many"),
    "which_appointment": _appointments("which_appointment", "which_appointment"),
    "your_appointments": _appointments("your_appointment", "your_appointments"),
    "kept": _appointments("kept", "kept_many"),
    "move_when": lambda voice, ask: text("move_when", which=voice.appointment(ask.args["appointment"])),
    "nothing_keep": lambda voice, ask: text("nothing_keep", which=voice.appointment(ask.args["appointment"])),
    "not_online": lambda voice, ask: text("not_online", service=voice.service(ask.args["service"])),
    "visit_type": _visit_type,
    "no_new_patients": _no_new_patients,
    "who_takes_new": _who_takes_new,
    "price": _price,
    "hours": _hours,
    "access": _access,
    "faq": _faq,
    "instructions": _instructions,
    "offer_gone": _start("offer_gone"),
    "was_cancelled": _start("was_cancelled"),
    "red_flag": lambda voice, ask: advice(tuple(ask.args["flags"])),
    "identity_failed": lambda voice, ask: text("identity_failed", phone=phone(voice.directory.practice.phone)),
}

__all__ = ["Voice", "day", "hour", "phone", "text"]
