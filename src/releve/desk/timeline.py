"""A patient's history from the ledger, in plain words: what happened, by whom, and what was not done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.desk import words
from releve.desk.naming import whom
from releve.dialogue.phrases import phone
from releve.language.writing import NBSP
from releve.ledger.queries import Told
from releve.look.templatetags.french import birth, colon, hour, quoted, short_day
from releve.practice.models import Appointment, Task

# `{when}` and `{who}` are those of the appointment, `{task}` the kind of request, `{detail}` what only this act has.
SENTENCES: dict[str, str | Promise] = {
    "book_appointment": lazy("rendez-vous pris, {when}{who}{detail}"),
    "reschedule_appointment": lazy("rendez-vous déplacé au {when}{who}{detail}"),
    "cancel_appointment": lazy("rendez-vous annulé, {when}{who}"),
    "confirm_appointment": lazy("annonce sa venue, {when}{who}"),
    "mark_arrived": lazy("est là, {when}{who}"),
    "mark_no_show": lazy("absence notée, {when}{who}"),
    "undo_appointment": lazy("retour en arrière sur le rendez-vous, {when}{who}"),
    "send_reminder": lazy("rappel envoyé pour {when}"),
    "send_no_show_message": lazy("message envoyé après l’absence, {when}"),
    "join_waiting_list": lazy("inscription sur la liste d’attente"),
    "leave_waiting_list": lazy("retrait de la liste d’attente{detail}"),
    "return_to_waiting_list": lazy("retour sur la liste d’attente, au même rang"),
    "offer_freed_place": lazy("place libérée proposée, {when}"),
    "offer_place": lazy("place proposée par l’équipe, {when}"),
    "pass_offers_on": lazy("place retirée par l’équipe, proposée à la personne suivante"),
    "stop_offers": lazy("propositions arrêtées par l’équipe, {when}"),
    "resume_offers": lazy("propositions reprises par l’équipe, {when}"),
    "set_priority": lazy("priorité{detail}"),
    "decline_offer": lazy("ne prend pas la place proposée"),
    "stand_by": lazy("prend la place, si la personne suivante ne la prend pas"),
    "give_place": lazy("place donnée à qui l’avait demandée, {when}{who}"),
    "expire_offer": lazy("pas de réponse : la place est proposée à la personne suivante"),
    "propose_move": lazy("autre date proposée, {when}"),
    "call_to_move": lazy("rendez-vous à replacer : une personne appelle"),
    "create_task": lazy("demande confiée à l’équipe : {task}"),
    "request_renewal": lazy("demande confiée à l’équipe : {task}"),
    "request_document": lazy("demande confiée à l’équipe : {task}"),
    "decide_task": lazy("demande réglée : {task}"),
    "undo_decision": lazy("décision annulée : {task}"),
    "assign_task": lazy("demande transmise : {task}"),
    "answer": lazy("réponse donnée d’après la fiche du cabinet"),
    "send_code": lazy("code de vérification envoyé"),
    "opt_out": lazy("STOP : ne veut plus de nos messages"),
    "take_over": lazy("conversation prise en main"),
    "hand_back": lazy("conversation rendue à l’assistant"),
    "send_message": lazy("message de l’équipe"),
    "write_to_patient": lazy("message de l’équipe{detail}"),
    "register_patient": lazy("fiche ouverte"),
    "update_contact": lazy("contact changé{detail}"),
    "correct_identity": lazy("identité corrigée{detail}"),
    "merge_patients": lazy("une fiche en double réunie à celle-ci"),
    "unmerge_patients": lazy("fiches séparées"),
}
# Of the practice rather than of someone.
OF_THE_PRACTICE: dict[str, str | Promise] = {
    "record_absence": lazy("absence d’un soignant notée, {when}"),
    "end_absence": lazy("absence d’un soignant changée"),
    "stop_assistant": lazy("assistant arrêté"),
    "sign_start_up": lazy("mise en service signée"),
    "sign_red_flags": lazy("liste des alertes signée"),
    "found_practice": lazy("cabinet créé"),
    "update_practice": lazy("fiche du cabinet changée"),
    "keep_practitioner": lazy("fiche d’un soignant changée"),
    "keep_schedule": lazy("horaires d’un soignant changés"),
    "keep_service": lazy("type de rendez-vous changé"),
    "order_services": lazy("ordre des types de rendez-vous changé"),
    "keep_resource": lazy("salle ou appareil changé"),
    "keep_faq": lazy("question pratique changée"),
    "keep_text": lazy("texte envoyé aux patients changé"),
    "keep_user": lazy("compte changé"),
}
REJECTED = lazy("demande refusée : {task}")
RESTARTED = lazy("assistant remis en service")
TRAITS = {"family": lazy("nom"), "given": lazy("prénom"), "birth_date": lazy("naissance"), "sex": lazy("sexe")}


@dataclass(frozen=True)
class Line:
    """`hand`: person, assistant, rule or patient; `state`: done, kept (for a person) or refused, with its reason."""

    at: datetime
    day: date
    words: str
    hand: str
    by: str = ""
    state: str = "done"
    reason: str = ""
    appointment: str = ""  # identifiers, for links
    task: str = ""
    conversation: int | None = None


def lines(
    leaves: Sequence[Told], appointments: Mapping[int, Appointment], tasks: Mapping[int, Task], now: datetime
) -> list[Line]:
    """In the order of the leaves; what only keeps the house in order is left out."""
    known = [leaf for leaf in leaves if leaf.kind in SENTENCES]
    return [_line(leaf, appointments, tasks, now) for leaf in known]


def _line(leaf: Told, appointments: Mapping[int, Appointment], tasks: Mapping[int, Task], now: datetime) -> Line:
    kind, _bar, key = leaf.subject.partition(":")
    row = appointments.get(int(key)) if kind == "appointment" else None
    task = tasks.get(int(key)) if kind == "task" else None
    status = leaf.payload.get("status")
    local = timezone.localtime(leaf.at)
    return Line(
        at=leaf.at,
        day=local.date(),
        words=capfirst(sentence(leaf, row, task, now)),
        hand=hand(leaf.author),
        by=leaf.by,
        state="refused" if status == "refused" else "kept" if is_kept(leaf) else "done",
        reason=words.refusal(leaf.payload.get("why", "")) if status == "refused" else "",
        appointment=row.identifier if row is not None else "",
        task=task.identifier if task is not None else "",
        conversation=leaf.conversation,
    )


def hand(author: str) -> str:
    """person, rule, patient or assistant"""
    if author == "staff" or author.startswith("user:"):
        return "person"
    return {"timer": "rule", "form": "patient"}.get(author, "assistant")


def is_kept(leaf: Told) -> bool:
    """A proposal that waits for a person, other than a request made for one."""
    return leaf.payload.get("decision") == "ask"


def sentence(leaf: Told, row: Appointment | None, task: Task | None, now: datetime) -> str:
    act: dict[str, Any] = leaf.payload.get("act", {})
    start = moment(act.get("start")) or (row.start if row is not None else None)
    return (
        _said(leaf.kind, act)
        .format(
            when=when(start, now) if start is not None else "",
            who=f", {whom(row.practitioner)}" if row is not None else "",
            task=words.word(words.KINDS, task.kind if task is not None else act.get("task", "other")).lower(),
            detail=_detail(leaf.kind, act),
        )
        .rstrip(" ,:")
    )


def _said(kind: str, act: Mapping[str, Any]) -> str:
    if kind == "decide_task" and act.get("decision") == "reject":
        return str(REJECTED)
    if kind == "stop_assistant" and not act.get("stopped", True):
        return str(RESTARTED)
    return str((SENTENCES | OF_THE_PRACTICE)[kind])


def _detail(kind: str, act: Mapping[str, Any]) -> str:
    if kind == "update_contact":
        parts = [_change(act.get(f"old_{name}"), act.get(name)) for name in ("phone", "email")]
    elif kind == "correct_identity":
        old = act.get("old", {})
        changed = [name for name in TRAITS if name in old and old[name] != act.get(name, "")]
        parts = [f"{TRAITS[n]}{colon()} {_trait(n, old[n])} → {_trait(n, act.get(n, ''))}" for n in changed]
        parts += [quoted(act["reason"])] if act.get("reason") else []
    elif kind == "set_priority":
        level = {2: "first", 1: "sooner"}.get(act.get("priority", 0))
        parts = [words.word(words.RANKS, level) if level else _("aucune"), str(act.get("reason", ""))]
    elif act.get("overbooking"):
        return " " + _("(en surréservation : %(why)s)") % {"why": act["overbooking"]}
    elif kind == "leave_waiting_list":
        parts = [str(act.get("reason", ""))]
    elif kind == "write_to_patient":
        parts = [words.word(words.CHANNELS, str(act.get("channel", "")))]
    else:
        parts = []
    told = ", ".join(part for part in parts if part)
    return f"{colon()} {told}" if told else ""


def _change(old: str | None, new: str | None) -> str:
    """Nothing when it was not touched."""
    if new is None:
        return ""
    shown = phone(new) if new else _("retiré")
    return f"{phone(old)} → {shown}" if old else shown


def _trait(name: str, value: str) -> str:
    if name == "birth_date" and value:
        return birth(date.fromisoformat(value))
    return value or _("non précisé")


def when(start: datetime, now: datetime) -> str:
    """mar. 17 mars à 17 h 20; with its year when it is another."""
    local = timezone.localtime(start)
    year = f"{NBSP}{local.year}" if local.year != timezone.localtime(now).year else ""
    return _("%(day)s à %(hour)s") % {"day": f"{short_day(local)}{year}", "hour": hour(local)}


def moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
