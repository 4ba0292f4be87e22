"""The component page: every component of the look in each of its states, from the templates that pages use.

It is the reference, and what the tests of the look see. Its examples are fictitious and never touch the database.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from releve.desk import page, ribbon, words
from releve.desk.forms import Plain
from releve.desk.history import Line
from releve.look.charts import bars, spark
from releve.look.doors import of_the_practice
from releve.look.templatetags.french import local
from releve.practice.models import Organization


@dataclass(frozen=True)
class Message:
    pk: int
    author: str
    text: str
    sent_at: datetime


class Fields(Plain):
    """One of each field; the example is filled in wrongly."""

    family = forms.CharField(label=lazy("Nom de famille"))
    birth = forms.DateField(
        label=lazy("Date de naissance"),
        error_messages={"invalid": lazy("Le 31 février n’existe pas. Exemple : 3 mai 1954")},
    )
    why = forms.ChoiceField(
        label=lazy("Motif du refus"), help_text=lazy("Un mot suffit."), required=False,
        choices=[("needs_visit", lazy("Il faut un rendez-vous")), ("other", lazy("Autre raison"))],
    )  # fmt: skip
    tell = forms.BooleanField(label=lazy("Prévenir M. Roche par SMS"), required=False)


@require_safe
@of_the_practice
def sheet(request: HttpRequest, practice: Organization) -> HttpResponse:
    now = local(settings.CLOCK.now()).replace(hour=10, minute=12, second=0, microsecond=0)
    at = now.replace(minute=0)
    opened = [(at.replace(hour=9), at.replace(hour=12)), (at.replace(hour=14), at.replace(hour=18))]
    taken = [(at.replace(hour=9), at.replace(hour=11)), (at.replace(hour=14), at.replace(hour=16))]
    days = [_("lun. 2"), _("mar. 3"), _("mer. 4"), _("jeu. 5"), _("ven. 6"), _("sam. 7")]
    received, decided = (31, 44, 38, 41, 36, 12), (19, 27, 21, 24, 18, 5)
    shown: dict[str, Any] = {
        "example_at": now,
        "sent": [
            Message(1, "patient", _("bjr je voudrais deplacer mon rdv de jeudi"), now - timedelta(minutes=14)),
            Message(2, "assistant", _("Bonjour. Votre date de naissance, s'il vous plaît ?"), now),
            Message(3, "patient", "شكرا جزيلا", now),
        ],
        "lines": [
            Line(now, "book_appointment", "Adèle Joly", _("rendez-vous pris, mer. 11 mars à 9 h 30"), "assistant"),
            Line(now, "confirm_appointment", "Rose Vidal", _("vient, lun. 9 mars à 11 h 50"), "rule"),
            Line(now, "mark_arrived", "Zoé Lambert", _("est là"), "person", "Hélène Petit"),
        ],
        "ribbon": ribbon.drawing([ribbon.row("Dr Amar", opened, taken, now)], now),
        "chart": bars(
            _("Demandes reçues (foncé) et décidées par une personne (clair)"),
            [_("Reçues"), _("Décidées")],
            list(zip(days, zip(received, decided, strict=True), strict=True)),
        ),
        "spark": spark(received, _("Demandes par jour : 31, 44, 38, 41, 36, 12")),
        "form": Fields({"family": "Roche", "birth": "31/02/1954", "tell": True}),
        "icons": icons(),
        "rdv_states": [(state, words.word(words.VISITS, state)) for state in words.VISITS],
        "colours": [
            ("paper", _("papier")),
            ("surface", _("surface")),
            ("sunken", _("creux")),
            ("ink", _("encre")),
            ("ink-2", _("encre 2")),
            ("ink-3", _("encre 3")),
            ("accent", _("pétrole")),
            ("mark", _("surligneur 1")),
            ("mark-2", _("surligneur 2")),
            ("mark-3", _("surligneur 3")),
            ("danger", _("garance")),
            ("warn", _("ambre")),
            ("ok", _("vert")),
        ],
    }
    return page.show(request, practice, "desk/sheet.html", "", **shown)


def icons() -> list[str]:
    """The names in `look/icons.svg`."""
    found = finders.find("look/icons.svg")
    return re.findall(r'id="i-([a-z-]+)"', Path(found).read_text(encoding="utf-8")) if isinstance(found, str) else []
