"""Patients who write to the Pôle des Tilleuls through the web chat: what they say depends on what they are asked."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

GIVEN = ("Camille", "Louise", "Inès", "Sofia", "Hugo", "Gabriel", "Nadia", "Paul", "Awa", "Théo", "Manon", "Yanis")
FAMILY = ("Bernard", "Lefort", "Garnier", "Vidal", "Moulin", "Carrère", "Bousquet", "Lagarde", "Delpech", "Rouquette")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
WISHES = (
    "Bonjour, je voudrais un bilan dentaire avec le Dr Le Goff mardi matin",
    "bjr il me faudrait un rdv gynéco mercredi",
    "Bonsoir, une première séance chez la psychologue, plutôt jeudi après 17h",
    "je voudrai un détartrage vendredi matin svp",
    "Bonjour, c'est pour un contrôle de la vue",
    "Auriez-vous une place chez l'orthoptiste lundi ?",
)
QUESTIONS = ("Où peut-on se garer ?", "Faut-il avancer les frais ?", "Peut-on payer en plusieurs fois ?")
ANSWERS = {
    "visit_type": ("une consultation", "un bilan"),
    "practitioner": ("peu importe",),
    "time": ("la semaine prochaine", "quand vous pouvez"),
    "slot": ("le premier", "le 2", "la première"),
    "confirmation": ("oui", "ok parfait", "c'est bon pour moi"),
    "code": ("je ne l'ai pas reçu",),
}
LONGEST_TALK = 8


@dataclass
class Patient:
    """A newcomer with a wish, sometimes a question afterwards. Everything drawn from `source`."""

    source: random.Random

    def __post_init__(self) -> None:
        draw = self.source
        self.given, self.family = draw.choice(GIVEN), draw.choice(FAMILY)
        self.birth = f"{draw.randint(1, 28)} {draw.choice(MONTHS)} {draw.randint(1940, 2004)}"
        self.phone = f"06 39 98 {draw.randint(10, 99)} {draw.randint(10, 99)}"
        self.questions = [draw.choice(QUESTIONS)] if draw.random() < 0.3 else []

    def says(self) -> Iterator[str]:
        """What is said next; `.send(answer)` the answer to it. Ends when there is nothing left to say."""
        answer = yield self.source.choice(WISHES)
        for _ in range(LONGEST_TALK):
            text = self._next(answer)
            if text is None:
                return
            answer = yield text

    def _next(self, answer: dict[str, Any]) -> str | None:
        expects = answer["expects"]
        if answer["handoff"] or expects in ("none", "request"):
            return self.questions.pop() if self.questions else None
        if expects == "identity":
            return f"{self.given} {self.family}, né le {self.birth}"
        if expects == "details":
            return self.phone
        return self.source.choice(ANSWERS[expects])

    def key(self) -> str:
        """An id for a message, drawn from the same source."""
        return str(UUID(int=self.source.getrandbits(128), version=4))
