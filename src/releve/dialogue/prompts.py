"""Answers to messages that we sent: a reminder, the offer of a freed place, a word after a missed visit."""

from collections.abc import Callable
from datetime import datetime, timedelta

from releve.core.acts import Act, Answer, BookAppointment, DeclineOffer
from releve.core.facts import Prompt
from releve.core.talk import Ask, Request
from releve.dialogue.heard import Heard
from releve.language.matching import choose, named, same_person, together

TOGETHER = timedelta(hours=24)  # reminders sent within a day of each other are answered together
LATE = timedelta(hours=24)  # how long after its end an offer is still answered
REFUSALS = ("deny", "cancel_appointment")
DECLINABLE = ("open", "expired", "lost")  # also too late: it is then noted that they do not want this place
Answered = tuple[tuple[Request, ...], tuple[Act, ...], tuple[Ask, ...]]


def answered(heard: Heard) -> Answered | None:
    """Requests, acts and sentences when the message answers a prompt; None when it is about something else."""
    prompts = _addressed(heard)
    if not prompts:
        return None
    return _BY_KIND[prompts[0].kind](heard, prompts)


def _addressed(heard: Heard) -> list[Prompt]:
    """The prompts a bare word answers: the newest, and those of the same kind sent about the same time."""
    sent = sorted(heard.facts.prompts, key=lambda p: p.sent_at, reverse=True)
    prompts = [p for p in sent if p.status != "declined"]
    if not prompts:
        return []
    picked = choose(heard.text, [heard.facts.directory.local(p.place.start) for p in prompts])
    meant = prompts[picked.index] if picked.index is not None else _still_to_answer(heard, sent) or prompts[0]
    others = [p for p in prompts if p.kind == meant.kind and p is not meant]
    group = [meant, *(p for p in others if abs(meant.sent_at - p.sent_at) < TOGETHER)]
    chosen, _ = named(heard.text, heard.facts.contacts)
    if chosen:  # someone else is named: no answer to this message
        return [p for p in group if p.patient in chosen]
    return [] if _someone_else(heard, group) else group


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
        or bool(signs & {"appointment", "attend", "see_you", "coming"})
        or (heard.moved[1] is not None and u.has("reschedule_appointment"))
    )


def _someone_else(heard: Heard, group: list[Prompt]) -> bool:
    """A full name is given that is none of those the messages were about."""
    people = [p for prompt in group if (p := heard.facts.patient(prompt.patient)) is not None]
    full = [f"{n.given} {n.family}" for n in heard.understanding.names if n.given and n.family]
    return bool(full and people) and not any(same_person(p, name) for p in people for name in full)


def _offer(heard: Heard, prompts: list[Prompt]) -> Answered | None:
    prompt = prompts[0]
    if _of_an_appointment(heard, prompt):
        return None
    about = {"start": prompt.place.start.isoformat()}
    if _declines(heard):
        wanted = prompt.offer is not None and prompt.listed and prompt.status in DECLINABLE
        if prompt.offer is None or not wanted or prompt.place.start <= heard.facts.now:
            return (), (), (Ask("decline_over", args=about),)
        return (), (DeclineOffer(offer=prompt.offer),), ()
    over = not prompt.open or not prompt.listed
    if not _accepts(heard, heard.facts.directory.local(prompt.place.start), over):
        return None
    if over:
        gone = "offer_lost" if prompt.status == "lost" else "offer_gone"
        return (), (), (Ask(gone if prompt.listed else "offer_over", args=about),)
    place = prompt.place
    act = BookAppointment(
        practitioner=place.practitioner,
        service=place.service,
        start=place.start,
        patient=prompt.patient,
        offer=prompt.offer,
    )
    return (), (act,), ()


def _declines(heard: Heard) -> bool:
    if "passes" in heard.signs and "takes" not in heard.signs:
        return True
    return (heard.understanding.has(*REFUSALS) or heard.no or "cannot" in heard.signs) and not heard.yes


def _accepts(heard: Heard, start: datetime, over: bool) -> bool:
    """A yes without reserve. "Is it still free?" is none, the booking finds out; to a place that is gone, any yes is
    answered so."""
    takes = "takes" in heard.signs
    if over or "still" in heard.signs:
        return (takes or heard.yes) and not (heard.signs & {"doubt", "but"} and not over)
    return heard.plain_yes(start) or (takes and not heard.signs & {"doubt", "but", "question"})


def _of_an_appointment(heard: Heard, prompt: Prompt) -> bool:
    """ "annuler mon rdv du 15": they give up an appointment, and no place that is only offered."""
    if not heard.understanding.has("cancel_appointment") or heard.no:
        return False
    named, start = heard.told_of, heard.facts.directory.local(prompt.place.start)
    elsewhere = named is not None and not any(w.holds(start) for w in named.prefer)
    return elsewhere or (named is None and "appointment" in heard.signs)


