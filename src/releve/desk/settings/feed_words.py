"""What the codes of a reading mean, in words: what happened, and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

FAULTS: dict[str, str | Promise] = {
    "not_a_calendar": lazy("Cette adresse ne donne pas un calendrier. Prenez celle qui finit par .ics."),
    "web_page": lazy("Cette adresse mène à une page web, pas à un calendrier. Prenez l’adresse de partage « iCal »."),
    "cut_short": lazy("Le calendrier est arrivé coupé. Rien n’en a été gardé."),
    "too_big": lazy("Le calendrier dépasse 10 Mo. Demandez à l’autre logiciel d’exporter moins d’années."),
    "too_deep": lazy("Le calendrier est mal formé. Rien n’en a été gardé."),
    "too_many_occurrences": lazy("Trop d’événements ou de répétitions pour un agenda. Rien n’en a été gardé."),
    "bad_recurrence": lazy("Une répétition du calendrier ne peut pas être lue. Rien n’en a été gardé."),
    "bad_time": lazy("Une heure du calendrier ne peut pas être lue. Rien n’en a été gardé."),
    "unknown_zone": lazy("Un fuseau horaire du calendrier est inconnu : rien n’en a été gardé."),
    "emptied": lazy("Le calendrier est vide tout à coup. Si c’est voulu, enregistrez-le de nouveau."),
    "bad_address": lazy("Ce n’est pas une adresse de calendrier : elle commence par https:// ou webcal://."),
    "private_network": lazy("Cette adresse est dans un réseau privé : RELEVE_FEED_NETWORKS peut l’autoriser."),
    "unreachable": lazy("Le serveur de cette adresse ne répond pas."),
    "too_slow": lazy("Le serveur de cette adresse est trop lent."),
    "not_secure": lazy("La connexion n’est pas sûre : faux certificat, ou renvoi vers une adresse non chiffrée."),
    "too_many_redirects": lazy("Cette adresse renvoie sans fin vers d’autres."),
    "not_allowed": lazy("L’autre logiciel refuse de donner ce calendrier. Partagez-le de nouveau."),
    "not_found": lazy("Il n’y a pas de calendrier à cette adresse. Il a peut-être été déplacé."),
    "server_error": lazy("L’autre logiciel est en panne."),
    "bad_answer": lazy("La réponse de l’autre logiciel ne peut pas être lue."),
}  # fmt: skip
WAYS: dict[str, str | Promise] = {
    "": lazy("tenu ici"),
    "feed": lazy("tenu ailleurs, lu par une adresse privée"),
    "tasks": lazy("tenu ailleurs, recopié à la main"),
}


UNREAD = lazy(
    "Un autre logiciel tient cet agenda, et Relève ne lit pas son calendrier : une heure prise là-bas peut être"
    " proposée ici. Donnez l’adresse de ce calendrier, ou dites que Relève tient l’agenda."
)
UNHEARD = lazy(
    "L’autre logiciel doit lire nos rendez-vous par une adresse privée, et il n’y en a pas : il peut donner une heure"
    " prise ici. Créez-en une."
)


def said(code: str) -> str:
    return str(FAULTS.get(code, FAULTS["bad_answer"]))


def way(code: str, read: bool) -> str:
    """Where an agenda is kept; `read`: a calendar says when its person is not free."""
    if not code and read:
        return _("tenu ici ; un autre calendrier dit quand cette personne est prise")
    return str(WAYS.get(code, ""))


def doubts(code: str, read: bool, keys: bool) -> list[str]:
    """What cannot be right: an agenda that is kept elsewhere, and one side does not know the other. `keys`: there is a
    private address."""
    found = (UNREAD if code and not read else "", UNHEARD if code == "feed" and not keys else "")
    return [str(words) for words in found if words]
