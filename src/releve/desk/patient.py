"""One patient: the file, its contacts and identity, writing to them, and duplicates."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from releve.core.acts import Act, CorrectIdentity, UpdateContact, WriteToPatient
from releve.desk import page, patient_file
from releve.desk.identity import Contacts, CorrectionForm, written
from releve.desk.patient_file import File
from releve.dialogue.phrases import phone
from releve.ledger import queries as ledger
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, Patient
from releve.practice.rules import takes_sms

LONGEST_MESSAGE = 2000
CONTACT = "update_contact"


@require_safe
@of_the_practice
def patient(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """`?tout`: all appointments and the whole history. A merged duplicate leads to the file it is part of."""
    file = found(practice, identifier)
    if file.patient.merged_into is not None:
        return redirect(f"{of(file.patient.merged_into)}?reunie={file.patient.pk}")
    shown = patient_file.page(file, settings.CLOCK.now(), every="tout" in request.GET)
    came = next((p for p in file.merged if str(p.pk) == request.GET.get("reunie")), None)
    return page.show(request, practice, "desk/patient.html", "patients", came_from=came, **shown)


def found(practice: Organization, identifier: str) -> File:
    file = patient_file.read(practice, identifier)
    if file is None:
        raise Http404
    return file


def of(person: Patient) -> str:
    return reverse("patient", args=[person.identifier])


def _form(request: HttpRequest, practice: Organization, file: File, kind: str, form: Any, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {"file": file, "patient": file.patient, "kind": kind, "form": form, **more}
    status = 422 if form.is_bound else 200
    return page.show(request, practice, "desk/patient_form.html", "patients", status=status, **context)


# --- contacts -------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def contact(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """An empty field removes the contact. Ten seconds to undo."""
    file = found(practice, identifier)
    person = file.patient
    initial = {"phone": phone(person.phone) if person.phone else "", "email": person.email or ""}
    form = Contacts(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _form(request, practice, file, "contact", form)
    act = _changed(person, {k: v for k, v in form.cleaned_data.items() if k in request.POST})
    if act is not None:
        undo = reverse("undo-contact", args=[person.identifier])
        page.say(request, page.act(request, practice, act), _("Contacts changés."), undo=undo)
    return redirect(of(person))


def _changed(person: Patient, new: dict[str, str]) -> UpdateContact | None:
    """Only what is different; what was there is kept beside, so that it can be put back."""
    old = {"phone": person.phone or "", "email": person.email or ""}
    changes = {k: v for k, v in new.items() if v != old[k]}
    if not changes:
        return None
    return UpdateContact(patient=person.pk, **changes, **{f"old_{k}": old[k] for k in changes})


@require_POST
@of_the_practice
def undo_contact(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """Puts back what the last change at the desk replaced, unless something else has changed since."""
    person = found(practice, identifier).patient
    changes = [leaf["payload"]["act"] for leaf in ledger.about(f"patient:{person.pk}") if leaf["kind"] == CONTACT]
    last: dict[str, str] = changes[-1] if changes and changes[-1] else {}
    names = [n for n in ("phone", "email") if f"old_{n}" in last]
    if not names or any((getattr(person, n) or "") != last[n] for n in names):
        messages.error(request, _("Les contacts ont changé depuis : rien n’a été remis."))
        return redirect(of(person))
    back = {n: last[f"old_{n}"] for n in names}
    act = UpdateContact(patient=person.pk, **back, **{f"old_{n}": last[n] for n in names})
    page.say(request, page.act(request, practice, act), _("Contacts remis comme avant."))
    return redirect(of(person))


# --- identity -------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def identity(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """Traits change with a reason only (référentiel national d'identitovigilance)."""
    file = found(practice, identifier)
    person = file.patient
    initial = {
        "given": person.given, "family": person.family, "birth_date": written(person.birth_date), "sex": person.sex,
    }  # fmt: skip
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _form(request, practice, file, "identity", form)
    outcome = page.act(request, practice, _correction(person, form.cleaned_data))
    page.say(request, outcome, _("Identité corrigée."))
    return redirect(of(person))


def _correction(person: Patient, asked: dict[str, Any]) -> CorrectIdentity:
    old = {
        "given": person.given, "family": person.family, "birth_date": person.birth_date.isoformat(), "sex": person.sex,
    }  # fmt: skip
    return CorrectIdentity(patient=person.pk, old=old, **asked)


# --- writing to them ------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def write(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """By SMS or e-mail, to the contact on file; the conversation is then in this person's hands."""
    file = found(practice, identifier)
    person = file.patient
    reach = _reach(person)
    if request.method != "POST":
        return page.show(
            request, practice, "desk/patient_write.html", "patients", file=file, patient=person, reach=reach
        )
    text = page.typed(request, "text", LONGEST_MESSAGE)
    channel = request.POST.get("channel", "")
    if not text or channel not in {c for c, _address, stopped in reach if not stopped}:
        messages.error(request, _("Écrivez votre message et choisissez par où : rien n’est parti."))
        context: dict[str, Any] = {"file": file, "patient": person, "reach": reach, "text": text, "chosen": channel}
        return page.show(request, practice, "desk/patient_write.html", "patients", status=422, **context)
    act: Act = WriteToPatient(patient=person.pk, channel=channel, text=text)
    outcome = page.act(request, practice, act)
    page.say(request, outcome, _("Message envoyé."))
    talk = outcome.facts.get("conversation") if outcome is not None else None
    return redirect("conversation", talk) if talk else redirect(of(person))


def _reach(person: Patient) -> list[tuple[str, str, Any]]:
    """By which channels: (channel, address, since when they said STOP). A landline takes no SMS."""
    mobile = phone(person.phone) if person.phone and takes_sms(person.phone) else ""
    ways = [
        ("sms", mobile, getattr(person, "stop_sms", None)),
        ("email", person.email or "", getattr(person, "stop_email", None)),
    ]
    return [way for way in ways if way[1]]
