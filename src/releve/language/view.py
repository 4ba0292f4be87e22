"""Everything read from one message before its intents are decided; what the linear model is told of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from releve.core.understanding import PatientIs, Span, Wish
from releve.language import entities, red_flags
from releve.language.red_flags import infant, same_day
from releve.language.temporal import move, wish, wish_spans
from releve.language.text import quiet, reading

_COURTESY = re.compile(
    r"(?<!\w)(?:bonjour|bonsoir|oui|non|ok|svp|stp|merci|plutot|pour|moi|le|la|les|l|un|une|a|au|c|c'est|est|ce|et|ou"
    r"|de|du|d|je|j|prends|prend|veux|voudrais|prefere|choisis|choix|celui|celle|option|creneaux?|numero|h|bien|alors"
    r"|euh|s'il|vous|plait|vers|en|dans|va|ca|me|parfait|ben|bon|on|dit|disons|mieux|serait|ideal|premier|deuxieme"
    r"|second|retenu|mon)(?!\w)"
)
_PRESENTS = re.compile(
    r"(?<!\w)(?:je|j'|suis|m'appelle|nous|sommes|il|elle|s'appelle|c'est|nom|prenom|date|naissance|nee?s?|ddn|mail|email"
    r"|adresse|tel|telephone|numero|portable|fixe|num|madame|monsieur|mme|mr|mlle|voici|mon|ma|mes|son|sa|du|un)(?!\w)"
)
_SHORT = 60
_IDENTITY = 90  # characters of a name, a date of birth and a number


@dataclass(frozen=True)
class View:
    """One message seen by every reader but the one of intents; `now` is local time without zone."""

    text: str
    now: datetime

    @cached_property
    def read(self) -> str:
        """The folded reading, long runs of digits blanked."""
        return quiet(reading(self.text))

    @cached_property
    def flags(self) -> tuple[red_flags.RedFlag, ...]:
        """Red flags: of the words alone, and of the age that a date or a month of birth gives."""
        today = self.now.date()
        age = (today - self.born[0]).days if self.born else infant.days_since_month(self.read, today)
        return red_flags.with_age(red_flags.find(self.text), self.text, age)

    @cached_property
    def born(self) -> tuple[date, int, int] | None:
        return entities.birth_date(self.text, self.now)

    @cached_property
    def phone(self) -> tuple[str, int, int] | None:
        return entities.phone(self.text)

    @cached_property
    def email(self) -> tuple[str, int, int] | None:
        return entities.email(self.text)

    @cached_property
    def practitioner(self) -> tuple[str, int, int] | None:
        return entities.practitioner(self.text)

    @cached_property
    def patient_is(self) -> PatientIs:
        return entities.patient_is(self.read)

    @cached_property
    def third_party(self) -> bool:
        """Somebody asks for another person's medical data."""
        return entities.third_party(self.read)

    @cached_property
    def times(self) -> tuple[Wish | None, Wish | None]:
        """(time of an existing appointment, time wanted)."""
        return move(self.text, self.now)

    @cached_property
    def wished(self) -> tuple[Span, ...]:
        """Where a wish is said."""
        return wish_spans(self.text, self.now) if wish(self.text, self.now) else ()

    @cached_property
    def bare_answer(self) -> bool:
        """A short message that says a time or who one is, with courtesy, and nothing else: an answer to a question."""
        if len(self.read) > _IDENTITY or "?" in self.read:
            return False
        who = [(found[1], found[2]) for found in (self.phone, self.born, self.email) if found]
        if who:
            return not _words_left(_PRESENTS.sub(" ", self._without(*who, *self._names)))
        return len(self.read) <= _SHORT and bool(self.wished) and not _words_left(self._without())

    def _without(self, *told: tuple[int, int]) -> str:
        """The reading with times wished and what is told blanked."""
        read = self.read
        for start, end in (*((span.start, span.end) for span in self.wished), *told):
            read = read[:start] + " " * (end - start) + read[end:]
        return read

    @property
    def _names(self) -> Iterator[tuple[int, int]]:
        """Where the names of persons stand."""
        parts = (part for name in entities.names(self.text) for part in (name.given, name.family) if part)
        for part in parts:
            if (at := self.text.find(part)) >= 0:
                yield at, at + len(part)

    @cached_property
    def cues(self) -> tuple[str, ...]:
        """What the readers found, by name, for the linear model."""
        existing, wanted = self.times
        facts = {
            "flag": self.flags,
            "same day": same_day.find(self.read),
            "existing time": existing,
            "wanted time": wanted,
            "both times": existing and wanted,
            "birth date": self.born,
            "phone": self.phone,
            "practitioner": self.practitioner,
            "presented": entities.presented(self.text, self.read),
            "third party": self.third_party,
        }
        return (
            *(name for name, told in facts.items() if told),
            f"for {self.patient_is}",
        )


def _words_left(read: str) -> bool:
    """Something is said beside courtesy."""
    return re.search(r"[^\W\d_]{2,}", _COURTESY.sub(" ", read)) is not None
