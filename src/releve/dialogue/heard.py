"""One message with everything read from it, passed around as one thing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from releve.core.facts import Facts
from releve.core.messages import Evidence
from releve.core.understanding import Understanding, Window, Wish
from releve.language.foreign import rendering
from releve.language.matching import Mention, mention, signals
from releve.language.temporal import mentions, move
from releve.language.temporal import wish as read_wish

A_WEEK = timedelta(days=7)
YES = ("affirm", "confirm_appointment")


@dataclass(frozen=True)
class Heard:
    """`said`: the message as written, which people read; `text`: the French that is read in it."""

    said: str
    understanding: Understanding
    facts: Facts

    @cached_property
    def text(self) -> str:
        return rendering(self.said, self.understanding.language).text

    @cached_property
    def signs(self) -> frozenset[str]:
        return signals(self.text)

    @cached_property
    def mention(self) -> Mention:
        return mention(self.text, self.facts.directory)

    @cached_property
    def moved(self) -> tuple[Wish | None, Wish | None]:
        """(time of the existing appointment, new wish) of a message about moving one."""
        return move(self.text, self.facts.local_now)

    @cached_property
    def wish(self) -> Wish | None:
        """When they would like to come."""
        if self.understanding.has("reschedule_appointment"):
            return self.moved[1]
        if self.understanding.when is not None:
            return self.understanding.when
        if "soonest" in self.signs:
            return Wish(asap=True)
        return Wish() if "any_time" in self.signs else None

    @cached_property
    def time_told(self) -> Wish | None:
        """A wish for a time, whatever is asked."""
        return read_wish(self.text, self.facts.local_now)

    @cached_property
    def told_of(self) -> Wish | None:
        """The days or weeks that the message names, whatever for: "mon rdv de la semaine prochaine"."""
        spans = [(m.from_, m.to) for m in mentions(self.text, self.facts.local_now)]
        named = tuple(Window(a, b) for a, b in spans if a is not None and b is not None and b - a <= A_WEEK)
        return Wish(prefer=named) if named else None

    def other_than(self, start: datetime) -> Wish | None:
        """A time named that is not this one: "ok mais plutôt 15 h" is no plain yes."""
        found = self.wish or self.time_told
        return found if found is not None and found.prefer and not found.allows(start) else None

    @property
    def day_told(self) -> Wish | None:
        """A wish for a time, or else a day or week that is named; None without either."""
        return next((w for w in (self.time_told, self.told_of) if w is not None and w.prefer), None)

    @property
    def asks_the_time(self) -> bool:
        """ "redonner l'heure de mon rendez-vous": they ask when it is, and wish no other."""
        return "tell_again" in self.signs and self.moved[1] is None

    @property
    def names_a_day(self) -> bool:
        """False for "plutôt 15 h" or "le matin": an hour or a part of day without its day."""
        return "day" in self.signs

    @property
    def yes(self) -> bool:
        return (self.understanding.has(*YES) or "yes" in self.signs) and not self.no

    @property
    def no(self) -> bool:
        return self.understanding.has("deny") or "no" in self.signs

    def plain_yes(self, start: datetime | None = None) -> bool:
        """A yes without reserve, to this time: the only one on which something is booked, moved or cancelled."""
        reserved = self.signs & {"doubt", "but", "question"}
        return self.yes and not reserved and (start is None or self.other_than(start) is None)

    def evidence(self, *labels: str) -> tuple[Evidence, ...]:
        """The spans read as these labels; the whole message when the label left none."""
        spans = [s for s in self.understanding.spans if s.label in labels]
        found = tuple(Evidence("message", s.label, s.start, s.end) for s in spans)
        return found or (Evidence("message", labels[0] if labels else "text", 0, len(self.said)),)
