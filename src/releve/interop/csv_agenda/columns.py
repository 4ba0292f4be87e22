"""Which column is what, by its name, in French or in English. Pure."""

import unicodedata
from collections.abc import Sequence

from releve.language.text import fold

NAMES: dict[str, tuple[str, ...]] = {
    "family": ("nom", "nom de famille", "nom de naissance", "nom usuel", "nom patient", "nom du patient", "last name",
               "family name", "surname", "family", "patient last name"),
    "given": ("prenom", "prenoms", "prenom patient", "prenom du patient", "first name", "given name", "given",
              "patient first name"),
    "patient": ("patient", "nom complet", "nom et prenom", "nom prenom", "patient name", "full name", "name"),
    "birth": ("date de naissance", "naissance", "ne le", "nee le", "ne e le", "ddn", "date naissance", "birth date",
              "birthdate", "date of birth", "dob"),
    "date": ("date", "jour", "date du rendez vous", "date du rdv", "date rdv", "date de rdv", "day",
             "appointment date"),
    "time": ("heure", "heure de debut", "heure du rendez vous", "heure du rdv", "heure rdv", "heure debut", "time",
             "start time", "hour", "appointment time"),
    "start": ("debut", "date et heure", "date heure", "date de debut", "date debut", "start", "start date",
              "starts at", "datetime", "date time"),
    "practitioner": ("praticien", "medecin", "soignant", "docteur", "professionnel", "agenda", "intervenant",
                     "practitioner", "doctor", "provider", "physician", "resource"),
    "service": ("motif", "motif de consultation", "type", "type de rendez vous", "type de rdv", "acte", "visite",
                "prestation", "visit", "visit type", "service", "appointment type", "reason"),
    "phone": ("telephone", "tel", "portable", "mobile", "telephone portable", "numero de telephone", "phone",
              "phone number", "cell"),
    "email": ("email", "e mail", "courriel", "mail", "adresse electronique", "adresse email"),
    "status": ("statut", "etat", "status", "state"),
}  # fmt: skip
FIELDS = {name: field for field, names in NAMES.items() for name in names}
NEEDED = (("family", "patient"), ("given", "patient"), ("birth",), ("date", "start"), ("time", "start"))


def plain(text: str) -> str:
    """« Né(e) le : » as « ne e le ». Letters of every alphabet stay, so that two names are never the same nothing."""
    folded = fold(unicodedata.normalize("NFC", text))
    return " ".join("".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded).split())


def recognised(header: Sequence[str]) -> dict[str, int]:
    """The place of each field that a heading names; the first of two headings counts."""
    found: dict[str, int] = {}
    for place, heading in enumerate(header):
        field = FIELDS.get(plain(heading))
        if field is not None:
            found.setdefault(field, place)
    return found


def missing(found: dict[str, int]) -> list[str]:
    """The fields without which no line can be taken: any one of each group would do."""
    return [group[0] for group in NEEDED if not any(field in found for field in group)]
