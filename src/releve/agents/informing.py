"""Tells someone when their own appointments are."""

from releve.agenda.own import coming
from releve.core.acts import Answer, Identity
from releve.core.facts import Facts
from releve.core.talk import Ask, Party, Request, Step


def inform(request: Request, facts: Facts, party: Party) -> Step:
    if party.identity not in (Identity.VERIFIED, Identity.STAFF):
        return Step(request, need=Identity.VERIFIED)
    found = coming(request, facts, party)
    if not found:
        return Step(says=(Ask("no_appointment"),))
    keys = [a.id for a in found]
    act = Answer(topic="appointment_info", sources=tuple(f"appointment:{k}" for k in keys))
    return Step(acts=(act,), says=(Ask("your_appointments", args={"appointments": keys}),))
