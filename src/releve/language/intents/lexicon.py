"""One intent's wordings, read from `intents.toml`."""

from releve.core.understanding import INTENTS
from releve.language.red_flags.scope import sentence
from releve.language.red_flags.wordings import Wordings, load

_DATA = load("releve.language.intents", "intents.toml")
_WORDS = _DATA["words"]


class Wording:
    """What says one intent, and what in the same sentence unsays it."""

    def __init__(self, intent: str) -> None:
        entry = _DATA.get(intent, {})
        self.intent = intent
        self._any = Wordings(entry.get("any", ()), _WORDS)
        self._unless = Wordings(entry.get("unless", ()), _WORDS)

    def find(self, read: str) -> tuple[int, int] | None:
        """Characters [start, end) that say it, or None."""
        for match in self._any.found(read):
            if not self._unless or self._unless.first(sentence(read, *match.span())) is None:
                return match.span()
        return None


LEXICON = {intent: Wording(intent) for intent in INTENTS}
