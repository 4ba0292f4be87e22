"""Two files of one person: a person compares them, puts them together, and can take them apart again."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Model, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from releve.core.acts import MergePatients, UnmergePatients
from releve.desk import page
from releve.desk.patient import found, of
from releve.ledger import queries as ledger
from releve.look.doors import of_the_practice
from releve.practice.models import Appointment, Conversation, Organization, Patient, Task, WaitingListEntry

HELD: dict[str, type[Model]] = {
    "appointments": Appointment, "entries": WaitingListEntry, "tasks": Task, "conversations": Conversation,
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def merge(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """`?autre=`: the two side by side; a POST keeps the first and makes the other lead to it."""
    patient = found(practice, identifier).patient
    other = _other(practice, request.POST.get("other") or request.GET.get("autre"))
    if other == patient or patient.merged_into_id or other.merged_into_id:
        raise Http404
    if request.method != "POST":
        both = _described(patient, other)
        return page.show(
            request, practice, "desk/patient_merge.html", "patients", patient=patient, other=other, both=both
        )
    kept, leaving = (other, patient) if request.POST.get("keep") == str(other.pk) else (patient, other)
    act = MergePatients(patient=leaving.pk, into=kept.pk, **_held(leaving))
    page.say(request, page.act(request, practice, act), _("Les deux fiches n’en font qu’une."))
    return redirect(of(kept))


@require_POST
@of_the_practice
def unmerge(request: HttpRequest, practice: Organization, identifier: str) -> HttpResponse:
    """What the other file held when they were put together goes back to it."""
    patient = found(practice, identifier).patient
    other = _other(practice, request.POST.get("other"))
    act = _apart(patient, other)
    if act is None:
        messages.error(request, _("Ces fiches ne sont plus réunies : rien n’a été changé."))
    else:
        page.say(request, page.act(request, practice, act), _("Les fiches sont de nouveau séparées."))
    return redirect(of(patient))


def _other(practice: Organization, key: str | None) -> Patient:
    number = int(key) if key and key.isdecimal() and len(key) < 19 else 0
    other = Patient.objects.filter(organization=practice, pk=number).first()
    if other is None:
        raise Http404
    return other


def _held(patient: Patient) -> dict[str, tuple[int, ...]]:
    return {
        name: tuple(model._default_manager.filter(patient=patient).order_by("pk").values_list("pk", flat=True))
        for name, model in HELD.items()
    }


def _apart(patient: Patient, other: Patient) -> UnmergePatients | None:
    """From the ledger's own account of the merge."""
    merges = [leaf["payload"].get("act", {}) for leaf in ledger.about(f"patient:{patient.pk}") if leaf["payload"]]
    last = next((a for a in reversed(merges) if a.get("patient") == other.pk and a.get("into") == patient.pk), None)
    if last is None or other.merged_into_id != patient.pk:
        return None
    return UnmergePatients(patient=other.pk, into=patient.pk, **{name: tuple(last.get(name, ())) for name in HELD})


def _described(patient: Patient, other: Patient) -> list[dict[str, Any]]:
    """How much each holds; one query."""
    coming = Q(appointments__status="booked", appointments__start__gt=settings.CLOCK.now())
    rows = Patient.objects.filter(pk__in=[patient.pk, other.pk]).annotate(
        visits=Count("appointments", distinct=True), coming=Count("appointments", filter=coming, distinct=True)
    )
    known = {row.pk: row for row in rows}
    files: Sequence[Patient] = [known[patient.pk], known[other.pk]]
    return [{"file": row, "visits": getattr(row, "visits", 0), "coming": getattr(row, "coming", 0)} for row in files]
