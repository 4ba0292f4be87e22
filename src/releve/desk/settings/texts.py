"""The practice's own wording of what leaves by itself: shown as a patient receives it, checked before it is kept."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from releve.core.facts import Directory
from releve.core.keeping import KeepText
from releve.desk.forms import Plain
from releve.desk.settings import queries as reads
from releve.desk.settings.forms import sent
from releve.desk.settings.page import keep, show
from releve.dialogue import wording
from releve.dialogue.phrases import texts as ours
from releve.dialogue.wording import Fault
from releve.look.doors import of_the_practice
from releve.practice import queries
from releve.practice.models import Organization

SECTION = "settings-texts"
NAMES = {
    "reminder": (lazy("Rappel"), lazy("La veille du rendez-vous, à 18 h.")),
    "offer_message": (lazy("Place libérée"), lazy("Aux personnes de la liste d’attente, dans l’ordre.")),
    "offer_round_message": (
        lazy("Place libérée, bientôt"),
        lazy("À trois personnes à la fois, quand il n’y a pas le temps d’attendre une réponse après l’autre."),
    ),
    "stand_by_message": (
        lazy("Place donnée"),
        lazy("À qui a dit oui après son tour, quand la personne suivante ne prend pas la place."),
    ),
    "no_show_message": (lazy("Après une absence"), lazy("Le jour même, une heure après.")),
    "cancelled_message": (lazy("Annulation"), lazy("Quand le cabinet annule un rendez-vous.")),
    "moved_message": (lazy("Déplacement"), lazy("Quand le cabinet déplace un rendez-vous et le dit.")),
    "move_offer_message": (
        lazy("Autre date proposée"),
        lazy("Quand un rendez-vous ne peut pas avoir lieu : absence, horaires changés."),
    ),
    "move_withdrawn_message": (lazy("Date maintenue"), lazy("Quand l’absence n’a finalement pas lieu.")),
    "code_message": (lazy("Code"), lazy("Quand une personne doit prouver qui elle est.")),
}
# A blank of dialogue/phrases.toml -> how it is written on the screen, and what fills it.
BLANKS = {
    "practice": ("{cabinet}", lazy("le nom du cabinet")),
    "start": ("{date}", lazy("le jour et l’heure")),
    "who": ("{soignant}", lazy("la personne qui reçoit")),
    "new": ("{autre date}", lazy("le jour et l’heure proposés")),
    "new_who": ("{autre soignant}", lazy("la personne proposée")),
    "until": ("{limite}", lazy("jusqu’à quand la place est gardée")),
    "code": ("{code}", lazy("les six chiffres")),
}
REFUSED = {
    "blank_unknown": lazy("%s n’existe pas : seules les mentions proposées sont remplies."),
    "blank_missing": lazy("%s manque : sans cela, le message ne veut rien dire."),
    "blank_broken": lazy("Une accolade est seule ou mal placée."),
    "answer_missing": lazy("« %s » manque, en capitales : c’est le mot par lequel on répond."),
    "speciality": lazy(
        "« %s » dit une spécialité ou une profession : qui voit le téléphone saurait quel soin est suivi."
    ),
    "reason": lazy("« %s » dit pourquoi la personne vient."),
    "health": lazy("« %s » parle de santé : cela ne part jamais par SMS ni par courriel."),
    "link": lazy("« %s » mène ailleurs que chez vous : les patients apprennent à s’en méfier."),
    "shouting": lazy("« %s » : sans capitales ni point d’exclamation, on lit mieux."),
    "long": lazy("Plus de %s caractères : coupez."),
}


class TextForm(Plain):
    words = forms.CharField(
        label=lazy("Vos mots"), max_length=wording.LONGEST + 200, required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input", "lang": "fr"}),
    )  # fmt: skip


@require_safe
@of_the_practice
def texts(request: HttpRequest, practice: Organization) -> HttpResponse:
    return show(request, practice, "texts", SECTION, rows=rows(practice), telling=wording.telling(practice.name))


def rows(practice: Organization) -> list[dict[str, Any]]:
    """Each text as it would leave, and whether the words are the practice's own."""
    voice = reads.voice(practice, settings.CLOCK.now())
    found = []
    for name, (title, when) in NAMES.items():
        text = wording.sample(name, voice, settings.CLOCK.now())
        length = wording.sms_length(text)
        found.append(
            {"name": name, "title": title, "when": when, "text": text, "length": length, "own": name in practice.texts}
        )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_practice
