"""What the assistant may do alone: the start-up record, read, signed again, narrowed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from releve.core.acts import ACTS, AUTOMATIC, CreateTask, SignStartUp
from releve.desk import queries as desk
from releve.desk.forms import Plain
from releve.desk.settings import queries
from releve.desk.settings.forms import sent
from releve.desk.settings.page import keep, show
from releve.look.doors import of_the_practice
from releve.practice.models import Organization, User

SECTION = "settings-assistant"
# What is signed together: the name of a group -> its acts, what it means to a person.
GROUPS: dict[str, tuple[tuple[str, ...], Any]] = {
    "book": (
        ("book_appointment", "hold_slot"),
        lazy("Prendre un rendez-vous, une fois la personne identifiée et d’accord"),
    ),
    "move": (("reschedule_appointment",), lazy("Déplacer son propre rendez-vous, identité vérifiée")),
    "cancel": (("cancel_appointment",), lazy("Annuler son propre rendez-vous, à sa demande")),
    "confirm": (("confirm_appointment",), lazy("Noter qu’une personne confirme sa venue")),
    "waiting": (
        ("join_waiting_list", "offer_freed_place", "decline_offer", "stand_by", "give_place"),
        lazy("Tenir la liste d’attente et proposer les places libérées"),
    ),
    "remind": (("send_reminder",), lazy("Envoyer les rappels la veille")),
    "missed": (("send_no_show_message",), lazy("Écrire après une absence notée par l’équipe")),
    "answer": (("answer",), lazy("Répondre aux questions pratiques avec vos mots")),
    "contact": (("update_contact",), lazy("Mettre à jour un téléphone ou une adresse, identité vérifiée")),
    "code": (("send_code",), lazy("Envoyer un code de vérification au contact du dossier")),
}
# Tasks and giving back need no permission (guarantee.rules); the record names them all the same.
ALWAYS = tuple(k for k in AUTOMATIC if issubclass(ACTS[k], CreateTask) or ACTS[k].housekeeping)


class SignForm(Plain):
    acts = forms.MultipleChoiceField(
        label=lazy("L’assistant peut faire seul"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(name, words) for name, (_kinds, words) in GROUPS.items()],
        help_text=lazy("Ce qui est décoché arrive dans la boîte, avec une proposition qu’une personne approuve."),
    )  # fmt: skip
    name = forms.CharField(label=lazy("Signé par"), max_length=200, help_text=lazy("Nom et fonction."))
    read = forms.BooleanField(
        label=lazy("J’ai lu ce que l’assistant fait seul, ce qu’il ne fait jamais, et comment l’arrêter."),
        error_messages={"required": lazy("Cochez la case après avoir lu : rien n’a été signé.")},
    )

    def kinds(self) -> tuple[str, ...]:
        """In the order of the list of acts."""
        chosen = {kind for name in self.cleaned_data["acts"] for kind in GROUPS[name][0]} | set(ALWAYS)
        return tuple(kind for kind in AUTOMATIC if kind in chosen)


def allowed(kinds: list[str]) -> list[str]:
    """The groups whose acts are all permitted."""
    return [name for name, (needed, _words) in GROUPS.items() if set(needed) <= set(kinds)]


def sign_form(request: HttpRequest, practice: Organization) -> SignForm:
    """With what is in force, or everything when nothing is signed yet; never ticked as read."""
    record = queries.signed(practice)
    user = request.user
    initial = {
        "acts": allowed(record.acts) if record else list(GROUPS),
        "name": user.get_full_name() if isinstance(user, User) else "",
    }
    return SignForm(sent(request), initial=initial)


def sign(request: HttpRequest, practice: Organization, form: SignForm) -> bool:
    act = SignStartUp(signed_by=form.cleaned_data["name"], acts=form.kinds())
    return keep(request, practice, act, _("La mise en service est signée, et dans le registre."))


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def assistant(request: HttpRequest, practice: Organization) -> HttpResponse:
    form = sign_form(request, practice)
    if request.method == "POST" and form.is_valid() and sign(request, practice, form):
        return redirect(SECTION)
    record = queries.signed(practice)
    shown = {
        "form": form,
        "record": record,
        "groups": [(name in allowed(record.acts) if record else False, words) for name, (_k, words) in GROUPS.items()],
        "flags": desk.red_flag_list(practice),
    }
    return show(request, practice, "assistant", SECTION, 422 if form.errors else 200, **shown)
