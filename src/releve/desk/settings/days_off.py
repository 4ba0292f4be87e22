"""Public and school holidays by name: the choices, and those to come, so that one sees that the choice is right."""

from datetime import date

from django.utils.translation import gettext_lazy as lazy

from releve.agenda.public_holidays import TERRITORIES as CODES
from releve.agenda.public_holidays import country_of, is_public_holiday
from releve.agenda.school_holidays import ZONES
from releve.look.templatetags.french import language

NAMES = {
    "57": lazy("Alsace-Moselle"),
    "971": lazy("Guadeloupe"),
    "972": lazy("Martinique"),
    "973": lazy("Guyane"),
    "974": lazy("La Réunion"),
    "976": lazy("Mayotte"),
    "BL": lazy("Saint-Barthélemy"),
    "MF": lazy("Saint-Martin"),
    "PM": lazy("Saint-Pierre-et-Miquelon"),
    "NC": lazy("Nouvelle-Calédonie"),
    "PF": lazy("Polynésie française"),
    "WF": lazy("Wallis-et-Futuna"),
}
TERRITORIES = [("", lazy("France métropolitaine")), *((code, NAMES[code]) for code in CODES)]
SCHOOL_ZONES = [
    ("", lazy("aucune zone")),
    ("A", lazy("zone A (Besançon, Bordeaux, Clermont, Dijon, Grenoble, Limoges, Lyon, Poitiers)")),
    ("B", lazy("zone B (Aix-Marseille, Amiens, Lille, Nancy, Nantes, Nice, Normandie, Orléans, Reims, Rennes…)")),
    ("C", lazy("zone C (Créteil, Montpellier, Paris, Toulouse, Versailles)")),
]
SCHOOL = {
    "toussaint": lazy("Toussaint"),
    "noel": lazy("Noël"),
    "hiver": lazy("hiver"),
    "printemps": lazy("printemps"),
    "ete": lazy("été"),
}
FEW = 5  # school holidays that are shown


def public(territory: str, today: date) -> list[tuple[date, str]]:
    """Those of the twelve months to come that `agenda` closes on, with their names; an unknown territory has the
    mainland's."""
    from holidays import country_holidays  # 80 ms: this page alone names them

    country = country_of(True, territory if territory in CODES else "")
    words = "fr" if language() == "fr" else "en_US"
    subdivision = territory if territory in CODES else None
    named = country_holidays("FR", subdivision, (today.year, today.year + 1), language=words)
    last = today.replace(year=today.year + 1, day=min(today.day, 28))
    return [
        (day, name) for day, name in sorted(named.items()) if today <= day < last and is_public_holiday(day, country)
    ]


def school(zone: str, today: date) -> list[tuple[str, date, date]]:
    """The next ones of the zone that are known: (name, first day, last day)."""
    if zone not in ZONES:
        return []
    from releve.language.temporal.almanac.holidays import school_calendar  # reads French: 0.3 s

    coming = [row for row in school_calendar(zone) if row[2] >= today][:FEW]
    return [(str(SCHOOL.get(name, name)), first, last) for name, first, last in coming]
