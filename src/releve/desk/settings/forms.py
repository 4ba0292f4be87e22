"""The forms of the practice's own file: one class a kind, used by the settings and by the guided set-up.

Each gives the row of the practice file that it stands for, and is checked by the file's own reader.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.desk.forms import Plain
from releve.desk.settings.booking_rules import BookingRules
from releve.desk.settings.days_off import SCHOOL_ZONES, TERRITORIES
from releve.dialogue.phrases import phone
from releve.language.entities import contacts
from releve.language.text import fold
from releve.language.writing import NBSP
from releve.practice.file import BadFile, read_row
from releve.practice.models import FaqEntry, HealthcareService, Organization, Practitioner

ZONES = (
    ("Europe/Paris", lazy("France métropolitaine")),
    ("America/Guadeloupe", lazy("Guadeloupe")),
    ("America/Martinique", lazy("Martinique")),
    ("America/Cayenne", lazy("Guyane")),
    ("Indian/Reunion", lazy("La Réunion")),
    ("Indian/Mayotte", lazy("Mayotte")),
    ("Pacific/Noumea", lazy("Nouvelle-Calédonie")),
    ("Pacific/Tahiti", lazy("Tahiti")),
    ("America/Miquelon", lazy("Saint-Pierre-et-Miquelon")),
)
EARLY = (
    (0, lazy("La veille seulement")),
    (2, lazy("Deux jours avant, puis la veille")),
    (3, lazy("Trois jours avant, puis la veille")),
    (7, lazy("Une semaine avant, puis la veille")),
)
LOOK_AGAIN = {  # the list of what is closed follows what is chosen
    "hx-get": "", "hx-trigger": "change", "hx-include": "closest fieldset", "hx-target": "#feries",
    "hx-select": "#feries", "hx-swap": "outerHTML",
}  # fmt: skip
PHONE = re.compile(r"\+\d{8,15}")


def sent(request: HttpRequest) -> QueryDict | None:
    """What was posted, even nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


class RowForm(Plain):
    """A row of the practice file: what its reader refuses is told at its field."""

    def refuse(self, section: str, row: Mapping[str, Any], **about: Any) -> None:
        """The reader's faults as errors of the fields they name."""
        try:
            read_row(section, row, **about)
        except BadFile as error:
            for fault in error.faults:
                path, _colon, _reason = fault.partition(":")
                name = re.split(r"[.\[]", path)[0]
                self.add_error(name if name in self.fields else None, _("Cette valeur ne peut pas être gardée."))


def international(number: str) -> str:
    """ "01 99 00 04 20" as +33199000420; what is international stays so. Raises ValidationError."""
    found = contacts.phone(number)
    if found is None or not PHONE.fullmatch(found[0]):
        raise forms.ValidationError(_("Écrivez un numéro complet, par exemple 01 99 00 04 20."))
    return found[0]


