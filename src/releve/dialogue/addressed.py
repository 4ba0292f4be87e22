"""Which message of ours an answer is for: a reminder, the offer of a place, or several that go together."""

from dataclasses import dataclass
from datetime import timedelta

from releve.core.facts import STANDING, Prompt
from releve.core.talk import Ask
from releve.dialogue.heard import Heard
from releve.language.matching import choose, named, same_person

TOGETHER = timedelta(hours=24)  # reminders sent within a day of each other are answered together
LATE = timedelta(hours=24)  # how long after its end an offer is still answered
NEAR = timedelta(hours=6)  # messages of two kinds, so close that a bare word may be for either
COMING = ("attend", "coming", "see_you")


@dataclass(frozen=True, slots=True)
class Addressed:
    """The prompts that a message answers; `besides`: what is said of another that it might have been for."""

    prompts: tuple[Prompt, ...] = ()
    besides: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True)
class _Meant:
    prompt: Prompt
    besides: tuple[Ask, ...] = ()


def addressed(heard: Heard) -> Addressed:
    """The newest, unless the words are for another, and those of the same kind sent about the same time."""
    sent = sorted(heard.facts.prompts, key=lambda p: p.sent_at, reverse=True)
    prompts = [p for p in sent if p.status != "declined" and not _is_theirs(heard, p)]
    if not prompts:
        return Addressed()
    meant = _meant(heard, prompts, sent)
    others = [p for p in prompts if p.kind == meant.prompt.kind and p is not meant.prompt]
    group = [meant.prompt, *(p for p in others if abs(meant.prompt.sent_at - p.sent_at) < TOGETHER)]
    chosen, _ = named(heard.text, heard.facts.contacts)
    if chosen:  # someone else is named: no answer to this message
        return Addressed(tuple(p for p in group if p.patient in chosen), meant.besides)
    return Addressed() if _someone_else(heard, group) else Addressed(tuple(group), meant.besides)


def _is_theirs(heard: Heard, prompt: Prompt) -> bool:
    """They have the place that was offered: what is said now is said of their appointment."""
    return prompt.kind == "offer" and any(
        a.patient_id == prompt.patient and a.status == "booked" and a.start == prompt.place.start
        for a in heard.facts.appointments
    )


def _meant(heard: Heard, prompts: list[Prompt], sent: list[Prompt]) -> _Meant:
    picked = choose(heard.text, [heard.facts.directory.local(p.place.start) for p in prompts])
    if picked.index is not None:
        return _Meant(prompts[picked.index])
    return _of_two(heard, prompts) or _Meant(_still_to_answer(heard, sent) or prompts[0])


def _of_two(heard: Heard, prompts: list[Prompt]) -> _Meant | None:
    """A reminder and an offer came at nearly the same time, and neither is answered. Words for one of them are for that
    one. A bare yes, or "ok je viens", says that they come, a bare no that they do not want the place: what cannot be
    regretted; and what to write for the other is said with it."""
    visit = next((p for p in prompts if p.kind in STANDING and p.open and not p.answered), None)
    place = next((p for p in prompts if p.kind == "offer" and p.status == "open"), None)
    if visit is None or place is None or abs(visit.sent_at - place.sent_at) >= NEAR:
        return None
    if "takes" in heard.signs or "passes" in heard.signs:
        return _Meant(place)
    if heard.understanding.has("cancel_appointment") or (heard.no and heard.signs & set(COMING)):
        return _Meant(visit)
    if heard.yes or heard.signs & set(COMING):
        return _Meant(visit, (Ask("place_besides", args={"start": place.place.start.isoformat()}),))
    if heard.no:
        return _Meant(place, (Ask("visit_besides", args={"start": visit.place.start.isoformat()}),))
    return None


def _still_to_answer(heard: Heard, sent: list[Prompt]) -> Prompt | None:
    """Their coming is settled already: one more yes or no is for the place that was offered besides, unless the words
    are about coming. A no may be late, or said twice."""
    settled = next(p for p in sent if p.status != "declined")
    if not settled.answered or _of_coming(heard):
        return None
    offers = [p for p in sent if p.kind == "offer" and p.until is not None and heard.facts.now < p.until + LATE]
    if heard.yes or "takes" in heard.signs:
        offers = [p for p in offers if p.status == "open"]
    return offers[0] if offers else None


def _of_coming(heard: Heard) -> bool:
    """ "je ne pourrai pas venir", "annulez", "oui, à demain": about an appointment that stands, or to thank for it."""
    u, signs = heard.understanding, heard.signs
    if heard.yes and "takes" not in signs and "merci" in heard.text.lower():
        return True
    return (
        u.has("cancel_appointment", "thank", "appointment_info")
        or bool(signs & {"appointment", *COMING})
        or (heard.moved[1] is not None and u.has("reschedule_appointment"))
    )


def _someone_else(heard: Heard, group: list[Prompt]) -> bool:
    """A full name is given that is none of those the messages were about."""
    people = [p for prompt in group if (p := heard.facts.patient(prompt.patient)) is not None]
    full = [f"{n.given} {n.family}" for n in heard.understanding.names if n.given and n.family]
    return bool(full and people) and not any(same_person(p, name) for p in people for name in full)