def text(request: HttpRequest, practice: Organization, name: str) -> HttpResponse:
    """A POST keeps the words; with `apercu` it only shows them, with `reprendre` ours come back."""
    if name not in wording.BLANKS:
        raise Http404
    default = ours("fr")[name]
    if "reprendre" in request.POST:
        keep(request, practice, KeepText(name=name), _("Le texte de Relève est revenu."))
        return redirect("settings-text", name=name)
    form = TextForm(sent(request), initial={"words": written(practice.texts.get(name, default))})
    typed = str(form["words"].value() or "")
    if request.method == "POST" and form.is_valid() and "apercu" not in request.POST:
        wanted = clean(typed)
        known = reads.voice(practice, settings.CLOCK.now()).directory
        for fault in faults(known, name, wanted) if wanted else ():
            form.add_error("words", said(fault))
        if not form.errors:
            own = "" if wanted == default else wanted
            if keep(request, practice, KeepText(name=name, words=own), _("Le texte est enregistré.")):
                return redirect(SECTION)
    shown = {"form": form, "name": name, "title": NAMES[name][0], "when": NAMES[name][1], "blanks": blanks(name)}
    shown |= {"own": name in practice.texts, **preview(practice, name, typed)}
    return show(request, practice, "text", SECTION, 422 if form.errors else 200, **shown)


@require_POST
@of_the_practice
def look(request: HttpRequest, practice: Organization, name: str) -> HttpResponse:
    """The preview alone, while someone types."""
    if name not in wording.BLANKS:
        raise Http404
    shown = preview(practice, name, request.POST.get("words", "")[: wording.LONGEST + 200])
    return render(request, "desk/settings/preview.html", shown)


def clean(typed: str) -> str:
    """One paragraph, without signs that cannot be seen, with the blanks as they are stored."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in typed).split())
    for blank, (shown, _meaning) in BLANKS.items():
        plain = plain.replace(shown, f"{{{blank}}}")
    return plain


def written(stored: str) -> str:
    """The blanks as the screen names them."""
    for blank, (shown, _meaning) in BLANKS.items():
        stored = stored.replace(f"{{{blank}}}", shown)
    return stored


def faults(known: Directory, name: str, typed: str) -> list[Fault]:
    return wording.faults(name, typed, **queries.unsayable(known, reads.hosts()))


def preview(practice: Organization, name: str, typed: str) -> dict[str, Any]:
    """The words with a sample appointment, their length, and what must not be said."""
    now = settings.CLOCK.now()
    voice = reads.voice(practice, now)
    wanted = clean(typed) or ours("fr")[name]
    found = faults(voice.directory, name, wanted)
    if any(fault.code in ("blank_unknown", "blank_broken") for fault in found):
        return {"sample": "", "length": None, "faults": [said(fault) for fault in found]}
    sample = wording.sample(name, voice, now, wanted)
    length = wording.sms_length(sample)
    return {
        "sample": sample,
        "length": length,
        "rare": visible(length.rare),
        "faults": [said(fault) for fault in found],
    }


def visible(signs: str) -> str:
    """The signs that make an SMS longer; a space that does not break has no shape of its own."""
    return ", ".join(_("espace insécable") if sign == "\u00a0" else sign for sign in signs)


def said(fault: Fault) -> str:
    phrase = str(REFUSED[fault.code])
    return phrase % written(fault.words) if "%s" in phrase else phrase


def blanks(name: str) -> list[tuple[str, Any]]:
    return [BLANKS[blank] for blank in wording.BLANKS[name]]
