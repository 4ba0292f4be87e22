"""What wordings suggest: high-precision signs that the linear model weighs with the rest."""

from releve.language.intents import symptoms
from releve.language.intents.features import Place
from releve.language.intents.lexicon import LEXICON

Found = dict[str, Place]


def hints(read: str) -> Found:
    """Intents that wordings suggest, with the characters [start, end) that say each."""
    found = {name: place for name, wording in LEXICON.items() if (place := wording.find(read))}
    if symptom := symptoms.find(read):
        found["report_symptom"] = symptom
    return found
