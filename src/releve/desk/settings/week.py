"""A week of hours as a form: each day its ranges, filled by keyboard; and the exceptions of one person's agenda."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from releve.agenda.parse import parse_rules
from releve.agenda.schedule import DAYS, clashing
from releve.desk.forms import Plain
from releve.desk.settings import rules
from releve.desk.settings.rules import Grid, Pair
from releve.desk.settings.telling import NAMES, hours_told
from releve.practice.models import Schedule

FEWEST = 2  # ranges of a day that are shown
SAME = "="  # typed in a day's first field: as the day before
LONGEST_LEAVE = 366


class WeekForm(Plain):
    """`initial` holds `rules`; the read week is `rules()`. A day without hours is closed, but for its `particular`
    ranges, which are set elsewhere."""

    particular: Sequence[Mapping[str, Any]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        week = rules.grid(rules.ordinary(self.initial.get("rules", ())))
        self.many = max(FEWEST, *(len(pairs) for pairs in week.values()))
        for day, name in zip(DAYS, NAMES, strict=True):
            for n in range(self.many):
                pair = week[day][n] if n < len(week[day]) else ("", "")
                for part, words, value in zip(("from", "to"), (_("de"), _("à")), pair, strict=True):
                    self.fields[f"{day}_{n}_{part}"] = self._time(f"{name}, {n + 1}, {words}", value)

    def _time(self, label: str, value: str) -> forms.CharField:
        widget = forms.TextInput(attrs={"class": "input hours", "autocomplete": "off", "size": 5, "maxlength": 8})
        return forms.CharField(label=label, required=False, initial=value, widget=widget)

    def days(self) -> Iterator[dict[str, Any]]:
        """What the grid shows: a day's name, its pairs of fields, what is wrong with it."""
        for day, name in zip(DAYS, NAMES, strict=True):
            pairs = [(self[f"{day}_{n}_from"], self[f"{day}_{n}_to"]) for n in range(self.many)]
            fields = [field for pair in pairs for field in pair if field.errors]
            errors = [(f"{field.auto_id}_error", " ".join(map(str, field.errors))) for field in fields]
            others = [hours_told(rule) for rule in self.particular if day in rule["days"]]
            told = {"others": len(others), "hours": ", ".join(dict.fromkeys(others)), "copies": day in rules.WORKING}
            yield {"key": day, "name": name, "pairs": pairs, "errors": errors, **told}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        week: Grid = {}
        before: list[Pair] = []
        for day in DAYS:
            same = str(values.get(f"{day}_0_from", "")).strip() == SAME
            before = week[day] = before if same else self._day(day, values)
        self.week = week
        return values

    def _day(self, day: str, values: Mapping[str, Any]) -> list[Pair]:
        pairs = []
        for n in range(self.many):
            typed = [str(values.get(f"{day}_{n}_{part}", "")).strip() for part in ("from", "to")]
            if not any(typed):
                continue
            read = [rules.read_time(text) for text in typed]
            for part, text in zip(("from", "to"), read, strict=True):
                if text is None:
                    self.add_error(f"{day}_{n}_{part}", _("Écrivez une heure : 9, 9h30 ou 09:30."))
            if read[0] and read[1]:
                if read[0] >= read[1]:
                    self.add_error(f"{day}_{n}_to", _("La fin doit venir après le début."))
                pairs.append((read[0], read[1]))
        if rules.overlapping(pairs):
            self.add_error(f"{day}_0_from", _("Ces plages se chevauchent."))
        return pairs

    def rules(self) -> list[dict[str, Any]]:
        return rules.rules(self.week)


def copied(data: Mapping[str, str], day: str) -> dict[str, str]:
    """What was typed, with one day's hours on every working day."""
    typed = dict(data.items())
    own = {name.removeprefix(day): value for name, value in typed.items() if name.startswith(f"{day}_")}
    return typed | {f"{other}{name}": value for other in rules.WORKING for name, value in own.items()}


