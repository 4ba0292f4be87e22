"""What simulated patients make of a message, and what they write."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def plain(text: str) -> str:
    """Lower case, no accents, simple spaces and apostrophes."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).lower().split())


PLAIN_MONTHS = tuple(plain(month) for month in MONTHS)
MOMENT = re.compile(
    rf"(\d{{1,2}})(?:er)? ({'|'.join(PLAIN_MONTHS)})(?: (\d{{4}}))?\D{{1,12}}?(\d{{1,2}}) ?h ?(\d{{2}})?"
)
KINDS = (  # in this order: the first that is found
    ("code", r"votre code est"),
    ("given", r"la place que vous vouliez est a vous"),
    ("missed", r"ne vous avons pas vu"),
    ("cancelled", r"(?<!si )(?:est|a ete) annule\b"),
    ("gone", r"plus disponible|(?:a|vient d)'?\s?(?:ete|etre) (?:prise|attribuee|donnee|pourvue)|quelqu'un d'autre"),
    ("offer", r"place (?:se libere|s'est liberee|est libre|plus tot)|propos\w* (?:une|cette) place|prendre"),
    ("reminder", r"rappel de votre rendez-vous|rappel"),
)
TAKES = (
    "Oui", "OUI", "oui merci je prends", "Ok pour moi", "Oui je prends la place, merci beaucoup", "D'accord",
    "c'est parfait, je la prends", "oui avec plaisir", "ok je viens", "Oui ça me va très bien",
)  # fmt: skip
DECLINES = (
    "Non", "NON", "Non merci", "non je ne peux pas", "Désolé, ça ne m'arrange pas", "non pas possible pour moi",
    "Non, je garde mon rendez-vous", "je ne suis pas disponible à cette heure", "non merci, pas ce jour-là",
)  # fmt: skip
CONFIRMS = ("Oui", "OUI", "oui je serai là", "Je confirme", "ok", "C'est bon, à bientôt", "Oui merci, je viens")
WARNS = (
    "Non", "NON", "Non je ne peux plus venir", "Je dois annuler, désolé", "non, empêchement", "Non, merci d'annuler",
    "Je ne pourrai pas venir",
)  # fmt: skip
CANCELS = (
    "Bonjour, je dois annuler mon rendez-vous du {day}", "Je ne pourrai pas venir le {day}, merci d'annuler",
    "annuler mon rdv du {day} svp", "Bonjour, un empêchement, je souhaite annuler mon rendez-vous du {day}. Merci",
)  # fmt: skip


def kind(text: str) -> str:
    """code, missed, cancelled, gone, offer, reminder; empty when one can make nothing of it."""
    said = plain(text)
    return next((name for name, pattern in KINDS if re.search(pattern, said)), "")


def moment(text: str, now: datetime) -> datetime | None:
    """The first date and hour of the message; without a year, the next such day."""
    found = MOMENT.search(plain(text))
    if found is None:
        return None
    day, month, year, hour, minutes = found.groups()
    at = now.replace(
        year=int(year or now.year), month=PLAIN_MONTHS.index(month) + 1, day=int(day), second=0, microsecond=0
    )
    at = at.replace(hour=int(hour), minute=int(minutes or 0))
    return at if year or at > now - timedelta(days=1) else at.replace(year=now.year + 1)


HOW_TO_TAKE = re.compile(r"pour la prendre, repondez « ?(.+?) ?»")


def says(wordings: Sequence[str], draw: float, day: datetime | None = None) -> str:
    text = wordings[int(draw * len(wordings))]
    return text if day is None else text.format(day=f"{day.day} {MONTHS[day.month - 1]}")
