"""What one says of an agenda that is kept in other software: where it is, the calendar to read, and after it."""

from django import forms
from django.utils.translation import gettext_lazy as lazy

from releve.desk.forms import Plain
from releve.desk.settings import feed_words
from releve.interop.ical.errors import BadFeed
from releve.interop.ical.fetching import address_of

WAYS = (
    ("", lazy("Relève tient l’agenda : il n’y a rien à recopier ailleurs")),
    ("feed", lazy("Un autre logiciel le tient, et lit nos rendez-vous par une adresse privée")),
    ("tasks", lazy("Un autre logiciel le tient : chaque rendez-vous devient une demande « à recopier » dans la boîte")),
)
HERE = "here"  # "" of WAYS, where an answer is wanted
THEIRS = (
    ("tasks", lazy("Cet autre logiciel : chaque rendez-vous d’ici devient une demande « à recopier » dans la boîte")),
    ("feed", lazy("Cet autre logiciel, et il lit nos rendez-vous par une adresse privée")),
    (HERE, lazy("Relève : ce calendrier dit seulement quand cette personne est prise (garde, agenda personnel…)")),
)
AFTER = (
    (HERE, lazy("Relève, désormais")),
    ("kept", lazy("Toujours l’autre logiciel")),
)


class WayForm(Plain):
    way = forms.ChoiceField(
        label=lazy("Où est tenu cet agenda ?"), choices=WAYS, widget=forms.RadioSelect, required=False
    )


class FeedForm(Plain):
    """Empty leaves the address as it is: it is a secret, and is not shown again. The first calendar of an agenda that
    was said to be kept here (`asks`) asks where it is kept: initial `kept` is what is proposed."""

    url = forms.CharField(
        label=lazy("Adresse du calendrier (iCalendar)"), required=False, max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
        help_text=lazy("L’autre logiciel la donne sous « partager » ou « exporter » ; elle finit souvent par .ics."),
    )  # fmt: skip
    kept = forms.ChoiceField(
        label=lazy("Une fois ce calendrier lu, qui tient l’agenda ?"), choices=THEIRS, widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: object, asks: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.asks = asks
        if not asks:
            del self.fields["kept"]

    def clean_url(self) -> str:
        typed = str(self.cleaned_data["url"]).strip()
        if not typed:
            return ""
        try:
            return address_of(typed)
        except BadFeed as why:
            raise forms.ValidationError(feed_words.said(why.code)) from None

    def way(self) -> str | None:
        """As acts say it; None: as before."""
        if not self.asks:
            return None
        said = self.cleaned_data["kept"] or self.initial["kept"]
        return "" if said == HERE else str(said)


class DropForm(Plain):
    """The last calendar goes: who keeps the agenda then?"""

    after = forms.ChoiceField(
        label=lazy("Qui tient l’agenda ensuite ?"), choices=AFTER, widget=forms.RadioSelect, required=False,
        initial=HERE,
    )  # fmt: skip

    def way(self) -> str | None:
        return "" if self.is_valid() and self.cleaned_data["after"] == HERE else None
