"""The patients' forms: few fields, each error names its field and says what to write."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.language.entities import contacts

NAME_MOST, REASON_MOST = 100, 200
OLDEST = 1900
YEAR_DIGITS = 4


def plain(text: str) -> str:
    """One line, as it is read: no control characters, no runs of spaces."""
    kept = "".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text))
    return " ".join(kept.split())


def phone_number(text: str) -> str | None:
    """06 39 98 10 01 -> +33639981001; None when it is no telephone number."""
    found = contacts.phone(text)
    return found[0] if found is not None else None


def email_address(text: str) -> str | None:
    try:
        validate_email(text)
    except ValidationError:
        return None
    return text.lower()


class BirthForm(forms.Form):
    """The birth date in three fields: no keyboard, format or calendar to fight with."""

    day = forms.CharField(required=False, max_length=20)
    month = forms.CharField(required=False, max_length=20)
    year = forms.CharField(required=False, max_length=20)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        try:
            given["birth"] = self._birth([str(given.get(name, "")).strip() for name in ("year", "month", "day")])
        except ValidationError as error:
            self.add_error("day", error)
        return given

    def _birth(self, parts: list[str]) -> date:
        if not all(parts):
            raise ValidationError(_("Date de naissance : écrivez le jour, le mois et l’année."))
        if not all(p.isdigit() and p.isascii() for p in parts) or len(parts[0]) != YEAR_DIGITS:
            raise ValidationError(_("Date de naissance : écrivez-la en chiffres, par exemple 3, 5 et 1954."))
        try:
            born = date(*(int(p) for p in parts))
        except ValueError:
            raise ValidationError(_("Date de naissance : cette date n’existe pas.")) from None
        if born > self.today or born.year < OLDEST:
            raise ValidationError(_("Date de naissance : vérifiez l’année."))
        return born


class WhoForm(BirthForm):
    """Who comes, and how to reach them; the same for everyone."""

    field_order = ("given", "family", "day", "month", "year", "phone", "email", "reason")
    given = forms.CharField(
        max_length=NAME_MOST,
        error_messages={
            "required": lazy("Prénom : écrivez le prénom de la personne qui vient."),
            "max_length": lazy("Prénom : cent lettres au plus."),
        },
    )
    family = forms.CharField(
        max_length=NAME_MOST,
        error_messages={
            "required": lazy("Nom : écrivez le nom de la personne qui vient."),
            "max_length": lazy("Nom : cent lettres au plus."),
        },
    )
    phone = forms.CharField(required=False, max_length=40)
    email = forms.CharField(required=False, max_length=254)
    reason = forms.CharField(
        required=False,
        max_length=REASON_MOST,
        error_messages={"max_length": lazy("Un mot pour l’équipe : deux cents caractères au plus.")},
    )

    def clean_given(self) -> str:
        return self._name("given", _("Prénom : écrivez au moins une lettre."))

    def clean_family(self) -> str:
        return self._name("family", _("Nom : écrivez au moins une lettre."))

    def _name(self, field: str, words: str) -> str:
        name = plain(self.cleaned_data[field])
        if not re.search(r"[^\W\d_]", name):
            raise ValidationError(words)
        return name

    def clean_reason(self) -> str:
        return plain(self.cleaned_data["reason"])

    def clean_phone(self) -> str | None:
        text = self.cleaned_data["phone"].strip()
        found = phone_number(text) if text else None
        if text and found is None:
            raise ValidationError(_("Téléphone : ce numéro n’est pas complet. Par exemple : 06 12 34 56 78."))
        return found

    def clean_email(self) -> str | None:
        text = self.cleaned_data["email"].strip()
        found = email_address(text) if text else None
        if text and found is None:
            raise ValidationError(_("Adresse e-mail : vérifiez-la. Par exemple : prenom.nom@exemple.fr."))
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not (given.get("phone") or given.get("email")) and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("Téléphone : donnez un téléphone ou une adresse e-mail, pour vous joindre."))
        return given


class FindForm(BirthForm):
    """Own appointments: the phone or e-mail that the practice knows, and the birth date."""

    field_order = ("contact", "day", "month", "year")
    contact = forms.CharField(
        max_length=254,
        error_messages={
            "required": lazy("Téléphone ou e-mail : écrivez celui que vous avez donné au cabinet."),
            "max_length": lazy("Téléphone ou e-mail : c’est trop long."),
        },
    )

    def clean_contact(self) -> str:
        text = self.cleaned_data["contact"].strip()
        found = email_address(text) if "@" in text else phone_number(text)
        if found is None:
            raise ValidationError(_("Téléphone ou e-mail : vérifiez ce que vous avez écrit."))
        return found


class CodeForm(forms.Form):
    """Six digits, however they are spaced."""

    code = forms.CharField(
        max_length=40,
        error_messages={
            "required": lazy("Code : écrivez les six chiffres que vous avez reçus."),
            "max_length": lazy("Code : six chiffres."),
        },
    )

    def clean_code(self) -> str:
        digits = re.sub(r"[\s.\-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise ValidationError(_("Code : il a six chiffres."))
        return digits
