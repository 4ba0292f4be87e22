"""What the pages of the settings share: the list of sections, the frame, and saving by an act."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as lazy

from releve.core.acts import Act
from releve.desk import page
from releve.desk.agenda.absence import DISPLACED
from releve.desk.settings import queries
from releve.guarantee import startup
from releve.practice.models import Appointment, Organization

MOVES = "moves"  # what the button of stranded.html says

# (name of the address, what it is called)
SECTIONS = (
    ("settings-practice", lazy("Cabinet")),
    ("settings-opening", lazy("Heures d’ouverture")),
    ("settings-people", lazy("Soignants et horaires")),
    ("settings-visits", lazy("Types de rendez-vous")),
    ("settings-resources", lazy("Salles et appareils")),
    ("settings-elsewhere", lazy("Agenda d’un autre logiciel")),
    ("settings-faq", lazy("Questions pratiques")),
    ("settings-texts", lazy("Textes envoyés")),
    ("settings-assistant", lazy("Assistant")),
    ("settings-users", lazy("Comptes")),
    ("settings-own", lazy("Mes préférences")),
)


def show(
    request: HttpRequest, practice: Organization, template: str, section: str, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the settings; `may` is false for who only looks."""
    mine = {"may": queries.leads(request.user), "unsigned": not startup.is_signed(practice)}
    shown = {"section": section, "sections": SECTIONS, **mine, **context}
    return page.show(request, practice, f"desk/settings/{template}.html", "settings", status=status, **shown)


def keep(request: HttpRequest, practice: Organization, deed: Act, done: str, part: str = "") -> bool:
    """Acts and says what became of it; `done` empty: only a refusal is worth saying. True when it is so now; the same
    form sent twice is told once."""
    outcome = page.act(request, practice, deed, part)
    if outcome is None or (not done and outcome.status != "refused"):
        return True
    return page.say(request, outcome, done)


def then_moves(request: HttpRequest, left: Sequence[Appointment]) -> HttpResponse | None:
    """The change is kept; « proposer d’autres dates » was pressed: the same batch of moves as for an absence."""
    if not left or request.POST.get("anyway") != MOVES:
        return None
    request.session[DISPLACED] = [row.pk for row in left]
    return redirect("moves")
