"""Books an appointment: visit, person, wish, offered places, a held choice, a confirmation."""

from releve.agenda.offers import Offers, offers
from releve.core.acts import BookAppointment, CreateTask, HoldSlot, Identity, NewPatient
from releve.core.facts import Facts, Place
from releve.core.talk import Ask, Party, Request, Step
from releve.core.understanding import Wish


def book(request: Request, facts: Facts, party: Party) -> Step:
    """One step towards a booked appointment; every question is asked at most when its answer is missing."""
    if "for_several" in request.asked:  # several places to find together: the secretary does it better
        task = CreateTask(task="booking_help", patient=party.patient, note=request.text)
        return Step(acts=(task,), says=(Ask("passed_on"),))
    if request.service is None:
        return _ask_visit(request, facts)
    if not facts.directory.services[request.service].bookable_online:
        return _by_hand(request, facts, party)
    refusal = _no_newcomers(request, facts, party)
    if refusal is not None:
        return refusal
    if party.identity is Identity.NONE:
        return Step(request, need=Identity.CLAIMED)
    if _reserved(request, facts) and party.identity is Identity.CLAIMED:
        return Step(request, need=Identity.VERIFIED)  # same words whether or not the person has a file
    if request.chosen is None and request.wish is None and not request.shown:
        return Step(request, Ask("when", "time"))
    if request.chosen is None:
        return _offer(request, facts, party)
    return _settle(request, facts, party)


def _ask_visit(request: Request, facts: Facts) -> Step:
    who = request.practitioner
    keys = facts.directory.services_of(who) if who is not None else tuple(facts.directory.services)
    online = [k for k in keys if facts.directory.services[k].bookable_online]
    return Step(request, Ask("visit_type", "visit_type", args={"services": online, "unknown": request.unknown}))


def _by_hand(request: Request, facts: Facts, party: Party) -> Step:
    if party.identity is Identity.NONE:
        return Step(request, need=Identity.CLAIMED)
    task = CreateTask(task="booking_help", patient=party.patient, note=request.text)
    return Step(acts=(task,), says=(Ask("not_online", args={"service": request.service}),))


def _performers(request: Request, facts: Facts, party: Party) -> tuple[int, ...]:
    """Who may be offered. Without a verified file, only those who take new patients: the list says nothing of whether
    the person has a file here."""
    assert request.service is not None
    able = facts.directory.performers.get(request.service, ())
    if request.practitioner in able and not request.any_practitioner:
        return (request.practitioner,)
    known = party.identity in (Identity.VERIFIED, Identity.REPLY)
    return tuple(k for k in able if known or facts.directory.practitioners[k].accepts_new_patients)


def _no_newcomers(request: Request, facts: Facts, party: Party) -> Step | None:
    """The practice's published rule on new patients; the same message names who does take them."""
    newcomer = request.new_patient or (party.newcomer is not None and party.identity is Identity.VERIFIED)
    if not newcomer or not _reserved(request, facts):
        return None
    assert request.service is not None
    able = facts.directory.performers.get(request.service, ())
    others = [k for k in able if k != request.practitioner and facts.directory.practitioners[k].accepts_new_patients]
    open_service = facts.directory.services[request.service].new_patients
    if not others or not open_service:
        return Step(says=(Ask("no_new_patients", args={"practitioner": request.practitioner, "others": []}),))
    ask = Ask("no_new_patients", "confirmation", args={"practitioner": request.practitioner, "others": others})
    return Step(request.having(asked=(*request.asked, "other_practitioner")), ask)


def _reserved(request: Request, facts: Facts) -> bool:
    """This visit, or this practitioner, is for known patients only."""
    assert request.service is not None
    if not facts.directory.services[request.service].new_patients:
        return True
    able = facts.directory.performers.get(request.service, ())
    if request.practitioner in able and not request.any_practitioner:
        return not facts.directory.practitioners[request.practitioner].accepts_new_patients
    return not any(facts.directory.practitioners[k].accepts_new_patients for k in able)


def find(request: Request, facts: Facts, party: Party) -> Offers:
    assert request.service is not None
    who = _performers(request, facts, party)
    wish = request.wish or Wish(asap=True)
    newcomer = party.patient is None
    return offers(facts.directory, facts.calendars, who, request.service, wish, facts.now, request.shown, newcomer)


def _offer(request: Request, facts: Facts, party: Party) -> Step:
    found = find(request, facts, party)
    if not found.places:
        waiting = request.having(asked=(*request.asked, "list"))
        return Step(waiting, Ask("nothing_at_all", "confirmation", args={"service": request.service}))
    if not found.exact and request.list_too:
        return Step(request.having(kind="join_list"), says=(Ask("nothing_then_list"),))
    shown = (*request.shown, *(p.start for p in found.places))
    if found.exact and (len(found.places) == 1 or _precise(request)):
        return _settle(request.having(chosen=found.places[0], shown=shown), facts, party)
    say = "offer" if found.exact else "offer_other"
    return Step(request.having(shown=shown), Ask(say, "slot", found.places))


def _precise(request: Request) -> bool:
    """The person named one exact minute."""
    windows = request.wish.prefer if request.wish else ()
    return len(windows) == 1 and (windows[0].end - windows[0].start).total_seconds() <= 60


def _settle(request: Request, facts: Facts, party: Party) -> Step:
    """A place was chosen: hold it, ask how to reach a stranger, then ask for the last word."""
    place = request.chosen
    assert place is not None
    held = (
        () if request.held else (HoldSlot(practitioner=place.practitioner, service=place.service, start=place.start),)
    )
    request = request.having(held=True)
    if "yes" in request.asked:
        return Step(acts=(*held, _booking(request, place, party)))
    if _unreachable(facts, party) and "phone" not in request.asked:
        return Step(request.having(asked=(*request.asked, "phone")), Ask("phone", "details", (place,)), held)
    return Step(request, Ask("confirm_booking", "confirmation", (place,), _for_whom(party, facts)), held)


def _for_whom(party: Party, facts: Facts) -> dict[str, str]:
    """The given name as the person themself said it; never one read from a file that they have not proved theirs."""
    if party.said:
        return {"given": party.said}
    patient = facts.patient(party.patient) if party.patient is not None else None
    return {"given": patient.given} if patient is not None else {}


def _unreachable(facts: Facts, party: Party) -> bool:
    """Asked of everyone without a verified file who writes from no address, whether or not they have a file."""
    given = party.newcomer.phone or party.newcomer.email if party.newcomer else None
    return facts.address is None and party.identity is Identity.CLAIMED and not given


def _booking(request: Request, place: Place, party: Party) -> BookAppointment:
    newcomer: NewPatient | None = party.newcomer if party.patient is None else None
    return BookAppointment(
        practitioner=place.practitioner,
        service=place.service,
        start=place.start,
        patient=party.patient,
        newcomer=newcomer,
    )
