"""The guided set-up: from an empty database to a practice that answers. Each step can be left, gone back to, resumed.

Only whoever sees the terminal of `releve serve` can begin; nothing is public before the last step is signed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from releve.core.keeping import KeepPractitioner, KeepSchedule, KeepService, NoteSetUp, SendTest, UpdatePractice
from releve.desk import doors
from releve.desk import queries as desk
from releve.desk.settings import assistant, proposals, queries, steps
from releve.desk.settings import texts as wordings
from releve.desk.settings.forms import PersonForm, sent
from releve.desk.settings.page import keep
from releve.desk.settings.set_up_forms import AccountForm, FileForm, FoundForm, ProposalForm, TestForm
from releve.desk.settings.week import WeekForm, copied
from releve.dialogue import wording
from releve.intake import founding, loading
from releve.look.doors import of_the_practice
from releve.practice.file import BadFile
from releve.practice.jsonc import parse_text
from releve.practice.loader import AlreadyLoaded
from releve.practice.models import Organization, User

OPENED = "set-up"  # in the session of who came with the key
GETS = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponse]


def show(
    request: HttpRequest, step: str, practice: Organization | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """A step with the list of steps beside it."""
    shown = {"step": step, "progress": steps.progress(practice, step), "practice": practice, "form_id": uuid4()}
    return render(request, f"desk/set_up/{step}.html", {**shown, **context}, status=status)


def onwards(practice: Organization, after: str) -> HttpResponse:
    return redirect(f"set-up-{steps.after(after)}")


def led(view: View) -> View:
    """For those who answer for the practice; anyone else is told who does."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queries.leads(request.user):
            return render(request, "desk/set_up/not_yours.html", status=403)
        return view(request, *args, **kwargs)

    return door


# --- before there is a practice -------------------------------------------------------------------------------------
@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """Where to go on. With the key of the terminal, and while nobody can sign in, to the first account."""
    if founding.nobody_yet():
        if founding.opens(request.GET.get("cle", "")):
            request.session[OPENED] = True
            return redirect("set-up-account")
        return render(request, "desk/set_up/closed.html", {"wrong": "cle" in request.GET}, status=503)
    if not isinstance(request.user, User):
        return redirect_to_login(reverse("set-up"), settings.LOGIN_URL)
    return redirect(f"set-up-{steps.next_one(Organization.objects.first())}")


