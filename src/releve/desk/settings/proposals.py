"""What the guided set-up proposes for a profession: nothing is kept before a person has seen it."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from releve.language.matching.directory import profession_words
from releve.language.text import fold
from releve.practice.models import Practitioner

OTHER = "autre"
NAMES: dict[str, Promise] = {
    "generaliste": lazy("Médecine générale"),
    "infirmier": lazy("Soins infirmiers"),
    "sage-femme": lazy("Sage-femme"),
    "kine": lazy("Kinésithérapie"),
    "psychologue": lazy("Psychologie"),
    "dentiste": lazy("Chirurgie dentaire"),
    OTHER: lazy("Autre"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """One profession's usual practice. `rules` are weekly rules, `visits` rows of `services` without an id."""

    key: str
    name: Promise
    profession: str
    rules: list[dict[str, Any]]
    visits: list[dict[str, Any]]


@cache
def kinds() -> tuple[Kind, ...]:
    data = tomllib.loads(files(__package__).joinpath("proposals.toml").read_text(encoding="utf-8"))
    return tuple(
        Kind(row["key"], NAMES[row["key"]], row["profession"], _rules(row["hours"]), row["visits"])
        for row in data["kinds"]
    )


def _rules(hours: Sequence[Any]) -> list[dict[str, Any]]:
    """[days, start, end, days, start, end] as weekly rules."""
    return [{"days": hours[n], "start": hours[n + 1], "end": hours[n + 2]} for n in range(0, len(hours), 3)]


def kind(key: str) -> Kind:
    """The one of that key; the plainest otherwise."""
    return next((k for k in kinds() if k.key == key), kinds()[-1])


def of_profession(profession: str) -> Kind:
    """The one whose profession patients call by the same words."""
    words = profession_words(profession)
    return next((k for k in kinds() if k.profession and words & profession_words(k.profession)), kinds()[-1])


def visits(people: Sequence[Practitioner], known: Sequence[str]) -> list[tuple[dict[str, Any], list[Practitioner]]]:
    """Visit types for these people, each with those who would do it; without those of a name that exists."""
    taken = {fold(name) for name in known}
    found = []
    for row_kind in kinds():
        doing = [p for p in people if of_profession(p.profession).key == row_kind.key]
        found += [(row, doing) for row in row_kind.visits if doing and fold(row["name"]) not in taken]
    return found
