"""What a range with conditions cannot do as it stands: kept for nobody, open when nobody works. Told before it is kept
and as long as it is so; never a refusal. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from releve.agenda.schedule import DAYS
from releve.core.ports import VisitRecord
from releve.desk.settings.conditions import WHEN, without
from releve.desk.settings.rules import PLAIN, grid, ordinary, rules
from releve.desk.settings.telling import days_told, hours_told, kept_told

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Doubt:
    """`visits`: it is mended where the visits are set."""

    words: str
    visits: bool = False


def doubts(rule: Rule, visits: Sequence[VisitRecord]) -> list[Doubt]:
    """`visits`: all that the person does."""
    found = []
    fitting = [visit for visit in visits if _fits(visit, rule)]
    if visits and not fitting:
        found.append(Doubt(_nobody(rule, visits), visits=True))
    if rule.get("kept_until"):
        if fitting and not any(visit.urgent for visit in fitting):
            told = _("Gardé pour l’urgent, mais aucun de ces types de rendez-vous n’est marqué urgent.")
            only = _("Jusqu’à %(when)s, seule l’équipe peut donner ces places.") % {"when": kept_told(rule)}
            found.append(Doubt(f"{told} {only}", visits=True))
        if not rule.get("kept_days") and _minutes(rule["kept_until"]) >= _minutes(rule["end"]):
            late = _("À %(when)s, la plage est déjà finie : ce qui reste ne revient jamais à tout le monde.")
            found.append(Doubt(late % {"when": kept_told(rule)}))
    return found


def opened(week: Sequence[Rule], gone: Rule | None, new: Rule) -> Doubt | None:
    """A range that keeps places where nobody works: it makes hours instead. `gone` is what it replaces in the week."""
    if not new.get("kept_until"):
        return None
    worked, mine = grid([*ordinary(week), *([gone] if gone else [])]), grid([new])
    more = rules({day: without(mine[day], worked[day]) for day in DAYS})
    if not more:
        return None
    hours = " ; ".join(f"{days_told(rule['days'])}, {hours_told(rule)}" for rule in more)
    told = _("La plage ouvre des heures qui ne sont pas dans la semaine ordinaire : %(hours)s.")
    return Doubt(told % {"hours": hours})


def idle(week: Sequence[Rule], new: Rule, closed: bool) -> Doubt | None:
    """A range that only says when, of hours that are open every week: « even weeks » alone closes no odd one."""
    more = set(new) - PLAIN
    open_already, mine = grid(ordinary(week)), grid([new])
    if closed or not more or more - set(WHEN) or any(without(mine[day], open_already[day]) for day in DAYS):
        return None
    return Doubt(
        _(
            "Ces heures sont déjà ouvertes toutes les semaines : la plage n’y change rien. Pour ne recevoir que quand"
            " elle vaut, choisissez « fermé » sous « Le reste du temps »."
        )
    )


def _fits(visit: VisitRecord, rule: Rule) -> bool:
    """As `agenda.opening.open_to` has it."""
    other = "office" if visit.teleconsultation else "video"
    services = rule.get("services")
    return rule.get("place") != other and (not services or visit.identifier in services)


def _nobody(rule: Rule, visits: Sequence[VisitRecord]) -> str:
    known = {visit.identifier for visit in visits}
    if rule.get("services") and not known & set(rule["services"]):
        return _("Cette personne ne fait aucun de ces types de rendez-vous : personne ne peut réserver ici.")
    if rule.get("place") == "video":
        return _("Aucun de ces types de rendez-vous ne se fait par vidéo : personne ne peut réserver ici.")
    return _("Ces types de rendez-vous se font tous par vidéo : personne ne peut réserver ici.")


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")[:2]
    return int(hours) * 60 + int(minutes)
