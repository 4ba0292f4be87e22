"""Puts someone on the waiting list: to be told when an earlier place is freed."""

from releve.core.acts import Identity
from releve.core.facts import Facts
from releve.core.ports import AppointmentRecord
from releve.core.talk import Ask, Party, Request, Step
from releve.core.understanding import Wish
from releve.core.waiting import JoinWaitingList


def join_list(request: Request, facts: Facts, party: Party) -> Step:
    if "sure" in request.asked and "yes" not in request.asked:
        return Step(request, Ask("join_list", "confirmation"))
    if request.service is None and request.practitioner is None:
        keys = [k for k, s in facts.directory.services.items() if s.bookable_online]
        return Step(request, Ask("visit_type", "visit_type", args={"services": keys, "unknown": request.unknown}))
    if party.identity is Identity.NONE:
        return Step(request, need=Identity.CLAIMED)
    later = _later(request, facts, party)
    service = later.service_id if later is not None else request.service
    if service is None:
        keys = list(facts.directory.services_of(request.practitioner)) if request.practitioner is not None else []
        return Step(request, Ask("visit_type", "visit_type", args={"services": keys, "unknown": ""}))
    act = JoinWaitingList(
        service=service,
        practitioner=later.practitioner_id if later is not None else _only(request, service, facts),
        patient=party.patient,
        newcomer=party.newcomer if party.patient is None else None,
        wish=_wish(request),
        appointment=later.id if later is not None else None,
    )
    return Step(acts=(act,))


def _only(request: Request, service: int, facts: Facts) -> int | None:
    able = facts.directory.performers.get(service, ())
    if request.practitioner in able:
        return request.practitioner
    return able[0] if len(able) == 1 else None


def _later(request: Request, facts: Facts, party: Party) -> AppointmentRecord | None:
    """The coming appointment that an earlier place would replace; only of someone who proved who they are."""
    if party.identity is not Identity.VERIFIED:
        return None
    mine = [
        a for a in facts.appointments if a.patient_id == party.patient and a.status == "booked" and a.start > facts.now
    ]
    fits = [
        a
        for a in mine
        if (request.practitioner is None or a.practitioner_id == request.practitioner)
        and (request.service is None or a.service_id == request.service or request.practitioner is not None)
    ]
    return min(fits, key=lambda a: a.start) if fits else None


def _wish(request: Request) -> Wish | None:
    """The times that were wished; nothing means any time, which counts less than a wish (`agenda.waiting_list`)."""
    return request.wish if request.wish is not None and request.wish.prefer else None
