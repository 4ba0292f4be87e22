"""A current symptom, told for its own sake and not as the plain reason of a visit."""

import re

from releve.language.red_flags import scope
from releve.language.wordings import Wordings, expand, load

_DATA = load("releve.language.intents", "symptoms.toml")
_SYMPTOMS = Wordings(_DATA["report_symptom"]["any"], _DATA["words"])
_REASON = re.compile(expand(_DATA["report_symptom"]["reason"], {}).removesuffix(r"(?!\w)") + r"[\s']*$")


def find(read: str) -> tuple[int, int] | None:
    """Characters [start, end) of a live symptom."""
    for match in _SYMPTOMS.found(read):
        if not _REASON.search(read[max(0, match.start() - 45) : match.start()]) and scope.live(read, *match.span()):
            return match.span()
    return None
