"""One intent's wordings, read from `intents.toml`."""

from releve.core.understanding import INTENTS
from releve.language.intents.features import Place
from releve.language.red_flags.scope import sentence
from releve.language.wordings import Wordings, load

_DATA = load("releve.language.intents", "intents.toml")
_WORDS = _DATA["words"]


class Wording:
    """What says one intent, and what in the same sentence unsays it."""

    def __init__(self, intent: str) -> None:
        entry = _DATA.get(intent, {})
        self._any = Wordings(entry.get("any", ()), _WORDS)
        self._unless = Wordings(entry.get("unless", ()), _WORDS)
        self._together = [Wordings(group, _WORDS) for group in entry.get("together", ())]

    def find(self, read: str) -> Place | None:
        """Characters [start, end) that say it, or None."""
        return self._first(self._any, read) or self._all(read)

    def _first(self, wordings: Wordings, read: str) -> Place | None:
        for match in wordings.found(read):
            if not self._unless or self._unless.first(sentence(read, *match.span())) is None:
                return match.span()
        return None

    def _all(self, read: str) -> Place | None:
        """One wording of each list, anywhere in the message."""
        matches = [group.first(read) for group in self._together]
        first = matches[0] if matches and all(matches) else None
        return first.span() if first else None


LEXICON = {intent: Wording(intent) for intent in INTENTS}
