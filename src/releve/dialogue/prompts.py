"""Answers to messages that we sent: a reminder, the offer of a freed place, a word after a missed visit."""

from collections.abc import Callable
from datetime import datetime

from releve.core.acts import Act, Answer, BookAppointment
from releve.core.facts import Prompt
from releve.core.talk import Ask, Request
from releve.core.waiting import DeclineOffer, StandBy
from releve.dialogue.addressed import addressed
from releve.dialogue.heard import Heard
from releve.language.matching import together

REFUSALS = ("deny", "cancel_appointment")
DECLINABLE = ("open", "expired", "standby", "lost")  # also too late: it is then noted that they do not want this place
LATE = ("expired", "standby", "lost")  # a yes to these comes too late, or after one's turn
Answered = tuple[tuple[Request, ...], tuple[Act, ...], tuple[Ask, ...]]


def answered(heard: Heard) -> Answered | None:
    """Requests, acts and sentences when the message answers a prompt; None when it is about something else."""
    for_these = addressed(heard)
    if not for_these.prompts:
        return None
    if _undecided(heard, for_these.prompts[0]):
        return (), (), (_take_your_time(for_these.prompts[0]),)
    found = _BY_KIND[for_these.prompts[0].kind](heard, list(for_these.prompts))
    if found is None:
        return None
    requests, acts, says = found
    return requests, acts, (*says, *for_these.besides)


def _undecided(heard: Heard, prompt: Prompt) -> bool:
    """ "je vous confirme ça plus tard": neither a yes nor a no; the message of ours stays to be answered."""
    settled = heard.signs & {"takes", "passes", "cannot"} or heard.no
    return (
        prompt.open and "undecided" in heard.signs and not settled and not heard.understanding.has("cancel_appointment")
    )


def _take_your_time(prompt: Prompt) -> Ask:
    if prompt.until is None or prompt.status != "open":
        return Ask("take_your_time")
    return Ask("take_your_time_until", args={"start": prompt.until.isoformat()})


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
    late = over or prompt.asked_until is not None
    if late and prompt.listed and prompt.offer is not None and prompt.status in LATE:
        return (), (StandBy(offer=prompt.offer, start=prompt.place.start),), ()
    if over:
        return (), (), (Ask("offer_gone" if prompt.listed else "offer_over", args=about),)
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
    if not heard.understanding.has("cancel_appointment") or heard.no or "passes" in heard.signs:
        return False
    named, local = heard.told_of, heard.facts.directory.local
    if named is None:
        return "appointment" in heard.signs
    theirs = [a.start for a in heard.facts.appointments if a.patient_id == prompt.patient and a.status == "booked"]
    meant = [prompt.place.start, *theirs]
    inside = [any(w.holds(local(start)) for w in named.prefer) for start in meant]
    return not inside[0] or any(inside[1:])


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
