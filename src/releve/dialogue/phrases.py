"""Every sentence said to patients: short, polite, one question at a time, never a promise the ledger does not hold.

Sentences are functions of a `Voice` (directory, zone and language) and an Ask's arguments; their words are in
phrases.toml and, key for key, phrases.en.toml. What leaves by SMS or e-mail without being asked for carries no
speciality and no reason.
"""

import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from releve.core.facts import Directory, Facts, Place
from releve.core.talk import Ask
from releve.language import foreign
from releve.language.matching.directory import profession_words
from releve.language.red_flags import advice
from releve.language.writing import NBSP, euros, full, listed, wall

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# What is said in a language that nobody reads here: sentence -> its key in foreign/answers.toml; all else in English.
_FOREIGN = {
    "handed_over": "person",
    "with_person": "person",
    "waiting": "person",
    "same_day": "person",
    "after_red_flag": "emergency",
}


@cache
def texts(language: str) -> dict[str, str]:
    """Every sentence in that language."""
    if language == foreign.FRENCH:
        return {key: typeset(text) for key, text in _load("phrases.toml").items()}
    english = _load("phrases.en.toml")
    if language in foreign.READ:
        return english
    own = foreign.answers(language)
    said = {key: own[name] for key, name in _FOREIGN.items()}
    return english | said | {"intro": "{practice}. " + own["automatic"], "emergency": own["emergency"]}


def _load(name: str) -> dict[str, str]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def typeset(text: str) -> str:
    """French typography: ’ and spaces that do not break."""
    text = text.replace("'", "’").replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
    for sign in "?:!;":
        text = text.replace(f" {sign}", f"{NBSP}{sign}")
    return text


@cache
def _doctors() -> frozenset[str]:
    data = tomllib.loads(files(__package__).joinpath("doctors.toml").read_text(encoding="utf-8"))
    return frozenset(data["doctors"])


@cache
def is_doctor(profession: str) -> bool:
    """Those who bear the title of doctor."""
    return bool(profession_words(profession) & _doctors())


class Voice:
    """Speaks of this practice, in the patient's language."""

    def __init__(self, facts: Facts, language: str = foreign.FRENCH) -> None:
        self.facts = facts
        self.language = language
        self.directory: Directory = facts.directory

    @cached_property
    def practice(self) -> str:
        return self.directory.practice.name

    def who(self, key: int) -> str:
        """ "Dr Martin" for those who bear the title, else the full name."""
        person = self.directory.practitioners[key]
        if is_doctor(person.profession):
            return f"Dr{NBSP}{person.family}"
        return f"{person.given} {person.family}"

    def service(self, key: int) -> str:
        name = self.directory.services[key].name
        return name[0].lower() + name[1:]

    def full(self, moment: datetime) -> str:
        """mardi 17 mars à 17 h 20; with its year when it is another one."""
        local = self.directory.local(moment)
        return full(local, local.year != self.facts.local_now.year, self.language)

    def place(self, place: Place) -> str:
        return self.text("at_place", start=self.full(place.start), who=self.who(place.practitioner))

    def appointment(self, key: int) -> str:
        found = self.facts.appointment(key)
        if found is None:
            return self.text("your_own")
        patient = self.facts.patient(found.patient_id)
        whose = f" ({patient.given})" if patient is not None else ""
        place = self.text("at_place", start=self.full(found.start), who=self.who(found.practitioner_id))
        return f"{place}{whose}"

    def changed(self, purpose: str, start: datetime, practitioner: int, count: int = 1) -> str:
        """What the practice writes of its own accord: an appointment, or `count` of them, was cancelled or moved."""
        key = f"{purpose}_message" if count == 1 else f"series_{purpose}_message"
        return self.text(key, practice=self.practice, start=self.full(start), who=self.who(practitioner), count=count)

    def say(self, ask: Ask) -> str:
        """The sentence of an Ask."""
        special = _SPECIAL.get(ask.say)
        return special(self, ask) if special else self.text(ask.say)

    def text(self, key: str, **values: Any) -> str:
        """A sentence filled: the practice's own wording of it where there is one, else ours."""
        own = self.directory.practice.texts.get(key) if self.language == foreign.FRENCH else None
        return (typeset(own) if own else texts(self.language)[key]).format(**values)

    def listed(self, items: Sequence[str], last: str = "and") -> str:
        return listed(items, self.text(last))