@never_cache
@require_http_methods(GETS)
def account(request: HttpRequest) -> HttpResponseBase:
    if not founding.nobody_yet() or not request.session.get(OPENED):
        return redirect("set-up")
    form = AccountForm(sent(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            user = founding.first_account(
                username=values["login"], given=values["given"], family=values["family"], password=values["password"]
            )
        except founding.NotFirst:
            return redirect("set-up")
        request.session.pop(OPENED)
        login(request, user)
        doors.unlock(request)
        return redirect("set-up-practice")
    return show(request, "account", None, 422 if form.errors else 200, form=form)


@require_http_methods(GETS)
@led
def practice(request: HttpRequest) -> HttpResponse:
    """Founds the practice; afterwards, the same page changes it."""
    found = Organization.objects.first()
    form = FoundForm(sent(request), initial=FoundForm.begun(found))
    if request.method == "POST" and form.is_valid():
        if found is not None:
            row = form.changed(found)
            if not row or keep(request, found, UpdatePractice(row=row), _("Le cabinet est à jour.")):
                return onwards(found, "practice")
        elif made := _found(request, form):
            return onwards(made, "practice")
    return show(request, "practice", found, 422 if form.errors else 200, form=form)


def _found(request: HttpRequest, form: FoundForm) -> Organization | None:
    assert isinstance(request.user, User)
    kind = form.cleaned_data["kind"]
    row = {**form.row(), "opening_hours": []}
    try:
        return founding.found(row, kind=kind, user=request.user, now=settings.CLOCK.now())
    except BadFile:
        form.add_error(None, _("Ces valeurs ne peuvent pas être gardées."))
    except AlreadyLoaded:
        form.add_error(None, _("Un cabinet est déjà installé ici."))
    return None


@require_http_methods(GETS)
@led
def file(request: HttpRequest) -> HttpResponse:
    """A practice file instead of the steps: the same reader and the same faults as `releve load`."""
    found = Organization.objects.first()
    form = FileForm(sent(request), request.FILES if request.method == "POST" else None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        made, faults = _loaded(form.text(), request.user)
        if made is not None:
            messages.success(request, _("Le fichier est chargé."))
            return onwards(made, "visits")
    return show(request, "file", found, 422 if form.errors or faults else 200, form=form, faults=faults)


def _loaded(text: str, user: User) -> tuple[Organization | None, list[str]]:
    """The practice of that file, or every fault of it."""
    try:
        return loading.load(parse_text(text), now=settings.CLOCK.now(), user=user), []
    except BadFile as error:
        return None, error.faults
    except AlreadyLoaded:
        return None, [_("Un cabinet est déjà installé ici ; rien n’a été changé.")]
    except ValueError as error:
        return None, [str(error)]


# --- the practice's own file ----------------------------------------------------------------------------------------
@require_http_methods(GETS)
@led
@of_the_practice
def people(request: HttpRequest, practice: Organization) -> HttpResponse:
    """One person at a time; « une autre personne » stays here."""
    known = list(queries.working(practice))
    first = {} if known else _first_person(request, practice)
    form = PersonForm(sent(request), initial=first)
    form.fields.pop("active")
    if request.method == "POST" and "next" in request.POST and known and not form.has_changed():
        return onwards(practice, "people")
    if request.method == "POST" and form.is_valid():
        done = _("%(given)s %(family)s est dans l’équipe.") % form.cleaned_data
        if keep(request, practice, KeepPractitioner(row=form.row()), done):
            return redirect("set-up-people") if "another" in request.POST else onwards(practice, "people")
    shown = {"form": form, "people": known, "proposed": bool(first), "kinds": proposals.kinds()}
    return show(request, "people", practice, 422 if form.errors else 200, **shown)


def _first_person(request: HttpRequest, practice: Organization) -> dict[str, str]:
    profession = proposals.kind(practice.set_up.get("kind", "")).profession
    return {"profession": profession} if profession else {}


@require_http_methods(GETS)
@led
@of_the_practice
def hours(request: HttpRequest, practice: Organization) -> HttpResponse:
    """When the practice is open; who has no hours yet works then."""
    proposed = proposals.kind(practice.set_up.get("kind", "")).rules
    rules = {"rules": practice.opening_hours or proposed}
    day = request.POST.get("copier")
    form = WeekForm(initial={**copied(request.POST, day), **rules}) if day else WeekForm(sent(request), initial=rules)
    working = list(queries.people(practice).filter(active=True))
    if form.is_bound and form.is_valid():
        week = form.rules()
        if not week:
            form.add_error("mon_0_from", _("Dites au moins un jour : sans horaires, personne ne peut réserver."))
        elif _kept_hours(request, practice, week, [p.identifier for p in working if not hasattr(p, "schedule")]):
            return onwards(practice, "hours")
    shown = {"form": form, "people": working, "proposed": not practice.opening_hours and not form.is_bound}
    return show(request, "hours", practice, 422 if form.errors else 200, **shown)


def _kept_hours(request: HttpRequest, practice: Organization, week: list[dict[str, Any]], who: list[str]) -> bool:
    act = UpdatePractice(row={"opening_hours": week})
    done = keep(request, practice, act, _("Les horaires sont enregistrés."))
    for key in who:
        schedule = {"practitioner": key, "rules": week, "overrides": [], "days_off": [], "capacity": 1}
        done = keep(request, practice, KeepSchedule(row=schedule), "", key) and done
    return done


@require_http_methods(GETS)
@led
@of_the_practice
def visits(request: HttpRequest, practice: Organization) -> HttpResponse:
    """What is ticked is kept; the rest of each row can be changed before."""
    known = list(queries.visits(practice).filter(active=True))
    proposed = proposals.visits(list(queries.working(practice)), [v.name for v in known])
    rows = [
        (ProposalForm(sent(request), prefix=f"v{n}", initial={**row, "keep": not known}), row, who)
        for n, (row, who) in enumerate(proposed)
    ]
    none = False
    if request.method == "POST" and all(form.is_valid() for form, *_ in rows):
        chosen = [(form, row, who) for form, row, who in rows if form.cleaned_data["keep"]]
        none = not chosen and not known and "own" not in request.POST
        if not none and all(_kept_visit(request, practice, *entry) for entry in chosen):
            return redirect("settings-visit-new") if "own" in request.POST else onwards(practice, "visits")
    bad = none or any(form.errors for form, *_ in rows)
    return show(request, "visits", practice, 422 if bad else 200, rows=rows, visits=known, none=none)


def _kept_visit(request: HttpRequest, practice: Organization, form: ProposalForm, row: Any, who: Any) -> bool:
    values = {**row, **form.row(), "practitioners": [p.identifier for p in who]}
    return keep(request, practice, KeepService(row=values), "", form.prefix or "")


# --- what leaves, and who answers for it ----------------------------------------------------------------------------
@require_http_methods(GETS)
@led
@of_the_practice
def texts(request: HttpRequest, practice: Organization) -> HttpResponse:
    if request.method == "POST" and keep(request, practice, NoteSetUp(step="texts"), ""):
        return onwards(practice, "texts")
    telling = wording.telling(practice.name)
    return show(request, "texts", practice, rows=wordings.rows(practice), telling=telling)


@require_http_methods(GETS)
@led
@of_the_practice
def test(request: HttpRequest, practice: Organization) -> HttpResponse:
    """A sample through the outbox; `skip` goes on without one."""
    if "skip" in request.POST and keep(request, practice, NoteSetUp(step="test"), ""):
        return onwards(practice, "test")
    form = TestForm(sent(request))
    if request.method == "POST" and form.is_valid():
        act = SendTest(channel=form.channel, address=form.cleaned_data["address"])
        if keep(request, practice, act, ""):
            return redirect("set-up-test")
    sample = wordings.preview(practice, "reminder", practice.texts.get("reminder", ""))["sample"]
    shown = {"form": form, "sample": sample, "sent": desk.last_test(), "shown": settings.ENVIRONMENT.show_messages}
    return show(request, "test", practice, 422 if form.errors else 200, **shown)


@require_http_methods(GETS)
@led
@of_the_practice
def sign(request: HttpRequest, practice: Organization) -> HttpResponse:
    missing = steps.missing(practice)
    form = assistant.sign_form(request, practice)
    if request.method == "POST" and not missing and form.is_valid() and assistant.sign(request, practice, form):
        return redirect("set-up-end")
    shown = {
        "form": form,
        "missing": missing,
        "record": queries.signed(practice),
        "flags": desk.red_flag_list(practice),
    }
    return show(request, "sign", practice, 422 if form.errors else 200, **shown)


@require_safe
@of_the_practice
def end(request: HttpRequest, practice: Organization) -> HttpResponse:
    if queries.signed(practice) is None:
        return redirect("set-up")
    address = request.build_absolute_uri(reverse("home"))
    local = request.get_host().rpartition(":")[0] in ("127.0.0.1", "localhost", "[::1]")
    flags, users = desk.red_flag_list(practice), User.objects.count()
    shown: dict[str, Any] = {"address": address, "here_only": local, "flags": flags, "users": users}
    return show(request, "end", practice, **shown)
