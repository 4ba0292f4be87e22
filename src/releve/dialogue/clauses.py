"""A message that asks for two things, cut into one part for each: what is said in one is not read into the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from releve.dialogue.heard import Heard
from releve.language.text import fold

_CUT = re.compile(r"\s*(?:\bet\b|\bpuis\b|\bainsi que\b|\bsinon\b|\bpar ailleurs\b|[.;+\n]|,)\s*")
_GIVES_UP = re.compile(
    r"\bannul|\bsupprim|\bdecommand|\benlev(?:er|ez)\b|\b(?:m')?ote[rz]\b"
    r"|\b(?:peux|pourrai|viendrai|viens) (?:pas|plus)\b"
)
_WANTS = re.compile(
    r"\b(?:voudrai[st]|veux|souhaite\w*|aimerais?|prendre|trouver|reserver|avoir|voir|besoin|faut|faudrait)\b"
)
_AGAIN = re.compile(
    r"\b(?:en )?(?:re(?:prendre|fixer|mettre|placer|programmer|caler)|prendre un autre|avoir un autre)\b"
)
PAPER = re.compile(r"\b(?:ordo(?:nnance)?s?|renouvel\w*|certificats?|resultats?|courriers?|documents?|attestations?)\b")


@dataclass(frozen=True, slots=True)
class Two:
    """`left`: what is given up, or the paper; `right`: what is wished; in whatever order they were said."""

    left: Heard
    right: Heard

    @property
    def of_two_visits(self) -> bool:
        """Each names its own: "je ne peux pas venir jeudi, je voudrais un rdv vendredi" speaks of one, to be moved."""
        one, other = self.left.mention, self.right.mention
        people, visits = (one.practitioner, other.practitioner), (one.service, other.service)
        return (None not in people and people[0] != people[1]) or (
            one.by_name and other.by_name and visits[0] != visits[1]
        )


def giving_up_and_booking(heard: Heard) -> Two | None:
    """ "annuler le kiné du 16 et prendre un rdv lundi": (what is given up, what is wished)."""
    for one, other in _cuts(heard):
        for gives, wants in ((one, other), (other, one)):
            if _GIVES_UP.search(fold(gives)) and not _GIVES_UP.search(fold(wants)) and _asks(wants, heard):
                return Two(_part(heard, gives), _part(heard, wants))
    return None


def moved_in_two(heard: Heard) -> Two | None:
    """ "annuler celui du 14 et en reprendre un le 21": (the old appointment, the new time)."""
    for one, other in _cuts(heard):
        part = _part(heard, other)
        if _GIVES_UP.search(fold(one)) and _AGAIN.search(fold(other)) and part.time_told is not None:
            return Two(_part(heard, one), part)
    return None


def paper_and_visit(heard: Heard) -> Two | None:
    """ "renouveler mon ordonnance + séance de kiné vendredi": (the paper, the visit)."""
    for one, other in _cuts(heard):
        for paper, visit in ((one, other), (other, one)):
            part = _part(heard, visit)
            alone = PAPER.search(fold(paper)) and not PAPER.search(fold(visit)) and not _GIVES_UP.search(fold(visit))
            if alone and part.mention.service is not None and part.time_told is not None and part.time_told.prefer:
                return Two(_part(heard, paper), part)
    return None


def _cuts(heard: Heard) -> Iterator[tuple[str, str]]:
    for found in _CUT.finditer(heard.text):
        yield heard.text[: found.start()], heard.text[found.end() :]


def _asks(part: str, heard: Heard) -> bool:
    """Something of its own is wished there: a visit, or somebody, with a verb or a time."""
    here = _part(heard, part)
    named = here.mention.practitioner is not None or here.mention.by_name or "appointment" in here.signs
    return named and bool(_WANTS.search(fold(part)))


def _part(heard: Heard, text: str) -> Heard:
    return Heard(text, replace(heard.understanding, when=None), heard.facts)
