"""An agenda brought in from a file: choose it, see what would become of each line, bring in what can be."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from releve.desk.settings.page import show
from releve.intake import elsewhere as intake
from releve.intake.models import InboundEvent
from releve.interop.csv_agenda import going_on, words
from releve.interop.csv_agenda.planning import Plan
from releve.interop.csv_agenda.reading import MOST_BYTES, BadTable, Fault, text_of
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, User

SECTION = "settings-elsewhere"
SHOWN = 100  # refused lines on the page; the report has them all


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def choose(request: HttpRequest, practice: Organization) -> HttpResponse:
    """A file; nothing is brought in yet."""
    error = ""
    if request.method == "POST":
        try:
            text = _sent(request)
            going_on.planned(practice, text, settings.CLOCK.now())
        except BadTable as why:
            error = words.refused(why.code, why.fields)
        else:
            key = intake.keep_file(text, organization=practice, now=settings.CLOCK.now())
            return redirect("settings-import-file", key=key)
    names = [words.field(name) for name in ("family", "given", "birth", "date", "time", "practitioner", "service")]
    return show(request, practice, "import", SECTION, 422 if error else 200, error=error, names=names)


def _sent(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        raise BadTable("empty")
    if (file.size or 0) > MOST_BYTES:
        raise BadTable("too_big")
    return text_of(file.read())


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def one(request: HttpRequest, practice: Organization, key: UUID) -> HttpResponse:
    """What would become of each line; then how far it is; then what became of them."""
    row = _file(practice, key)
    if row.reply:
        return _told(request, practice, row)
    found = going_on.planned(practice, row.payload["text"], settings.CLOCK.now())
    if request.method == "POST" and _wanted(request, found):
        assert isinstance(request.user, User)
        going_on.begin(row, found, practice=practice, user=request.user, now=settings.CLOCK.now())
        return redirect("settings-import-file", key=key)
    shown: dict[str, Any] = {
        "plan": found, "key": key,
        "mapping": [(words.field(name), heading) for name, heading in found.table.mapping.items()],
        "refused": _lines(found.faults), "notes": words.grouped(found.notes), "more": max(0, len(found.faults) - SHOWN),
    }  # fmt: skip
    return show(request, practice, "import_plan", SECTION, **shown)


def _wanted(request: HttpRequest, found: Plan) -> bool:
    """« tout » only while nothing is refused."""
    asked = request.POST.get("quoi")
    return bool(found.good) and (asked == "bonnes" or (asked == "tout" and not found.faults))


def _told(request: HttpRequest, practice: Organization, row: InboundEvent) -> HttpResponse:
    reply = row.reply or {}
    refused, notes = going_on.faults(reply, "refused"), going_on.faults(reply, "notes")
    shown: dict[str, Any] = {
        "reply": reply, "over": reply["state"] == "over", "key": row.pk, "refused": _lines(refused),
        "notes": words.grouped(notes), "more": max(0, len(refused) - SHOWN),
    }  # fmt: skip
    return show(request, practice, "import_done", SECTION, **shown)


@require_safe
@of_the_practice
def report(request: HttpRequest, practice: Organization, key: UUID) -> HttpResponse:
    """Every line that is refused, and why, as a table."""
    row = _file(practice, key)
    if row.reply:
        faults = [*going_on.faults(row.reply, "refused"), *going_on.faults(row.reply, "notes")]
    else:
        found = going_on.planned(practice, row.payload["text"], settings.CLOCK.now())
        faults = [*found.faults, *found.notes]
    answer = HttpResponse(
        words.report(sorted(faults, key=lambda fault: fault.line)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{_("import-refuses")}.csv"'
    return answer


def _file(practice: Organization, key: UUID) -> InboundEvent:
    row = intake.file_of(key, organization=practice)
    if row is None or not (row.reply or "text" in row.payload):
        raise Http404
    return row


def _lines(faults: Any) -> list[tuple[int, str]]:
    found: list[Fault] = list(faults)[:SHOWN]
    return [(fault.line, words.told(fault)) for fault in found]
