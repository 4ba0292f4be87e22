"""Confirms that people will come."""

from releve.agenda.own import coming
from releve.core.acts import ConfirmAppointment, Identity
from releve.core.facts import Facts
from releve.core.talk import Ask, Party, Request, Step


def confirm(request: Request, facts: Facts, party: Party) -> Step:
    if party.identity not in (Identity.VERIFIED, Identity.REPLY, Identity.STAFF):
        return Step(request, need=Identity.VERIFIED)
    found = coming(request, facts, party)
    if not found:
        return Step(says=(Ask("no_appointment"),))
    if len(found) > 1 and not request.several:
        return Step(request, Ask("which_appointment", "details", args={"appointments": [a.id for a in found]}))
    return Step(acts=tuple(ConfirmAppointment(appointment=a.id, patient=a.patient_id) for a in found))