def text(key: str, **values: Any) -> str:
    """A sentence of phrases.toml, filled."""
    return texts(foreign.FRENCH)[key].format(**values)


def _offer(voice: Voice, ask: Ask) -> str:
    one_person = len({p.practitioner for p in ask.places}) == 1
    lines = [
        f"{n}. {voice.full(p.start)}" + ("" if one_person else voice.text("with_whom", who=voice.who(p.practitioner)))
        for n, p in enumerate(ask.places, 1)
    ]
    who = voice.text("with_whom", who=voice.who(ask.places[0].practitioner)) if one_person else ""
    return voice.text(ask.say, who=who) + "\n" + "\n".join(lines) + "\n" + voice.text("which_one")


def _confirm_booking(voice: Voice, ask: Ask) -> str:
    place = ask.places[0]
    given = ask.args.get("given")
    return voice.text(
        "confirm_booking",
        service=voice.service(place.service),
        place=voice.place(place),
        who=voice.text("for_whom", given=given) if given else "",
    )


def _confirm_move(voice: Voice, ask: Ask) -> str:
    return voice.text("confirm_move", old=voice.appointment(ask.args["appointment"]), new=voice.place(ask.places[0]))


def _appointments(key: str, key_many: str) -> Callable[[Voice, Ask], str]:
    def say(voice: Voice, ask: Ask) -> str:
        which = [voice.appointment(k) for k in ask.args["appointments"]]
        return voice.text(key if len(which) == 1 else key_many, which=voice.listed(which))

    return say


def _visit_type(voice: Voice, ask: Ask) -> str:
    names = [voice.service(k) for k in ask.args.get("services", ())][:8]
    unknown = ask.args.get("unknown")
    start = voice.text("unknown_practitioner") + " " if unknown else ""
    return start + voice.text("visit_type", services=voice.listed(names, "or"))


def _no_new_patients(voice: Voice, ask: Ask) -> str:
    who = ask.args.get("practitioner")
    subject = voice.who(who) if who is not None else voice.text("this_visit")
    others: Sequence[int] = ask.args.get("others", ())
    if not others:
        return voice.text("no_new_patients_at_all", who=subject, phone=phone(voice.directory.practice.phone))
    return voice.text("no_new_patients", who=subject, others=voice.listed([voice.who(k) for k in others], "or"))


def _who_takes_new(voice: Voice, ask: Ask) -> str:
    people = [(k, voice.directory.practitioners[k]) for k in ask.args["practitioners"]]
    yes = [f"{voice.who(k)} ({p.profession})" for k, p in people if p.accepts_new_patients]
    no = [voice.who(k) for k, p in people if not p.accepts_new_patients]
    parts = [voice.text("takes_new" if len(yes) == 1 else "take_new", who=voice.listed(yes))] if yes else []
    parts += [voice.text("takes_no_new" if len(no) == 1 else "take_no_new", who=voice.listed(no))] if no else []
    return " ".join(parts)


def _price(voice: Voice, ask: Ask) -> str:
    service = voice.directory.services[ask.args["service"]]
    assert service.price_eur is not None
    paid = voice.text("reimbursed") if service.reimbursed else voice.text("not_reimbursed")
    return voice.text("price", service=service.name, price=euros(service.price_eur, voice.language), paid=paid)


def _hours(voice: Voice, ask: Ask) -> str:
    groups: dict[str, list[str]] = {}
    for rule in voice.directory.practice.opening_hours:
        days = _days(voice, [d for d in _WEEK if d in rule["days"]])
        start, end = (wall(rule[key], voice.language) for key in ("start", "end"))
        groups.setdefault(days, []).append(voice.text("from_to", start=start, end=end))
    lines = ", ".join(f"{days} {voice.listed(hours)}" for days, hours in groups.items())
    closed = voice.text("closed_holidays") if voice.directory.practice.public_holidays else ""
    return f"{voice.text('hours', hours=lines)}{closed} {_faq(voice, ask)}".strip()


