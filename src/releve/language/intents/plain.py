"""Short answers read with certainty: "oui", "STOP", "le 2", "merci"."""

import re

from releve.language.wordings import load

_DATA = load("releve.language.intents", "plain.toml")
_LONGEST = 60
_BETWEEN = re.compile(r"[^\w]+")


def _whole(words: str) -> re.Pattern[str]:
    courtesy = rf"(?:(?:{_DATA['courtesy']}) )*"
    return re.compile(rf"{courtesy}(?:{words})(?: (?:{words}))*(?: (?:{_DATA['courtesy']}))*")


# In the order of the file: "merci" alone is thanks, "oui merci" an agreement.
_ANSWERS = {label: _whole(words) for label, words in _DATA["answers"].items()}


def answer(read: str) -> str | None:
    """The label of a message that says this and nothing else; a question mark makes any of it uncertain."""
    if len(read) > _LONGEST or "?" in read:
        return None
    said = _BETWEEN.sub(" ", read).strip()
    return next((label for label, whole in _ANSWERS.items() if whole.fullmatch(said)), None)
