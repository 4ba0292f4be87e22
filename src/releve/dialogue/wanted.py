"""Whose agenda a message may need, so that facts can be loaded before any thinking starts."""

from dataclasses import dataclass
from datetime import date

from releve.core.facts import Directory
from releve.core.understanding import Understanding
from releve.dialogue.state import State
from releve.language.foreign import rendering
from releve.language.matching import mention


@dataclass(frozen=True, slots=True)
class Wanted:
    """`practitioners`: whose calendars; `services`: those of whoever does them; `births`: files born on these days."""

    practitioners: frozenset[int]
    services: frozenset[int]
    births: frozenset[date]


def wanted(state: State, understanding: Understanding, text: str, directory: Directory) -> Wanted:
    said = mention(rendering(text, understanding.language).text, directory)
    services = {r.service for r in state.requests if r.service is not None}
    people = {r.practitioner for r in state.requests if r.practitioner is not None} | set(said.among)
    if said.practitioner is not None:
        people.add(said.practitioner)
    if said.service is not None:
        services.add(said.service)
    births = {b for b in (state.claim.birth_date, understanding.birth_date) if b is not None}
    for service in services:
        people |= set(directory.performers.get(service, ()))
    return Wanted(frozenset(people), frozenset(services), frozenset(births))
