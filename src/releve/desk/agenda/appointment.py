"""One appointment: who, when, in which state, what was done to it, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.desk.agenda.grid import state_of
from releve.ledger import queries as ledger
from releve.ledger.queries import Told
from releve.look.templatetags.french import full_date
from releve.practice.models import Appointment

DID: dict[str, str | Promise] = {
    "book_appointment": lazy("Pris"),
    "reschedule_appointment": lazy("Déplacé"),
    "cancel_appointment": lazy("Annulé"),
    "confirm_appointment": lazy("Confirmé"),
    "send_reminder": lazy("Rappel envoyé"),
    "mark_arrived": lazy("Arrivée notée"),
    "mark_no_show": lazy("Absence notée"),
    "send_no_show_message": lazy("Message après l’absence envoyé"),
    "undo_appointment": lazy("Dernier geste annulé"),
    "propose_move": lazy("Autre date proposée"),
    "decline_offer": lazy("Autre date refusée"),
    "expire_offer": lazy("Pas de réponse à l’autre date : une personne appelle"),
    "call_to_move": lazy("À appeler pour convenir d’une autre date"),
}
OTHERS: dict[str, str | Promise] = {  # authors who are no named person
    "staff": lazy("l’équipe"),
    "timer": lazy("règle fixe"),
    "form": lazy("en ligne"),
    "agent": lazy("Assistant"),
}
DATED = ("book_appointment", "reschedule_appointment", "propose_move")
MOST = 20


@dataclass(frozen=True)
class Deed:
    """One line of the history. `machine`: done by an agent or a timer."""

    what: str
    who: str
    machine: bool
    at: datetime


def shown(row: Appointment, now: datetime) -> dict[str, Any]:
    """One query, for the history."""
    state, word = state_of(row, now)
    booked = row.status == "booked"
    return {
        "row": row,
        "state": state,
        "word": word,
        "reachable": bool(row.patient.phone or row.patient.email),
        "past": row.start <= now,
        "history": history(row),
        "can_arrive": booked and timezone.localtime(row.start).date() == timezone.localtime(now).date(),
        "can_miss": row.start <= now and row.status in ("booked", "arrived"),
        "can_confirm": booked and not row.confirmed and row.start > now,
        "booked": booked,
        "back": _back(row, now),
    }


def _back(row: Appointment, now: datetime) -> str:
    """What can still be taken back from the appointment's own page."""
    if row.status == "cancelled" and row.start > now:
        return "cancel_appointment"
    return {"noshow": "mark_no_show", "arrived": "mark_arrived"}.get(row.status, "")


def history(row: Appointment) -> Sequence[Deed]:
    """From the ledger, the newest first; what was refused changed nothing."""
    leaves = ledger.history([f"appointment:{row.pk}"], [], MOST)
    return [_deed(leaf) for leaf in leaves if leaf.kind in DID and leaf.payload.get("status") != "refused"]


def _deed(leaf: Told) -> Deed:
    """ "Déplacé : mardi 17 mars à 17 h 20" """
    act = leaf.payload.get("act", {})
    what, start = str(DID[leaf.kind]), act.get("start")
    if start and leaf.kind in DATED:
        when = full_date(datetime.fromisoformat(start))
        what = _("%(what)s : %(when)s") % {"what": what, "when": when}
    if act.get("series"):
        what = _("%(what)s, dans une série") % {"what": what}
    if act.get("overbooking"):
        what = _("%(what)s, en surréservation (%(why)s)") % {"what": what, "why": act["overbooking"]}
    if act.get("tell"):
        what = _("%(what)s, la personne prévenue") % {"what": what}
    by = leaf.by or str(OTHERS.get(leaf.author, OTHERS["agent"]))
    return Deed(what, by, not leaf.by and leaf.author not in OTHERS, leaf.at)
