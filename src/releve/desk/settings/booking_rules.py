"""The rules of booking of a visit type, as fields; and what they say, in a sentence."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from releve.agenda.calendar import HORIZON_DAYS
from releve.language.writing import listed
from releve.look.templatetags.french import ages_told, duration
from releve.practice.models import HealthcareService

OLDEST, MOST_TOGETHER, A_DAY = 120, 100, 24 * 60
STEPS = (5, 10, 15, 20, 30, 60)
BUFFERS = (5, 10, 15, 20, 30, 45, 60)
NOTICES = (30, 60, 120, 240, 720, A_DAY, 2 * A_DAY, 3 * A_DAY, 7 * A_DAY)
HORIZONS = (7, 14, 30, 60, 90, 180, 365)
Choices = list[tuple[Any, str | Promise]]


class Amount(forms.TypedChoiceField):
    """One of a few amounts; another one, which came with a practice file, stays among them."""

    def __init__(self, *, amounts: Sequence[int], words: str, none: Any = None, **kwargs: Any) -> None:
        self.amounts, self.words, self.none = amounts, words, none
        super().__init__(required=False, coerce=int, empty_value=none, **kwargs)

    def offer(self, kept: Any, nothing: str) -> None:
        known = sorted({*self.amounts, *([kept] if kept else [])})
        self.choices = [("", nothing), *((n, AMOUNTS[self.words](n)) for n in known)]

    def prepare_value(self, value: Any) -> Any:
        return "" if value == self.none else value


def days_of(count: int) -> str:
    return ngettext("%(n)d jour", "%(n)d jours", count) % {"n": count}


def span(minutes: int) -> str:
    """20 min, 2 h, 3 jours"""
    whole_days = minutes >= 2 * A_DAY and not minutes % A_DAY
    return days_of(minutes // A_DAY) if whole_days else duration(minutes)


def before(minutes: int) -> str:
    return _("%s avant") % span(minutes)


def ahead(days: int) -> str:
    return _("%s à l’avance") % days_of(days)


AMOUNTS: dict[str, Callable[[int], str]] = {"span": span, "before": before, "ahead": ahead}


class BookingRules(forms.Form):
    """What a place must satisfy. Left alone, each says what most practices want."""

    step_min = Amount(amounts=STEPS, words="span", label=lazy("Débuts espacés de"))
    buffer_before_min = Amount(amounts=BUFFERS, words="span", none=0, label=lazy("Libre avant"))
    buffer_after_min = Amount(amounts=BUFFERS, words="span", none=0, label=lazy("Libre après"))
    min_notice_min = Amount(
        amounts=NOTICES, words="before", none=0, label=lazy("Se prend au plus tard"),
        help_text=lazy("L’équipe, elle, peut toujours donner une place."),
    )  # fmt: skip
    horizon_days = Amount(amounts=HORIZONS, words="ahead", label=lazy("Se prend au plus tôt"))
    min_age = forms.IntegerField(label=lazy("Âge minimum"), required=False, min_value=0, max_value=OLDEST)
    max_age = forms.IntegerField(
        label=lazy("Âge maximum"), required=False, min_value=0, max_value=OLDEST,
        help_text=lazy("Compris : 15, jusqu’à la veille des 16 ans."),
    )  # fmt: skip
    capacity = forms.IntegerField(
        label=lazy("Personnes ensemble"), required=False, min_value=1, max_value=MOST_TOGETHER,
        help_text=lazy("Plus d’une : une séance de groupe, avec ses places restantes."),
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=lazy("Demande aussi"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Une salle ou un appareil de cette sorte doit être libre en même temps."),
    )  # fmt: skip
    urgent = forms.BooleanField(
        label=lazy("Peut prendre les places gardées pour l’urgent"), required=False,
        help_text=lazy("Personne ne trie : c’est un type de rendez-vous que le patient ou l’équipe choisit."),
    )  # fmt: skip
    teleconsultation = forms.BooleanField(label=lazy("Se fait par vidéo"), required=False)

    def offer(self, families: Iterable[str]) -> None:
        """The choices, with what is kept among them."""
        nothing = {
            "step_min": _("sa durée"),
            "buffer_before_min": _("aucun"),
            "buffer_after_min": _("aucun"),
            "min_notice_min": _("jusqu’au dernier moment"),
            "horizon_days": _("%s à l’avance, comme d’habitude") % days_of(HORIZON_DAYS),
        }
        for name, words in nothing.items():
            field = self.fields[name]
            assert isinstance(field, Amount)
            field.offer(self.initial.get(name), words)
        needs = self.fields["needs"]
        assert isinstance(needs, forms.MultipleChoiceField)
        needs.choices = [(f, f) for f in dict.fromkeys([*families, *self.initial.get("needs", ())])]

    def clean_capacity(self) -> int:
        return self.cleaned_data["capacity"] or 1

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        youngest, oldest = values.get("min_age"), values.get("max_age")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("max_age", _("Cet âge est plus petit que l’autre."))
        return values

    @property
    def particular(self) -> bool:
        """Something here is not as usual, or is wrong: the rules are shown open."""
        names = list(BookingRules.base_fields)
        return any(self.errors.get(name) or self[name].value() not in UNSAID for name in names)


UNSAID: tuple[Any, ...] = (None, "", 0, 1, "1", "0", [], False)


def told(visit: HealthcareService) -> str:
    """20 min, 5 min de libre après, au plus tard 2 h avant, jusqu’à 15 ans. Only what is particular."""
    return ", ".join(_parts(visit))


def _parts(visit: HealthcareService) -> list[str]:
    before, after = visit.buffer_before_min, visit.buffer_after_min
    parts = [duration(visit.duration_min)]
    if before:
        parts.append(_("%(span)s de libre avant") % {"span": span(before)})
    if after:
        parts.append(_("%(span)s de libre après") % {"span": span(after)})
    if visit.step_min and visit.step_min != visit.duration_min:
        parts.append(_("débuts espacés de %(span)s") % {"span": span(visit.step_min)})
    if visit.min_notice_min:
        parts.append(_("au plus tard %(span)s avant") % {"span": span(visit.min_notice_min)})
    if visit.horizon_days:
        parts.append(_("au plus tôt %(days)s avant") % {"days": days_of(visit.horizon_days)})
    if ages := ages_told(visit.min_age, visit.max_age):
        parts.append(ages)
    if visit.capacity > 1:
        parts.append(_("%(n)d personnes ensemble") % {"n": visit.capacity})
    if visit.needs:
        parts.append(_("avec %(needs)s") % {"needs": listed(visit.needs, _("et"))})
    return parts
