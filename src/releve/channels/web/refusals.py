"""Why a place cannot be taken, in words of every day, each with what to do next."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

TAKEN = lazy("Cette place vient d’être prise, nous sommes désolés. Voici les autres.")
# By `agenda.availability.Reason`.
WORDS: dict[str, str | Promise] = {
    "past": lazy("Cette heure est passée. Voici les prochaines places."),
    "too_soon": lazy("Il est trop tard pour prendre cette place ici. Appelez-nous, ou choisissez-en une autre."),
    "too_far": lazy("Cette date n’est pas encore ouverte aux réservations. Voici les premières places."),
    "age": lazy("Ce rendez-vous n’est pas prévu à cet âge. Choisissez-en un autre, ou écrivez-nous."),
    "closed": lazy("Le cabinet ne reçoit plus à cette heure. Voici les places de maintenant."),
    "kept": lazy("Cette place est gardée pour les demandes du jour même. Voici les autres."),
    "day_full": lazy("Ce jour est complet pour ce rendez-vous. Voici les autres jours."),
}


def words(why: str) -> str:
    """Whatever else is the matter, somebody was faster."""
    return str(WORDS.get(why, TAKEN))
