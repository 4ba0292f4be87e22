"""What codes are called on screens."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

KINDS: dict[str, str | Promise] = {
    "callback": lazy("Rappeler"),
    "prescription_renewal": lazy("Renouvellement d’ordonnance"),
    "document_request": lazy("Document demandé"),
    "certificate_request": lazy("Certificat demandé"),
    "results_request": lazy("Résultats demandés"),
    "medical_question": lazy("Question médicale"),
    "symptom_same_day": lazy("Symptôme, à voir aujourd’hui"),
    "red_flag": lazy("Alerte"),
    "complaint": lazy("Réclamation"),
    "billing": lazy("Facture"),
    "privacy_request": lazy("Données personnelles"),
    "identity_check": lazy("Identité à vérifier"),
    "booking_help": lazy("Aide pour un rendez-vous"),
    "third_party": lazy("Demande d’un tiers"),
    "other": lazy("Autre demande"),
}
ASKED = ("prescription_renewal", "document_request", "certificate_request")  # others are dealt with, not approved

PRIORITIES: dict[str, str | Promise] = {
    "emergency": lazy("tout de suite"),
    "today": lazy("aujourd’hui"),
    "routine": lazy("courant"),
}
IDENTITIES: dict[str, str | Promise] = {
    "": lazy("inconnue"),
    "none": lazy("inconnue (la personne n’a pas dit qui elle est)"),
    "talk": lazy("dite dans la même conversation"),
    "claimed": lazy("déclarée (nom et date de naissance donnés, non vérifiés)"),
    "reply": lazy("probable (répond sur l’adresse à laquelle nous avons écrit)"),
    "verified": lazy("vérifiée (téléphone du dossier et date de naissance, ou code reçu)"),
    "staff": lazy("établie par l’équipe"),
}
REASONS: dict[str, str | Promise] = {
    "a signed-in person does this": lazy("Une personne de l’équipe le fait elle-même."),
    "a caregiver decides on this": lazy("Un soignant décide de cette demande."),
    "a person must see this": lazy("Une personne doit voir cette demande."),
    "a person takes over: secretary": lazy("La conversation passe au secrétariat."),
    "a person takes over: physician": lazy("La conversation passe au médecin."),
    "a person takes over: emergency": lazy("Un signe d’alerte a été lu : l’assistant se tait dans cette conversation."),
    "the stop button is pressed": lazy("L’assistant est arrêté : une personne décide."),
    "the start-up record does not allow this act alone": lazy(
        "La mise en service ne permet pas cet acte sans une personne."
    ),
    "allowed by the start-up record": lazy("Permis par la mise en service."),
}
ROLES: dict[str, str | Promise] = {
    "secretary": lazy("secrétariat"),
    "physician": lazy("médecin"),
    "manager": lazy("direction"),
}
STATUSES: dict[str, str | Promise] = {
    "booked": lazy("prévu"),
    "cancelled": lazy("annulé"),
    "noshow": lazy("absent"),
    "arrived": lazy("arrivé"),
    "fulfilled": lazy("terminé"),
}
REFUSAL_REASONS: dict[str, str | Promise] = {
    "not_needed": lazy("Plus utile, ou déjà fait"),
    "needs_visit": lazy("Il faut un rendez-vous"),
    "not_ours": lazy("Ce n’est pas au cabinet de le faire"),
    "misread": lazy("La demande a été mal comprise"),
    "other": lazy("Autre raison"),
}
VISITS: dict[str, str | Promise] = {  # where someone stands on their day
    "confirmed": lazy("confirmé"),
    "unconfirmed": lazy("sans réponse"),
    "arrived": lazy("en salle"),
    "fulfilled": lazy("terminé"),
    "noshow": lazy("absent"),
    "cancelled": lazy("annulé"),
}
RANKS: dict[str, str | Promise] = {  # why somebody has their rank on the waiting list
    "first": lazy("en premier"),
    "sooner": lazy("plus tôt"),
    "missed": lazy("a dit oui à une place déjà prise"),
    "practitioner": lazy("a nommé un soignant"),
    "moment": lazy("a nommé un moment"),
}
PLACES: dict[str, str | Promise] = {  # what became of an offered place
    "open": lazy("attend la réponse"),
    "accepted": lazy("acceptée"),
    "declined": lazy("refusée"),
    "expired": lazy("sans réponse à temps"),
    "standby": lazy("oui après son tour"),
    "lost": lazy("prise par une autre personne"),
    "withdrawn": lazy("retirée"),
}
CHANNEL_ICONS = {"sms": "sms", "webchat": "web", "email": "courriel", "voice": "telephone"}
CHANNELS: dict[str, str | Promise] = {
    "sms": lazy("SMS"),
    "webchat": lazy("page du cabinet"),
    "email": lazy("courriel"),
    "voice": lazy("téléphone"),
}
PURPOSES: dict[str, str | Promise] = {
    "reply": lazy("réponse"),
    "staff": lazy("réponse de l’équipe"),
    "reminder": lazy("rappel"),
    "offer": lazy("place proposée"),
    "no_show": lazy("après une absence"),
    "cancelled": lazy("annulation"),
    "moved": lazy("déplacement"),
    "kept": lazy("rendez-vous maintenu"),
    "code": lazy("code de vérification"),
    "test": lazy("essai"),
}
RIGHTS: dict[str, str | Promise] = {
    "book_appointment": lazy("prendre un rendez-vous demandé et confirmé"),
    "reschedule_appointment": lazy("déplacer son propre rendez-vous"),
    "cancel_appointment": lazy("annuler son propre rendez-vous"),
    "confirm_appointment": lazy("noter que la personne vient"),
    "join_waiting_list": lazy("inscrire sur la liste d’attente"),
    "update_contact": lazy("changer un contact du dossier"),
    "opt_out": lazy("ne plus écrire à qui le demande"),
    "decline_offer": lazy("noter qu’une place est refusée"),
    "stand_by": lazy("noter un oui qui vient après son tour"),
    "answer": lazy("répondre d’après la fiche du cabinet"),
    "send_reminder": lazy("rappeler la veille"),
    "send_no_show_message": lazy("écrire après une absence"),
    "offer_freed_place": lazy("proposer une place libérée"),
    "give_place": lazy("donner une place à qui l’avait demandée"),
    "request_renewal": lazy("renouveler une ordonnance"),
    "request_document": lazy("donner un document"),
}
QUESTIONS: dict[str, str | Promise] = {
    "book_appointment": lazy("Prendre ce rendez-vous ?"),
    "reschedule_appointment": lazy("Déplacer ce rendez-vous ?"),
    "cancel_appointment": lazy("Annuler ce rendez-vous ?"),
    "confirm_appointment": lazy("Noter que la personne vient ?"),
    "join_waiting_list": lazy("Mettre sur la liste d’attente ?"),
    "update_contact": lazy("Changer le contact du dossier ?"),
    "answer": lazy("Donner cette réponse ?"),
}
ACTS: dict[str, str | Promise] = {
    "book_appointment": lazy("Un rendez-vous sera pris"),
    "reschedule_appointment": lazy("Le rendez-vous sera déplacé"),
    "cancel_appointment": lazy("Le rendez-vous sera annulé"),
    "confirm_appointment": lazy("Le rendez-vous sera confirmé"),
    "join_waiting_list": lazy("La personne sera mise sur la liste d’attente"),
    "update_contact": lazy("Le contact du dossier sera changé"),
    "opt_out": lazy("Cette adresse ne recevra plus de messages"),
    "hold_slot": lazy("Une place sera gardée dix minutes"),
    "send_code": lazy("Un code sera envoyé au contact du dossier"),
    "decline_offer": lazy("La place proposée sera refusée"),
    "stand_by": lazy("La place ira à cette personne si l’autre ne la prend pas"),
    "answer": lazy("La réponse du cabinet sera donnée"),
    "send_reminder": lazy("Le rappel sera envoyé"),
    "send_no_show_message": lazy("Le message après une absence sera envoyé"),
    "offer_freed_place": lazy("La place libérée sera proposée à la liste d’attente"),
    "give_place": lazy("La place sera donnée à qui l’avait demandée"),
}
REFUSALS: dict[str, str | Promise] = {
    "not_your_role": lazy("Seuls la direction et les médecins changent cela. Rien n’a été changé."),
    "bad_row": lazy("Une valeur ne peut pas être gardée. Rien n’a été changé."),
    "must_not_be_said": lazy("Ce texte dit ce qui ne doit pas l’être. Rien n’a été changé."),
    "unknown_text": lazy("Ce texte n’existe pas. Rien n’a été changé."),
    "name_taken": lazy("Ce nom est déjà pris."),
    "not_yourself": lazy("Personne ne change son propre rôle. Rien n’a été changé."),
    "weak_password": lazy("Ce mot de passe est trop court ou trop courant. Rien n’a été changé."),
    "bad_pin": lazy("Un code rapide a de quatre à huit chiffres. Rien n’a été changé."),
    "gone": lazy("Cela n’existe plus. Rien n’a été changé."),
    "changed_meanwhile": lazy("Quelqu’un d’autre vient de changer la liste. Rien n’a été changé : regardez-la."),
    "needs_physician": _("Un médecin doit approuver un renouvellement : la demande reste ouverte."),
    "not_a_physician": lazy("Seul un médecin du cabinet signe cette liste. Rien n’a été signé."),
    "not_in_force": lazy("La liste a changé pendant votre lecture : relisez-la. Rien n’a été signé."),
    "already_signed": lazy("Vous avez déjà signé cette version."),
    "nobody": lazy("Cette personne n’est plus au cabinet. Rien n’a été changé."),
    "already_decided": lazy("Cette demande est déjà réglée."),
    "already_done": lazy("Ce qui a été approuvé est déjà fait : corrigez-le depuis l’agenda."),
    "too_late": lazy("Trop tard pour annuler : la réponse est partie."),
    "slot_taken": lazy("Cette place vient d’être prise. Rien n’a été changé."),
    "beyond_hours": lazy("Cette heure est hors des horaires : dites pourquoi. Rien n’a été changé."),
    "out_of_reach": lazy("Cette date est passée, ou à plus de deux ans. Rien n’a été changé."),
    "move_told": lazy("La personne est déjà prévenue du déplacement : déplacez de nouveau le rendez-vous."),
    "no_hours": lazy("Cette personne n’a pas d’horaires ici. Rien n’a été changé."),
    "bad_absence": lazy("Ces dates ne vont pas. Rien n’a été changé."),
    "too_late_to_ask": lazy("Il reste trop peu de temps pour répondre : appelez la personne."),
    "past": lazy("Cette heure est passée. Rien n’a été changé."),
    "too_soon": lazy("Trop proche pour ce type de rendez-vous. Rien n’a été changé."),
    "too_far": lazy("Trop loin pour ce type de rendez-vous. Rien n’a été changé."),
    "age": lazy("Ce type de rendez-vous n’est pas prévu à cet âge. Rien n’a été changé."),
    "closed": lazy("Cette heure est hors des horaires. Rien n’a été changé."),
    "kept": lazy("Cette place est gardée pour l’urgent. Rien n’a été changé."),
    "day_full": lazy("Le nombre permis pour ce jour est atteint. Rien n’a été changé."),
    "no_resource": lazy("La salle ou l’appareil demandé n’est pas libre. Rien n’a été changé."),
    "not_on_grid": lazy("Cette heure tombe entre deux places. Rien n’a été changé."),
    "wrong_practitioner": lazy("Cette personne ne fait pas ce type de rendez-vous. Rien n’a été changé."),
    "not_booked": lazy("Ce rendez-vous n’est plus prévu. Rien n’a été changé."),
    "not_theirs": lazy("Ce rendez-vous est celui d’une autre personne. Rien n’a été changé."),
    "not_today": lazy("Ce rendez-vous n’est pas aujourd’hui : déplacez-le. Rien n’a été changé."),
    "not_yet": lazy("L’heure de ce rendez-vous n’est pas encore venue. Rien n’a été changé."),
    "nothing_to_undo": lazy("Il n’y a plus rien à annuler. Rien n’a été changé."),
    "message_left": lazy("La personne est déjà prévenue de l’annulation : prenez un nouveau rendez-vous."),
    "offer_gone": lazy("Cette place n’est plus proposée. Rien n’a été changé."),
    "already_offered": lazy("Une place lui est déjà proposée : attendez sa réponse."),
    "asked_there": lazy("Ce contact a déjà une proposition, pour quelqu’un d’autre : appelez la personne."),
    "no_contact": lazy("Cette fiche n’a pas de contact pour cela : rien n’est parti."),
    "opted_out": lazy("Cette personne ne veut plus de messages par là : rien n’est parti. Appelez-la."),
    "needs_reason": lazy("Une priorité se donne avec une raison. Rien n’a été changé."),
    "not_waiting": lazy("Cette inscription n’est plus sur la liste. Rien n’a été changé."),
    "not_removed": lazy("Cette inscription est déjà sur la liste, ou a eu sa place. Rien n’a été changé."),
    "already_merged": lazy("L’une de ces fiches est déjà réunie à une autre. Rien n’a été changé."),
    "not_merged": lazy("Ces fiches ne sont pas réunies. Rien n’a été changé."),
}


def word(words: dict[str, str | Promise], code: str) -> str:
    """The French word; an unknown code is shown as it is."""
    return str(words.get(code, code))


def grounds(codes: Iterable[str], identity: str) -> list[tuple[str, str]]:
    """The verdict's reasons, each with its sign: `ask` for what needs a person, `yes` for what is sure.

    Those we have no words for are shown as they are stored.
    """
    told = [("ask", _reason(code)) for code in codes if not code.startswith("identity: ")]
    sure = "yes" if identity in ("verified", "staff") else "ask"
    return [*told, (sure, _("Identité : %s") % word(IDENTITIES, identity))]


def _reason(code: str) -> str:
    if code.startswith("this act needs "):
        return _("L’identité de la personne n’est pas assez sûre pour cet acte.")
    return word(REASONS, code)


def refusal(why: str) -> str:
    return str(REFUSALS.get(why) or _("Cela n’a pas pu être fait. Rien n’a été changé."))
