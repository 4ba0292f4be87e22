"""What is said in the languages that nobody reads here: a machine answers, a person will, and whom to call."""

from functools import cache
from typing import Any

from releve.language.wordings import load


@cache
def _data() -> dict[str, Any]:
    return load("releve.language.foreign", "answers.toml")


def answers(language: str) -> dict[str, str]:
    """`automatic`, `person` and `emergency` in that language; in English and in French when the file has none."""
    texts = _data()["texts"]
    if language in texts:
        return dict(texts[language])
    return {key: f"{texts['fr'][key]} {texts['en'][key]}" for key in texts["fr"]}


def french_name(language: str) -> str:
    """ "espagnol", for the person who takes over; the code itself for a language without a name here."""
    return str(_data()["names"].get(language, language))
