"""Cancels appointments: which ones, whose, and a yes to the full date before anything is given up."""

from releve.agenda.own import coming, each_named
from releve.core.acts import CancelAppointment, Identity
from releve.core.facts import Facts
from releve.core.talk import Ask, Party, Request, Step


def cancel(request: Request, facts: Facts, party: Party) -> Step:
    if party.identity not in (Identity.VERIFIED, Identity.REPLY, Identity.STAFF):
        return Step(request, need=Identity.VERIFIED)
    found = coming(request, facts, party)
    if not found:
        return Step(says=(Ask("no_appointment"),))
    if len(found) > 1 and not (request.several or request.appointments or each_named(found, request, facts)):
        return Step(request, Ask("which_appointment", "details", args={"appointments": [a.id for a in found]}))
    keys = [a.id for a in found]
    if "yes" in request.asked:
        return Step(acts=tuple(CancelAppointment(appointment=a.id, patient=a.patient_id) for a in found))
    request = request.having(appointments=tuple(keys))
    return Step(request, Ask("confirm_cancel", "confirmation", args={"appointments": keys}))
