"""The list as a person reads it before signing: read-only, made from the same data that decide."""

from dataclasses import dataclass
from functools import cache

from releve.core.understanding import RED_FLAGS
from releve.language.red_flags.advice import number
from releve.language.wordings import load


@dataclass(frozen=True, slots=True)
class Listed:
    """One category: examples in lay words, the text shown, whom to call first, and what it rests on."""

    category: str
    examples: tuple[str, ...]
    text: str
    numbers: tuple[str, ...]
    basis: str


@cache
def listed() -> tuple[Listed, ...]:
    """Every category, in the order of the closed list, as shown in France."""
    data = load("releve.language.red_flags", "categories.toml")
    examples = load("releve.language.red_flags", "listing.toml")
    return tuple(
        Listed(
            category=name,
            examples=tuple(examples[name]),
            text=data[name]["text"],
            numbers=tuple(number(role) for role in data[name]["numbers"]),
            basis=data[name]["basis"],
        )
        for name in RED_FLAGS
    )
