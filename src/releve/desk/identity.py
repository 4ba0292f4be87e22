"""Forms for a person's traits and contacts: what is typed, checked, as the file keeps it."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.desk.forms import Plain
from releve.language.entities import contacts
from releve.language.temporal.birth import dates_of_birth_candidates
from releve.language.writing import MONTHS, NBSP

SEXES = (("", lazy("non précisé")), ("F", lazy("féminin")), ("M", lazy("masculin")))
OLDEST = 125  # years


class BirthDate(forms.CharField):
    """« 3 mai 1954 », « 03/05/1954 », « 03051954 » -> a date that is past."""

    def clean(self, value: Any) -> date:
        text = str(super().clean(value))
        now = timezone.localtime(settings.CLOCK.now()).replace(tzinfo=None)
        found = dates_of_birth_candidates(text, now) or _iso(text)
        if len(found) != 1:
            raise ValidationError(_("Une date comme 3 mai 1954 ou 03/05/1954."))
        born = found[0][2]
        if born > now.date() or now.year - born.year > OLDEST:
            raise ValidationError(_("Cette date de naissance n’est pas possible."))
        return born


def _iso(text: str) -> tuple[tuple[int, int, date], ...]:
    try:
        return ((0, len(text), date.fromisoformat(text)),)
    except ValueError:
        return ()


def written(born: date) -> str:
    """3 mai 1954, as the field shows it."""
    return f"{born.day}{NBSP}{MONTHS[born.month - 1]}{NBSP}{born.year}"


class Phone(forms.CharField):
    """« 06 39 98 41 06 » -> +33639984106; empty stays empty."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value) or "")
        found = contacts.phone(text)
        if text and found is None:
            raise ValidationError(_("Ce numéro n’est pas un téléphone : 06 39 98 41 06, ou +32… pour l’étranger."))
        return found[0] if found is not None else ""


class Traits(Plain):
    family = forms.CharField(label=lazy("Nom de naissance"), max_length=100)
    given = forms.CharField(label=lazy("Prénom"), max_length=100)
    birth_date = BirthDate(label=lazy("Date de naissance"), max_length=40, help_text=lazy("3 mai 1954 ou 03/05/1954"))
    sex = forms.ChoiceField(label=lazy("Sexe"), choices=SEXES, required=False)


class Contacts(Plain):
    phone = Phone(label=lazy("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=lazy("Adresse électronique"), max_length=254, required=False)


class NewPatientForm(Traits, Contacts):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family"].widget.attrs["autofocus"] = True

    field_order = ("family", "given", "birth_date", "sex", "phone", "email")


class CorrectionForm(Traits):
    reason = forms.CharField(
        label=lazy("Pourquoi"),
        max_length=200,
        help_text=lazy("Par exemple : carte d’identité vue à l’accueil. Gardé dans le registre avec votre nom."),
    )
