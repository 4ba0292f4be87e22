"""Answers to messages that we sent: a reminder, the offer of a freed place, a word after a missed visit."""

from collections.abc import Callable
from datetime import timedelta

from releve.core.acts import Act, BookAppointment, DeclineOffer
from releve.core.facts import Prompt
from releve.core.talk import Ask, Request
from releve.dialogue.heard import Heard
from releve.language.matching import choose, named, same_person, together

TOGETHER = timedelta(hours=24)  # reminders sent within a day of each other are answered together
REFUSALS = ("deny", "cancel_appointment")
Answered = tuple[tuple[Request, ...], tuple[Act, ...], tuple[Ask, ...]]


def answered(heard: Heard) -> Answered | None:
    """Requests, acts and sentences when the message answers a prompt; None when it is about something else."""
    prompts = _addressed(heard)
    if not prompts:
        return None
    return _BY_KIND[prompts[0].kind](heard, prompts)


def _addressed(heard: Heard) -> list[Prompt]:
    """The prompts a bare word answers: the newest, and those of the same kind sent about the same time."""
    prompts = sorted(heard.facts.prompts, key=lambda p: p.sent_at, reverse=True)
    if not prompts:
        return []
    picked = choose(heard.text, [heard.facts.directory.local(p.place.start) for p in prompts])
    newest = prompts[picked.index] if picked.index is not None else prompts[0]
    group = [p for p in prompts if p.kind == newest.kind and abs(newest.sent_at - p.sent_at) < TOGETHER]
    chosen, _ = named(heard.text, heard.facts.contacts)
    if chosen:  # someone else is named: no answer to this message
        return [p for p in group if p.patient in chosen]
    return [] if _someone_else(heard, group) else group


def _someone_else(heard: Heard, group: list[Prompt]) -> bool:
    """A full name is given that is none of those the messages were about."""
    people = [p for prompt in group if (p := heard.facts.patient(prompt.patient)) is not None]
    full = [f"{n.given} {n.family}" for n in heard.understanding.names if n.given and n.family]
    return bool(full and people) and not any(same_person(p, name) for p in people for name in full)


def _offer(heard: Heard, prompts: list[Prompt]) -> Answered | None:
    prompt, u = prompts[0], heard.understanding
    if (u.has(*REFUSALS) or heard.no) and not heard.yes:
        if not prompt.open or prompt.offer is None:
            return (), (), (Ask("offer_gone", args={"start": prompt.place.start.isoformat()}),)
        return (), (DeclineOffer(offer=prompt.offer),), ()
    takes = "takes" in heard.signs and not heard.signs & {"doubt", "but", "question"}
    if not (heard.plain_yes(heard.facts.directory.local(prompt.place.start)) or takes):
        return None
    if not prompt.open:
        return (), (), (Ask("offer_gone", args={"start": prompt.place.start.isoformat()}),)
    place = prompt.place
    act = BookAppointment(
        practitioner=place.practitioner,
        service=place.service,
        start=place.start,
        patient=prompt.patient,
        offer=prompt.offer,
    )
    return (), (act,), ()


def _reminder(heard: Heard, prompts: list[Prompt]) -> Answered | None:
    u = heard.understanding
    live = [p for p in prompts if p.open]
    if not live:
        says = (Ask("was_cancelled", args={"start": prompts[0].place.start.isoformat()}),)
        return ((), (), says) if heard.yes or heard.no or u.has(*REFUSALS) else None
    other = heard.other_than(heard.facts.directory.local(live[0].place.start))
    if u.has("reschedule_appointment") or (other is not None and (heard.yes or u.has("book_appointment"))):
        return (_about(heard, live, "reschedule", wish=other or heard.wish),), (), ()
    if u.has("cancel_appointment") or (heard.no and not heard.yes):
        return (_about(heard, live, "cancel"),), (), ()
    return ((_about(heard, live, "confirm"),), (), ()) if heard.yes and "doubt" not in heard.signs else None


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
    "no_show": _come_back,
    "cancelled": _come_back,
}