def _reminder(heard: Heard, prompts: list[Prompt]) -> Answered | None:
    u = heard.understanding
    live = [p for p in prompts if p.open]
    if not live:
        says = (Ask("was_cancelled", args={"start": prompts[0].place.start.isoformat()}),)
        return ((), (), says) if heard.yes or heard.no or u.has(*REFUSALS) else None
    if _another(heard, live):
        return None
    if heard.asks_the_time or (u.has("appointment_info") and not u.has("reschedule_appointment", *REFUSALS)):
        return _told_again(live)
    if heard.yes and "see_you" in heard.signs and not heard.signs & {"but", "doubt", "question"}:
        return (_about(heard, live, "confirm"),), (), ()  # "oui, à demain" takes leave, and wishes no other time
    other = heard.other_than(heard.facts.directory.local(live[0].place.start))
    if u.has("reschedule_appointment") or (other is not None and (heard.yes or u.has("book_appointment"))):
        return (_about(heard, live, "reschedule", wish=other or heard.wish),), (), ()
    if u.has("cancel_appointment") or (heard.no and not heard.yes):
        return (_about(heard, live, "cancel"),), (), ()
    if heard.yes and "doubt" not in heard.signs:
        return (_about(heard, live, "confirm"),), (), ()
    return ((), (), ()) if u.has("running_late") else None  # a person is told, of whom the reminder was for


def _another(heard: Heard, live: list[Prompt]) -> bool:
    """The message is about another of their appointments, by its day or week: it answers no reminder of this one."""
    named = heard.told_of if heard.understanding.has("cancel_appointment") else heard.moved[0]
    if named is None or not named.prefer:
        return False
    local, reminded = heard.facts.directory.local, {p.appointment for p in live}
    inside = {
        a.id
        for a in heard.facts.appointments
        if a.status == "booked" and a.start > heard.facts.now and any(w.holds(local(a.start)) for w in named.prefer)
    }
    return bool(inside) and not inside & reminded


def _told_again(live: list[Prompt]) -> Answered:
    """What the reminder said, to the address it went to."""
    sources = tuple(f"appointment:{p.appointment}" for p in live)
    says = [
        Ask("reminded", args={"start": p.place.start.isoformat(), "practitioner": p.place.practitioner}) for p in live
    ]
    return (), (Answer(topic="appointment_info", sources=sources),), tuple(says)


def _moved(heard: Heard, prompts: list[Prompt]) -> Answered | None:
    """We have just changed the hour: naming another one asks for that."""
    live = [p for p in prompts if p.open]
    wish = heard.other_than(heard.facts.directory.local(live[0].place.start)) if live else None
    if wish is not None and not heard.understanding.has("cancel_appointment"):
        return (_about(heard, live, "reschedule", wish=wish),), (), ()
    return _reminder(heard, prompts)


def _about(heard: Heard, prompts: list[Prompt], kind: str, **more: object) -> Request:
    asked = ("same_day",) if kind == "reschedule" and more.get("wish") is not None and not heard.names_a_day else ()
    return Request(
        kind=kind,
        text=heard.said,
        about=heard.text,
        appointments=tuple(p.appointment for p in prompts if p.appointment is not None),
        several="several" in heard.signs or together(heard.text, heard.facts.contacts),
        reply_for=tuple(dict.fromkeys(p.patient for p in prompts)),
        evidence=heard.evidence(f"{kind}_appointment"),
        asked=asked,
    ).having(**more)


def _come_back(heard: Heard, prompts: list[Prompt]) -> Answered | None:
    """After a missed or cancelled visit: another one of the same kind."""
    u = heard.understanding
    if heard.no and heard.wish is None:
        return (), (), (Ask("as_you_like"),)
    wants = u.has("book_appointment", "reschedule_appointment") or heard.yes or heard.wish is not None
    if not wants or u.has("cancel_appointment"):
        return None
    place = prompts[0].place
    other = heard.mention.practitioner not in (None, place.practitioner)
    request = Request(
        kind="book",
        text=heard.said,
        about=heard.text,
        service=heard.mention.service if other else place.service,
        practitioner=heard.mention.practitioner if other else place.practitioner,
        wish=heard.understanding.when or heard.wish,
        reply_for=(prompts[0].patient,),
        evidence=heard.evidence("book_appointment"),
    )
    told = Ask("was_cancelled", args={"start": place.start.isoformat()})
    says = (told,) if prompts[0].kind == "cancelled" and request.wish is None else ()
    return (request,), (), says


_BY_KIND: dict[str, Callable[[Heard, list[Prompt]], Answered | None]] = {
    "offer": _offer,
    "reminder": _reminder,
    "moved": _moved,
    "no_show": _come_back,
    "cancelled": _come_back,
}