class HoursForm(WeekForm):
    """One person's hours: the week, leave, and days with other hours."""

    off_from = forms.DateField(
        label=lazy("Absence, du"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    off_to = forms.DateField(label=lazy("au"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    other_day = forms.DateField(
        label=lazy("Un jour à d’autres heures"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    other_from = forms.CharField(label=lazy("de"), required=False, widget=forms.TextInput(attrs={"size": 5}))
    other_to = forms.CharField(label=lazy("à"), required=False, widget=forms.TextInput(attrs={"size": 5}))

    def __init__(self, *args: Any, schedule: Schedule | None = None, **kwargs: Any) -> None:
        self.kept_off = list(schedule.days_off) if schedule else []
        self.kept_other = [dict(row) for row in schedule.overrides] if schedule else []
        self.particular = rules.particular(schedule.rules) if schedule else []
        self.capacity = schedule.capacity if schedule else 1
        kwargs.setdefault("initial", {"rules": schedule.rules if schedule else []})
        super().__init__(*args, **kwargs)

    def leave(self) -> list[tuple[str, date, date]]:
        """(value of its box, first day, last day)"""
        return [(f"{first}..{last}", first, last) for first, last in rules.ranges(self.kept_off)]

    def others(self) -> list[tuple[str, date, str, str]]:
        rows = enumerate(self.kept_other)
        return [(str(n), date.fromisoformat(r["date"]), r["start"], r["end"]) for n, r in rows]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("off_from"), values.get("off_to") or values.get("off_from")
        if last and not first:
            self.add_error("off_from", _("Dites aussi le premier jour."))
        elif first and last and not 0 <= (last - first).days <= LONGEST_LEAVE:
            self.add_error("off_to", _("Le dernier jour vient après le premier, moins d’un an plus tard."))
        self.other = self._other(values)
        if not self.errors:
            self._apart()
        return values

    def _apart(self) -> None:
        """Nobody could say which holds: hours of the week and a range with conditions at the same moment."""
        whole = [*self.rules(), *self.particular]
        for first, second in clashing(parse_rules({"rules": whole}, "")):
            day = next(day for day in DAYS if day in whole[first]["days"] and day in whole[second]["days"])
            told = _("Une plage particulière est déjà à ces heures : %(hours)s. Changez-la plus bas.")
            self.add_error(f"{day}_0_from", told % {"hours": hours_told(whole[second])})
            return

    def _other(self, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        day, typed = values.get("other_day"), (values.get("other_from", ""), values.get("other_to", ""))
        if not day:
            if any(typed):
                self.add_error("other_day", _("Dites aussi quel jour."))
            return []
        start, end = (rules.read_time(text) for text in typed)
        if start is None or end is None or start >= end:
            self.add_error("other_from", _("Écrivez deux heures, la fin après le début : 9 et 12h30."))
            return []
        return [{"date": day.isoformat(), "start": start, "end": end}]

    def row(self, practitioner: str) -> dict[str, Any]:
        """The whole agenda, less what was ticked to go, with what was added."""
        return {"practitioner": practitioner, **self.times(), "capacity": self.capacity}

    def times(self) -> dict[str, Any]:
        """When; ranges with conditions of their own stay as they are."""
        gone = self.data.getlist("remove_off") if hasattr(self.data, "getlist") else []
        gone_other = self.data.getlist("remove_other") if hasattr(self.data, "getlist") else []
        removed = {
            day for first, last in (g.split("..") for g in gone if ".." in g) for day in self._dates(first, last)
        }
        first, last = self.cleaned_data.get("off_from"), self.cleaned_data.get("off_to")
        added = rules.dates(first, last or first) if first else []
        others = [row for n, row in enumerate(self.kept_other) if str(n) not in gone_other]
        return {
            "rules": [*self.rules(), *self.particular],
            "overrides": sorted(others + self.other, key=lambda r: (r["date"], r["start"])),
            "days_off": sorted((set(self.kept_off) - removed) | set(added)),
        }

    def _dates(self, first: str, last: str) -> list[str]:
        known = [(a, b) for _value, a, b in self.leave() if (str(a), str(b)) == (first, last)]
        return [day for a, b in known for day in rules.dates(a, b)]
