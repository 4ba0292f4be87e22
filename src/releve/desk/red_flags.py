"""The list of red flags: reading it, and a physician's signature of the version in force."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from releve.core.acts import SignRedFlags
from releve.desk import page, queries, words
from releve.guarantee.startup import may_sign_red_flags
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, User

LONGEST_NAME = 200
LONGEST_VERSION = 20


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def red_flags(request: HttpRequest, practice: Organization) -> HttpResponse:
    """What is looked for and said, who signed; a POST signs the version that was read."""
    user = request.user
    assert isinstance(user, User)
    if request.method == "POST":
        return _sign(request, practice, user)
    return _show(request, practice, user, name=user.get_full_name())


def _show(request: HttpRequest, practice: Organization, user: User, status: int = 200, **form: str) -> HttpResponse:
    shown = queries.red_flags_shown(practice, user)
    return page.show(request, practice, "desk/red_flags.html", "guarantee", status=status, **shown, **form)


def _sign(request: HttpRequest, practice: Organization, user: User) -> HttpResponse:
    """The gate refuses anyone but a physician; here they are told before anything is written."""
    if not may_sign_red_flags(user):
        messages.error(request, words.refusal("not_a_physician"))
        return redirect("red-flags")
    name, version = _typed(request, "name", LONGEST_NAME), _typed(request, "version", LONGEST_VERSION)
    fault = _fault(name, request.POST.get("read", ""))
    if fault:
        return _show(request, practice, user, 422, name=name, fault=fault)
    outcome = page.act(request, practice, SignRedFlags(version=version, signed_by=name))
    page.say(request, outcome, _("Signature écrite dans le registre."))
    return redirect("red-flags")


def _typed(request: HttpRequest, field: str, longest: int) -> str:
    """Without control characters: PostgreSQL keeps no zero byte."""
    return "".join(c for c in request.POST.get(field, "") if c.isprintable()).strip()[:longest]


def _fault(name: str, read: str) -> str:
    """What is missing: "name", "read", or nothing."""
    if not name:
        return "name"
    return "" if read == "yes" else "read"
