"""Who is away, from when to when, and why: a day, half a day, several days."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.desk.agenda.people import Person
from releve.desk.forms import Plain
from releve.look.templatetags.french import clock

DAY_START, DAY_END = "00:00", "24:00"
FIRST, LAST = 7, 21  # hours that can be chosen
HALF = 30
LONGEST = timedelta(days=366)
FIRST_YEAR, LAST_YEAR = 2000, 2200


def hours(edge: str, words: Any) -> list[tuple[str, Any]]:
    """The edge of the day in a word, then every half-hour of the day."""
    halves = [(h, m) for h in range(FIRST, LAST) for m in (0, HALF)]
    return [(edge, words), *((f"{h:02d}:{m:02d}", f"{clock(h)}{f' {m}' if m else ''}") for h, m in halves)]


class AbsenceForm(Plain):
    """`absence()` is what was said, once it is valid."""

    who = forms.ChoiceField(label=lazy("Qui"))
    first = forms.DateField(label=lazy("Du"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    start = forms.ChoiceField(label=lazy("à partir de"), required=False)
    last = forms.DateField(
        label=lazy("Au"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=lazy("Vide : le même jour."),
    )  # fmt: skip
    end = forms.ChoiceField(label=lazy("jusqu’à"), required=False)
    reason = forms.CharField(
        label=lazy("Pourquoi"), max_length=200, required=False, widget=forms.TextInput(attrs={"list": "absences"}),
        help_text=lazy("Pour l’équipe seulement : les patients ne le lisent jamais."),
    )  # fmt: skip
    same = forms.BooleanField(label=lazy("Ne proposer que la même personne, même si c’est plus tard"), required=False)

    def __init__(self, *args: Any, people: Sequence[Person], zone: ZoneInfo, now: datetime, **kwargs: Any) -> None:
        self.people = {p.key: p for p in people if p.row.active and p.schedule is not None}
        self.zone, self.now = zone, now
        super().__init__(*args, **kwargs)
        self._choices("who", [(key, p.name) for key, p in self.people.items()])
        self._choices("start", hours(DAY_START, _("le matin")))
        self._choices("end", hours(DAY_END, _("le soir")))
        if not self.initial.get("who"):
            self.fields["who"].widget.attrs["autofocus"] = True

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last") or values.get("first")
        for name, day in (("first", first), ("last", last)):
            if day is not None and not FIRST_YEAR <= day.year < LAST_YEAR:
                self.add_error(name, _("Cette année ne peut pas être la bonne."))
        if first is None or last is None or self.errors:
            return values
        start, end = self._moment(first, values.get("start") or DAY_START), self._moment(last, values["end"] or DAY_END)
        if not timedelta() < end - start <= LONGEST:
            self.add_error("last", _("La fin vient après le début, moins d’un an plus tard."))
        elif end <= self.now:
            self.add_error("first", _("Cette absence est déjà passée."))
        self.span = (start, end)
        return values

    def _moment(self, day: date, hour: str) -> datetime:
        minutes = int(hour[:2]) * 60 + int(hour[3:])
        if minutes == 24 * 60:
            return datetime.combine(day + timedelta(days=1), time(), self.zone)
        return datetime.combine(day, time(minutes // 60, minutes % 60), self.zone)

    @property
    def person(self) -> Person:
        return self.people[self.cleaned_data["who"]]