class PracticeForm(RowForm):
    name = forms.CharField(
        label=lazy("Nom du cabinet"), max_length=200,
        help_text=lazy("Il commence chaque message : court, et sans spécialité (« Cabinet du Canal »)."),
    )  # fmt: skip
    address = forms.CharField(label=lazy("Adresse"), max_length=300)
    phone = forms.CharField(label=lazy("Téléphone"), max_length=30, widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.EmailField(label=lazy("Adresse électronique"))
    access = forms.CharField(
        label=lazy("Accès"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("Transports, étage, code, accessibilité. L’assistant répond avec ces mots."),
    )  # fmt: skip
    timezone = forms.ChoiceField(label=lazy("Heure locale"), choices=ZONES)
    public_holidays = forms.BooleanField(
        label=lazy("Fermé les jours fériés"), required=False, widget=forms.CheckboxInput(attrs=LOOK_AGAIN)
    )
    territory = forms.ChoiceField(
        label=lazy("Jours fériés de"), required=False, choices=TERRITORIES, widget=forms.Select(attrs=LOOK_AGAIN)
    )
    school_zone = forms.ChoiceField(
        label=lazy("Vacances scolaires de"), required=False, choices=SCHOOL_ZONES,
        widget=forms.Select(attrs=LOOK_AGAIN),
        help_text=lazy("Sert aux plages « hors vacances » ou « pendant les vacances » des horaires."),
    )  # fmt: skip
    early_reminder_days = forms.TypedChoiceField(
        label=lazy("Premier rappel"), required=False, coerce=int, choices=EARLY,
        help_text=lazy("Qui ne peut pas venir prévient plus tôt, et la place est proposée à ceux qui attendent."),
    )  # fmt: skip

    @classmethod
    def of(cls, practice: Organization) -> dict[str, Any]:
        values = {name: getattr(practice, name) for name in PracticeForm.base_fields}
        return {**values, "phone": phone(practice.phone).replace(NBSP, " ")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.initial.get("early_reminder_days")
        field = self.fields.get("early_reminder_days")
        if days and days not in dict(EARLY) and isinstance(field, forms.ChoiceField):
            field.choices = [*EARLY, (days, _("%(days)s jours avant, puis la veille") % {"days": days})]  # from a file
        zone = self.initial.get("timezone")
        if zone and zone not in dict(ZONES) and isinstance(field := self.fields["timezone"], forms.ChoiceField):
            field.choices = [(zone, zone), *ZONES]  # a zone that came with a practice file stays

    def clean_phone(self) -> str:
        return international(self.cleaned_data["phone"])

    def clean_early_reminder_days(self) -> int:
        return self.cleaned_data["early_reminder_days"] or 0

    def row(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in PracticeForm.base_fields if name in self.fields}

    def changed(self, practice: Organization) -> dict[str, Any]:
        """What differs from what is kept."""
        return {name: value for name, value in self.row().items() if value != getattr(practice, name)}


class PersonForm(RowForm):
    given = forms.CharField(label=lazy("Prénom"), max_length=100)
    family = forms.CharField(label=lazy("Nom"), max_length=100)
    profession = forms.CharField(
        label=lazy("Profession"), max_length=100, widget=forms.TextInput(attrs={"list": "professions"}),
        help_text=lazy("Médecin généraliste, infirmière, sage-femme… Les patients la lisent sur votre page."),
    )  # fmt: skip
    rpps = forms.RegexField(
        r"^[0-9]{11}$", label=lazy("RPPS"), required=False, strip=True,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": lazy("Un numéro RPPS a onze chiffres.")},
    )  # fmt: skip
    accepts_new_patients = forms.BooleanField(label=lazy("Prend de nouveaux patients"), required=False, initial=True)
    teleconsultation = forms.BooleanField(label=lazy("Propose la téléconsultation"), required=False)
    active = forms.BooleanField(
        label=lazy("Travaille au cabinet"), required=False, initial=True,
        help_text=lazy("Décoché : n’apparaît plus et ne reçoit plus ; ses rendez-vous passés gardent son nom."),
    )  # fmt: skip

    @classmethod
    def of(cls, person: Practitioner) -> dict[str, Any]:
        return {name: getattr(person, name) for name in cls.base_fields}

    def row(self, identifier: str = "") -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in self.base_fields if name != "active"}
        return {**({"id": identifier} if identifier else {}), **values}


class VisitForm(BookingRules, RowForm):
    name = forms.CharField(label=lazy("Nom"), max_length=200)
    aliases = forms.CharField(
        label=lazy("Mots des patients"), required=False, max_length=500,
        help_text=lazy("Comment ils l’appellent, séparés par des virgules : vaccin, piqûre, rappel."),
    )  # fmt: skip
    duration_min = forms.IntegerField(label=lazy("Durée, en minutes"), min_value=5, max_value=480)
    price_eur = forms.DecimalField(
        label=lazy("Prix, en euros"), required=False, min_value=0, max_value=9999, decimal_places=2, localize=True,
        help_text=lazy("Sans prix, l’assistant n’en annonce aucun."),
    )  # fmt: skip
    reimbursed = forms.BooleanField(label=lazy("Remboursé par l’Assurance maladie"), required=False, initial=True)
    instructions = forms.CharField(
        label=lazy("À savoir avant de venir"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    practitioners = forms.MultipleChoiceField(
        label=lazy("Qui le fait"), widget=forms.CheckboxSelectMultiple, required=True,
        error_messages={"required": lazy("Choisissez au moins une personne.")},
    )  # fmt: skip
    new_patients = forms.BooleanField(label=lazy("Ouvert aux nouveaux patients"), required=False, initial=True)
    bookable_online = forms.BooleanField(
        label=lazy("Peut être pris sans le secrétariat"), required=False, initial=True,
        help_text=lazy("Décoché : l’assistant transmet la demande à une personne."),
    )  # fmt: skip
    active = forms.BooleanField(
        label=lazy("Proposé par le cabinet"), required=False, initial=True,
        help_text=lazy("Décoché : n’est plus proposé ; les rendez-vous passés gardent son nom."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: Iterable[Practitioner] = (), families: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer(families)
        field = self.fields["practitioners"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(p.identifier, f"{p.given} {p.family}, {p.profession}") for p in people]

    @classmethod
    def of(cls, visit: HealthcareService) -> dict[str, Any]:
        values = {name: getattr(visit, name) for name in cls.base_fields if name not in ("aliases", "practitioners")}
        people = [p.identifier for p in visit.practitioners.all()]
        return {**values, "aliases": ", ".join(visit.aliases), "practitioners": people}

    def clean_aliases(self) -> list[str]:
        words = [word.strip() for word in self.cleaned_data["aliases"].split(",")]
        return list({fold(word): word for word in words if word}.values())

    def row(self, identifier: str = "") -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in self.base_fields if name != "active"}
        price = values["price_eur"]
        values |= {"price_eur": None if price is None else float(price), "instructions": values["instructions"] or None}
        return {**({"id": identifier} if identifier else {}), **values}


class FaqForm(RowForm):
    question = forms.CharField(label=lazy("Question"), max_length=300)
    answer = forms.CharField(
        label=lazy("Réponse"), max_length=800, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Donnée telle quelle. Ce qui n’est pas écrit ici est demandé à une personne, jamais inventé."),
    )  # fmt: skip

    @classmethod
    def of(cls, entry: FaqEntry) -> dict[str, Any]:
        return {"question": entry.question, "answer": entry.answer}

    def row(self, identifier: str = "") -> dict[str, Any]:
        return {**({"id": identifier} if identifier else {}), **self.cleaned_data}
