"""Where one can go and what one can begin from the search: pages and actions, found by their words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from releve.practice.rules import name_words


@dataclass(frozen=True)
class Command:
    """`also`: other words that people use for it; `key`: how to go there without searching."""

    label: str | Promise
    also: str | Promise
    icon: str
    to: str
    place: str = ""
    key: str = ""

    @property
    def address(self) -> str:
        return reverse(self.to) + self.place


COMMANDS = (
    Command(lazy("Nouveau rendez-vous"), lazy("prendre réserver ajouter"), "plus", "booking", key="N"),
    Command(lazy("Noter une absence"), lazy("congé maladie formation absent"), "absent", "absence-new"),
    Command(lazy("Nouveau patient"), lazy("créer dossier fiche ajouter"), "plus", "new-patient"),
    Command(lazy("Arrêter l’assistant"), lazy("stop couper suspendre agents"), "arret", "guarantee", "?arreter=1"),
    Command(lazy("Aller à la journée"), lazy("accueil aujourd’hui"), "jour", "day", key="G J"),
    Command(lazy("Aller à la boîte"), lazy("demandes tâches messages"), "boite", "inbox", key="G B"),
    Command(lazy("Aller à l’agenda"), lazy("jour semaine planning rendez-vous"), "agenda", "agenda", key="G A"),
    Command(lazy("Aller aux patients"), lazy("fiches dossiers"), "personne", "patients", key="G P"),
    Command(lazy("Aller aux conversations"), lazy("messages SMS"), "sms", "conversations"),
    Command(lazy("Liste d’attente"), lazy("places libérées attendre"), "horloge", "waiting-list"),
    Command(lazy("Garantie"), lazy("agents preuves mise en service registre"), "garantie", "guarantee", key="G G"),
    Command(lazy("Messages à l’envoi"), lazy("sortie SMS courriels rappels"), "courriel", "outgoing"),
    Command(lazy("Réglages du cabinet"), lazy("horaires textes soignants"), "modifier", "settings-practice", key="G R"),
    Command(lazy("Horaires et absences"), lazy("congés vacances soignants réglages"), "horloge", "settings-people"),
    Command(lazy("Textes envoyés aux patients"), lazy("rappel SMS modèles réglages"), "sms", "settings-texts"),
    Command(lazy("Questions pratiques"), lazy("réponses parking faq réglages"), "web", "settings-faq"),
    Command(lazy("Comptes"), lazy("utilisateurs accès mot de passe rôle réglages"), "cle", "settings-users"),
    Command(lazy("Mes préférences"), lazy("réglages langue touches code"), "personne", "settings-own"),
)  # fmt: skip


def matching(text: str) -> list[Command]:
    """Those of which every typed word begins a word; all of them for an empty text."""
    typed = name_words(*text.split())
    return [c for c in COMMANDS if all(_begins(word, c) for word in typed)]


def _begins(typed: str, command: Command) -> bool:
    return any(word.startswith(typed) for word in name_words(str(command.label), str(command.also)))
