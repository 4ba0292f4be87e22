"""Hours, ranges and limits in words: what an agenda's rules say, for people who read them again a year later."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from releve.agenda.schedule import DAYS
from releve.language.writing import listed, wall
from releve.look.templatetags.french import birth, language

NAMES = (
    lazy("lundi"), lazy("mardi"), lazy("mercredi"), lazy("jeudi"), lazy("vendredi"), lazy("samedi"), lazy("dimanche"),
)  # fmt: skip
Visits = Mapping[str, str]  # names by identifier
FEWEST_IN_A_ROW = 3


def days_told(days: Iterable[str]) -> str:
    """du lundi au vendredi; mardi et jeudi"""
    numbers = sorted(DAYS.index(day) for day in set(days))
    names = [str(NAMES[n]) for n in numbers]
    if len(numbers) >= FEWEST_IN_A_ROW and numbers[-1] - numbers[0] == len(numbers) - 1:
        return _("du %(first)s au %(last)s") % {"first": names[0], "last": names[-1]}
    return listed(names, _("et"))


def hours_told(rule: Mapping[str, Any]) -> str:
    """9 h – 12 h 30"""
    return f"{_wall(rule['start'])} – {_wall(rule['end'])}"


def conditions_told(rule: Mapping[str, Any], visits: Visits) -> list[str]:
    """What is particular to a range, each in a few words, the weeks first."""
    found = [*_weeks(rule), *_between(rule)]
    if rule.get("services"):
        names = [visits.get(key, key) for key in rule["services"]]
        found.append(_("seulement %(visits)s") % {"visits": listed(names, _("et"))})
    if rule.get("kept_until"):
        found.append(_("gardé pour l’urgent jusqu’à %(when)s") % {"when": kept_told(rule)})
    if place := {"office": _("au cabinet"), "video": _("par vidéo")}.get(rule.get("place", "")):
        found.append(place)
    return found


def kept_told(rule: Mapping[str, Any]) -> str:
    """12 h la veille: when what is left is everybody's."""
    days = (_("le jour même"), _("la veille"), _("l’avant-veille"))
    at = {"hour": _wall(rule["kept_until"]), "day": days[min(rule.get("kept_days", 0), len(days) - 1)]}
    return _("%(hour)s %(day)s") % at


def _weeks(rule: Mapping[str, Any]) -> list[str]:
    words = {"even": _("semaines paires"), "odd": _("semaines impaires")}
    holidays = {"only": _("pendant les vacances scolaires"), "never": _("hors vacances scolaires")}
    every = rule.get("every", 1)
    counted = _("une semaine sur %(n)d") % {"n": every} if every > 1 else ""
    found = (counted, words.get(rule.get("weeks", "")), holidays.get(rule.get("school_holidays", "")))
    return [text for text in found if text]


def _between(rule: Mapping[str, Any]) -> list[str]:
    first, last = (birth(date.fromisoformat(rule[n])) if rule.get(n) else "" for n in ("from", "until"))
    if first and last:
        return [_("du %(first)s au %(last)s") % {"first": first, "last": last}]
    if first:
        return [_("à partir du %(day)s") % {"day": first}]
    return [_("jusqu’au %(day)s") % {"day": last}] if last else []


def limit_told(limit: Mapping[str, Any], visits: Visits) -> str:
    """Au plus 3 nouveaux patients par jour; Au plus 10 rendez-vous par jour, pour Vaccination."""
    n = limit["per_day"]
    if limit.get("new_patients"):
        text = ngettext("Au plus %(n)d nouveau patient par jour", "Au plus %(n)d nouveaux patients par jour", n)
    else:
        text = ngettext("Au plus %(n)d rendez-vous par jour", "Au plus %(n)d rendez-vous par jour", n)
    names = [visits.get(key, key) for key in limit.get("services", ())]
    about = _(", pour %(visits)s") % {"visits": listed(names, _("et"))} if names else ""
    return text % {"n": n} + about


def _wall(text: str) -> str:
    return wall(text.zfill(5), language())
