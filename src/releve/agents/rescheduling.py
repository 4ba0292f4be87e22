"""Moves an appointment: which one, the new wish, offered places, a held choice, a confirmation. The old place is
given up only in the act that takes the new one."""

from datetime import datetime, timedelta

from releve.agenda.offers import offers
from releve.agenda.own import coming
from releve.core.acts import CreateTask, HoldSlot, Identity, RescheduleAppointment
from releve.core.facts import Facts
from releve.core.ports import AppointmentRecord
from releve.core.talk import Ask, Party, Request, Step
from releve.core.understanding import Window, Wish


def reschedule(request: Request, facts: Facts, party: Party) -> Step:
    if party.identity not in (Identity.VERIFIED, Identity.STAFF):
        return Step(request, need=Identity.VERIFIED)
    found = coming(request, facts, party)
    if not found and request.service is not None and request.wish is not None:  # then it is a new one that they want
        return Step(request.having(kind="book", named=None, asked=(*request.asked, "kind")))
    if not found:
        return Step(says=(Ask("no_appointment"),))
    if len(found) > 1 and request.several:  # two places to find at once: the secretary does it better
        task = CreateTask(task="booking_help", patient=party.patient, note=request.text)
        return Step(acts=(task,), says=(Ask("passed_on"),))
    if len(found) > 1:
        return Step(request, Ask("which_appointment", "details", args={"appointments": [a.id for a in found]}))
    appointment = found[0]
    request = request.having(appointments=(appointment.id,))
    if request.chosen is not None:
        return _settle(request, facts, appointment)
    if request.wish is None:
        return Step(request, Ask("move_when", "time", args={"appointment": appointment.id}))
    return _offer(request, facts, appointment)


def _offer(request: Request, facts: Facts, appointment: AppointmentRecord) -> Step:
    wish = on_the_same_day(request.wish or Wish(asap=True), facts.directory.local(appointment.start), request)
    able = facts.directory.performers.get(appointment.service_id, ())
    wanted = request.practitioner if request.practitioner in able else appointment.practitioner_id
    who = able if request.any_practitioner else (wanted,)
    shown = (*request.shown, appointment.start)
    service = appointment.service_id
    found = offers(facts.directory, facts.calendars, who, service, wish, facts.now, shown, moving=appointment)
    if not found.places:
        return Step(says=(Ask("nothing_keep", args={"appointment": appointment.id}),))
    seen = request.having(shown=(*request.shown, *(p.start for p in found.places)))
    if found.exact and len(found.places) == 1:
        return _settle(seen.having(chosen=found.places[0]), facts, appointment)
    return Step(seen, Ask("offer" if found.exact else "offer_other", "slot", found.places))


def on_the_same_day(wish: Wish, start: datetime, request: Request) -> Wish:
    """ "plutôt 15 h" without a day means the day of the appointment itself."""
    if "same_day" not in request.asked:
        return wish
    day = start.replace(hour=0, minute=0)
    inside = tuple(
        Window(day + (w.start - w.start.replace(hour=0, minute=0)), day + (w.end - w.start.replace(hour=0, minute=0)))
        for w in wish.prefer
    )
    whole = Window(day, day + timedelta(days=1))
    return Wish(tuple(dict.fromkeys(inside)) or (whole,), wish.exclude, wish.asap)


def _settle(request: Request, facts: Facts, appointment: AppointmentRecord) -> Step:
    place = request.chosen
    assert place is not None
    hold = HoldSlot(
        practitioner=place.practitioner, service=place.service, start=place.start, moving=appointment.id
    )  # fmt: skip
    held = () if request.held else (hold,)
    if "yes" in request.asked:
        move = RescheduleAppointment(
            appointment=appointment.id,
            patient=appointment.patient_id,
            practitioner=place.practitioner,
            start=place.start,
        )
        return Step(acts=(*held, move))
    ask = Ask("confirm_move", "confirmation", (place,), {"appointment": appointment.id})
    return Step(request.having(held=True), ask, held)
