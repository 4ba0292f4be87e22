"""Which of a person's own appointments a request is about."""

from releve.core.facts import Facts
from releve.core.ports import AppointmentRecord
from releve.core.talk import Party, Request


def coming(request: Request, facts: Facts, party: Party) -> tuple[AppointmentRecord, ...]:
    """Their booked appointments still to come; narrowed by what the person said, as long as something is left."""
    mine = tuple(
        a
        for a in sorted(facts.appointments, key=lambda a: (a.start, a.id))
        if a.patient_id in party.patients and a.status == "booked" and a.start > facts.now
    )
    if request.appointments:
        return tuple(a for a in mine if a.id in request.appointments)
    for narrowed in (
        tuple(a for a in mine if _named(a, request, facts)),
        tuple(a for a in mine if request.practitioner is None or a.practitioner_id == request.practitioner),
        tuple(a for a in mine if request.service is None or a.service_id == request.service),
    ):
        left = tuple(a for a in mine if a in narrowed)
        if left and not (len(left) == 1 and (request.several or each_named(mine, request, facts))):
            mine = left
    return mine


def each_named(own: tuple[AppointmentRecord, ...], request: Request, facts: Facts) -> bool:
    """ "celui de lundi et celui de jeudi": as many days were named as there are appointments, one on each."""
    days = request.named.prefer if request.named is not None else ()
    held = {a.id for w in days for a in own if w.holds(facts.directory.local(a.start))}
    return len(days) == len(own) == len(held) > 1


def _named(appointment: AppointmentRecord, request: Request, facts: Facts) -> bool:
    """The time the person named is this appointment's day, or its minute."""
    if request.named is None or not request.named.prefer:
        return True
    return any(w.holds(facts.directory.local(appointment.start)) for w in request.named.prefer)
