"""What the patient reads: a fixed text for each category, and the numbers of the country."""

import re
from typing import Literal

from releve.core.understanding import RED_FLAGS
from releve.language.wordings import load

_DATA = load("releve.language.red_flags", "categories.toml")
_NUMBERS = load("releve.language.red_flags", "numbers.toml")
COUNTRIES = tuple(_NUMBERS)
Language = Literal["fr", "en"]
_NUMBER = re.compile(r"(?<!\d)(?:3114|3919|112|114|119|15|17)(?!\d)")
_CALL = {"fr": "Appelez tout de suite le {}.", "en": "Call {} now."}
_OR = {"fr": " ou le ", "en": " or "}
_DEAF = {
    "fr": "Si vous ne pouvez pas parler, écrivez au {} par SMS.",
    "en": "If you cannot speak, text {}.",
}


def advice(categories: tuple[str, ...], country: str = "FR", language: Language = "fr") -> str:
    """The fixed text for these categories: why, and the number(s) to call in that country; "" for none.

    A country that is not in numbers.toml is answered with the European number, 112.
    """
    known = [c for c in RED_FLAGS if c in categories]
    if not known:
        return ""
    reasons = " ".join(_text(c, country, language) for c in known)
    calls = list(dict.fromkeys(number(n, country) for c in known for n in _DATA[c]["numbers"]))
    said = [reasons, _CALL[language].format(_OR[language].join(calls))]
    if country == "FR":
        said.append(_DEAF[language].format(number("114", country)))
    return " ".join(said)


def number(role: str, country: str = "FR") -> str:
    """What to dial in that country for the role that has this number in France ("15", "3114", "antipoison"...)."""
    if country not in _NUMBERS:
        return "112"
    call: str = _NUMBERS[country]["numbers"][role]["call"]
    return call


def _text(category: str, country: str, language: Language) -> str:
    text: str = _DATA[category]["text" if language == "fr" else "text_en"]
    return text if country == "FR" else _NUMBER.sub(lambda m: number(m.group(), country), text)