def _days(voice: Voice, days: list[str]) -> str:
    numbers = [_WEEK.index(d) for d in days]
    names = [voice.text(_WEEKDAYS[n]) for n in numbers]
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return voice.text("days_from_to", first=names[0], last=names[-1])
    return voice.text("days", days=voice.listed(names))


def _access(voice: Voice, ask: Ask) -> str:
    practice = voice.directory.practice
    return f"{_faq(voice, ask)} {voice.text('access', address=practice.address, access=practice.access)}".strip()


def _faq(voice: Voice, ask: Ask) -> str:
    wanted = ask.args.get("faq", ())
    return " ".join(entry.answer for entry in voice.directory.faq if entry.identifier in wanted)


def _instructions(voice: Voice, ask: Ask) -> str:
    service = voice.directory.services[ask.args["service"]]
    return voice.text("instructions", service=service.name, instructions=service.instructions)


def phone(number: str) -> str:
    """+33199000420 -> 01 99 00 04 20"""
    if number.startswith("+33") and len(number) == 12:
        national = "0" + number[3:]
        return NBSP.join(national[i : i + 2] for i in range(0, 10, 2))
    return number


def _start(key: str) -> Callable[[Voice, Ask], str]:
    def say(voice: Voice, ask: Ask) -> str:
        return voice.text(key, start=voice.full(datetime.fromisoformat(ask.args["start"])))

    return say


def _red_flag(voice: Voice, ask: Ask) -> str:
    """The fixed text; below a word in their language, in French for whoever is beside them."""
    flags = tuple(ask.args["flags"])
    if voice.language == foreign.FRENCH:
        return advice(flags)
    if voice.language in foreign.READ:
        return advice(flags, language="en")
    return f"{voice.text('emergency')}\n{advice(flags)}"


_SPECIAL: dict[str, Callable[[Voice, Ask], str]] = {
    "offer": _offer,
    "offer_other": _offer,
    "offer_which": _offer,
    "offer_taken": _offer,
    "confirm_booking": _confirm_booking,
    "confirm_move": _confirm_move,
    "confirm_contact": lambda voice, ask: voice.text(
        "confirm_contact", given=ask.args["given"], values=voice.listed([phone(v) for v in ask.args["values"]])
    ),
    "confirm_cancel": _appointments("confirm_cancel", "confirm_cancel_many"),
    "which_appointment": _appointments("which_appointment", "which_appointment"),
    "your_appointments": _appointments("your_appointment", "your_appointments"),
    "kept": _appointments("kept", "kept_many"),
    "move_when": lambda voice, ask: voice.text("move_when", which=voice.appointment(ask.args["appointment"])),
    "nothing_keep": lambda voice, ask: voice.text("nothing_keep", which=voice.appointment(ask.args["appointment"])),
    "not_online": lambda voice, ask: voice.text("not_online", service=voice.service(ask.args["service"])),
    "visit_type": _visit_type,
    "no_new_patients": _no_new_patients,
    "who_takes_new": _who_takes_new,
    "price": _price,
    "hours": _hours,
    "access": _access,
    "faq": _faq,
    "instructions": _instructions,
    "offer_gone": _start("offer_gone"),
    "offer_lost": _start("offer_lost"),
    "offer_over": _start("offer_over"),
    "decline_over": _start("decline_over"),
    "take_your_time_until": _start("take_your_time_until"),
    "place_besides": _start("place_besides"),
    "visit_besides": _start("visit_besides"),
    "reminded": lambda voice, ask: voice.text(
        "reminded", start=voice.full(datetime.fromisoformat(ask.args["start"])), who=voice.who(ask.args["practitioner"])
    ),
    "was_cancelled": _start("was_cancelled"),
    "red_flag": _red_flag,
    "identity_failed": lambda voice, ask: voice.text("identity_failed", phone=phone(voice.directory.practice.phone)),
}

__all__ = ["Voice", "phone", "text", "texts", "typeset"]
