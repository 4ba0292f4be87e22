"""Why a place is refused, in words a colleague understands, and where that is decided."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.agenda.availability import Reason
from releve.agenda.calendar import HORIZON_DAYS, AgendaCalendar
from releve.agenda.public_holidays import is_public_holiday
from releve.desk.settings.booking_rules import days_of, span
from releve.language.writing import listed
from releve.look.templatetags.french import ages_told
from releve.practice.models import HealthcareService

SHORT: dict[Reason | None, str | Promise] = {
    None: lazy("libre"),
    "past": lazy("passé"),
    "too_soon": lazy("trop proche"),
    "too_far": lazy("trop loin"),
    "age": lazy("pas à cet âge"),
    "closed": lazy("fermé"),
    "kept": lazy("gardé pour l’urgent"),
    "taken": lazy("pris"),
    "buffer": lazy("pas assez de temps autour"),
    "day_full": lazy("journée complète"),
    "no_resource": lazy("salle ou appareil occupé"),
    "not_on_grid": lazy("entre deux places"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`where`: the page on which this is decided: "visit", "hours", "limits", "resources", "agenda" or nothing."""

    free: bool
    short: str
    words: str
    where: str


def answer(why: Reason | None, visit: HealthcareService, calendar: AgendaCalendar, start: datetime) -> Answer:
    words, where = _told(why, visit, calendar, start)
    return Answer(why is None, str(SHORT.get(why, why)), words, where)


def _told(why: Reason | None, visit: HealthcareService, calendar: AgendaCalendar, start: datetime) -> tuple[str, str]:
    """One reason, one sentence."""
    if why is None:
        return _("Libre : un patient peut prendre cette place."), ""
    if why == "closed":
        return _closed(calendar, start), "hours"
    days = HORIZON_DAYS if visit.horizon_days is None else visit.horizon_days
    ages = ages_told(visit.min_age, visit.max_age)
    sentences = {
        "past": (_("Cette heure est passée."), ""),
        "too_soon": (_("Trop proche : se prend au plus tard %s avant.") % span(visit.min_notice_min), "visit"),
        "too_far": (_("Trop loin : se prend au plus tôt %s avant.") % days_of(days), "visit"),
        "age": (_("Ce type de rendez-vous est prévu %s.") % ages, "visit"),
        "kept": (_("Gardé pour l’urgent : personne d’autre ne peut encore le prendre."), "hours"),
        "taken": (_("Déjà pris, ou une absence est notée."), "agenda"),
        "buffer": (_("Le temps libre à laisser avant ou après ne tient pas ici."), "visit"),
        "day_full": (_("Le nombre permis pour ce jour est atteint."), "limits"),
        "no_resource": (_("Rien de libre à cette heure : %s.") % listed(visit.needs, _("et")), "resources"),
        "not_on_grid": (_("Entre deux places : les débuts possibles tombent à d’autres minutes."), "visit"),
    }
    return sentences.get(why, (_("Cette place ne peut pas être prise."), ""))


def _closed(calendar: AgendaCalendar, start: datetime) -> str:
    schedule = calendar.person.schedule
    day = start.astimezone(ZoneInfo(schedule.timezone)).date()
    if day in schedule.days_off:
        return _("Absence ce jour-là.")
    if is_public_holiday(day, schedule.public_holidays):
        return _("Jour férié.")
    return _("Hors des heures de ce type de rendez-vous, ou trop près de leur fin.")
