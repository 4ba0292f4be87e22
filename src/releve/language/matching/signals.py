"""Small signs that steer a conversation and are no intent of their own."""

import re
import tomllib
from importlib.resources import files

from releve.language.text import fold


def _load() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(files(__package__).joinpath("signals.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(patterns)) for name, patterns in data.items()}


_COMPILED = _load()
_QUESTION = re.compile(r"\?|^(?:c'est bien|est-ce|quel|quand|a quelle|comment)")


def signals(text: str) -> frozenset[str]:
    """The names of the signs that stand in a text; "question" when it asks something."""
    folded = fold(text)
    found = {name for name, pattern in _COMPILED.items() if pattern.search(folded)}
    return frozenset(found | ({"question"} if _QUESTION.search(folded.strip()) else set()))
