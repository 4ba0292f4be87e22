"""What a person is told of a line, or of a file, that cannot be taken; and the report, as a table to open elsewhere."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.interop.csv_agenda.reading import Fault

FIELDS: dict[str, str | Promise] = {
    "family": lazy("Nom"), "given": lazy("Prénom"), "patient": lazy("Patient"), "birth": lazy("Date de naissance"),
    "date": lazy("Date"), "time": lazy("Heure"), "start": lazy("Date et heure"), "practitioner": lazy("Soignant"),
    "service": lazy("Type de rendez-vous"), "phone": lazy("Téléphone"), "email": lazy("Courriel"),
    "status": lazy("Statut"), "line": lazy("Ligne"),
}  # fmt: skip
REASONS: dict[str, str | Promise] = {
    "missing": lazy("rien n’est écrit"),
    "bad": lazy("ne se lit pas"),
    "unknown": lazy("ce nom n’est pas au cabinet"),
    "not_theirs": lazy("cette personne ne fait pas cela"),
    "past": lazy("ce moment est passé"),
    "too_far": lazy("cette année n’est pas possible"),
    "spring_hour": lazy("les horloges sautent cette heure ce jour-là"),
    "autumn_hour": lazy("les horloges montrent deux fois cette heure ce jour-là"),
    "overlap": lazy("un autre rendez-vous la prend déjà"),
    "twice": lazy("la même est plus haut dans le fichier"),
    "cancelled": lazy("ce rendez-vous n’a plus lieu"),
    "closed": lazy("hors des heures d’ouverture, pris quand même"),
    "slot_taken": lazy("il n’y a plus de place à cette heure"),
    "out_of_reach": lazy("cette année n’est pas possible"),
    "not_your_role": lazy("vous ne pouvez pas l’importer"),
}
FILES: dict[str, str | Promise] = {
    "empty": lazy("Ce fichier est vide."),
    "too_big": lazy("Ce fichier dépasse 10 Mo. Coupez-le par années."),
    "too_many_lines": lazy("Ce fichier a plus de 50 000 lignes. Coupez-le."),
    "not_a_table": lazy("Ce n’est pas un tableau CSV. Dans le tableur, choisissez « enregistrer sous », puis CSV."),
    "columns": lazy("Il manque : %(columns)s. La première ligne doit nommer les colonnes."),
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


def field(name: str) -> str:
    return str(FIELDS.get(name, name))


def reason(why: str) -> str:
    return str(REASONS.get(why, _("n’a pas pu entrer")))


def told(fault: Fault) -> str:
    """« Heure : un autre rendez-vous la prend déjà »"""
    return f"{field(fault.field)} : {reason(fault.why)}"


def grouped(faults: Iterable[Fault]) -> list[tuple[str, list[int]]]:
    """What is to be known, each once, with its lines."""
    found: dict[str, list[int]] = {}
    for fault in faults:
        found.setdefault(told(fault), []).append(fault.line)
    return list(found.items())


def refused(code: str, fields: Iterable[str] = ()) -> str:
    return str(FILES[code]) % {"columns": ", ".join(field(name).lower() for name in fields)}


def report(faults: Iterable[Fault]) -> str:
    """Number of the line, column, reason. What a spreadsheet would take for a formula is made plain text."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Ligne"), _("Colonne"), _("Raison")])
    for fault in faults:
        writer.writerow([fault.line, safe(field(fault.field)), safe(reason(fault.why))])
    return "\ufeff" + out.getvalue()


def safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
