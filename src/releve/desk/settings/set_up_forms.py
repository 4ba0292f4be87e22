"""The forms that only the guided set-up has: the first account, the kind of practice, proposals, the test, a file."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.desk.forms import Plain
from releve.desk.settings import proposals
from releve.desk.settings.forms import PracticeForm, international
from releve.desk.settings.users import PasswordForm
from releve.practice.models import Organization

BIGGEST = 20_000_000


class AccountForm(PasswordForm):
    given = forms.CharField(label=lazy("Votre prénom"), max_length=150)
    family = forms.CharField(label=lazy("Votre nom"), max_length=150)
    login = forms.RegexField(
        r"^[\w.@+-]+$", label=lazy("Nom pour se connecter"), max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "username"}),
        help_text=lazy("Sans espace, par exemple h.petit."),
        error_messages={"invalid": lazy("Des lettres, des chiffres et . @ + - _, sans espace.")},
    )  # fmt: skip
    field_order = ("given", "family", "login", "password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Mot de passe")


class FoundForm(PracticeForm):
    kind = forms.ChoiceField(
        label=lazy("Métier"), choices=[(k.key, k.name) for k in proposals.kinds()],
        help_text=lazy("Sert seulement à vous proposer des horaires et des types de rendez-vous."),
    )  # fmt: skip
    field_order = ("name", "kind", "address", "phone", "email", "access", "timezone", "public_holidays", "territory")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("school_zone", "early_reminder_days"):
            del self.fields[name]  # for later

    @classmethod
    def begun(cls, practice: Organization | None) -> dict[str, Any]:
        if practice is None:
            return {"timezone": "Europe/Paris", "public_holidays": True, "kind": "generaliste"}
        return {**PracticeForm.of(practice), "kind": practice.set_up.get("kind", proposals.OTHER)}


class ProposalForm(Plain):
    """A visit type that is proposed: kept if it is ticked."""

    keep = forms.BooleanField(label=lazy("Garder"), required=False)
    name = forms.CharField(label=lazy("Nom"), max_length=200)
    duration_min = forms.IntegerField(label=lazy("Minutes"), min_value=5, max_value=480)
    price_eur = forms.DecimalField(
        label=lazy("Euros"), required=False, min_value=0, max_value=9999, decimal_places=2, localize=True
    )

    def row(self) -> dict[str, Any]:
        price = self.cleaned_data["price_eur"]
        return {
            "name": self.cleaned_data["name"],
            "duration_min": self.cleaned_data["duration_min"],
            "price_eur": None if price is None else float(price),
        }


class TestForm(Plain):
    __test__ = False  # not one of pytest's
    address = forms.CharField(
        label=lazy("Votre téléphone ou votre adresse électronique"), max_length=200,
        help_text=lazy("À vous, pas à un patient."),
    )  # fmt: skip
    channel = "sms"

    def clean_address(self) -> str:
        typed = str(self.cleaned_data["address"]).strip()
        if "@" in typed:
            validate_email(typed)
            self.channel = "email"
            return typed
        return international(typed)


class FileForm(Plain):
    file = forms.FileField(
        label=lazy("Fichier du cabinet"), help_text=lazy("Celui de « releve new » ou d’un export : JSON."),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > BIGGEST:
            raise forms.ValidationError(_("Ce fichier est trop grand."))
        try:
            self.read_text = str(sent.read().decode("utf-8"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("Ce fichier n’est pas du texte en UTF-8.")) from None
        return sent

    def text(self) -> str:
        return self.read_text
