"""The second step of reading: what the words point at in this practice (a visit, a person, an offered place, a
question of its own file). Needs no list of phrases of any practice: the practice's own file is the lexicon.
"""

from releve.language.matching.answers import find_answer, unexplained
from releve.language.matching.choice import Choice, choose
from releve.language.matching.directory import Mention, mention
from releve.language.matching.people import named, same_person, together
from releve.language.matching.signals import signals

__all__ = [
    "Choice",
    "Mention",
    "choose",
    "find_answer",
    "mention",
    "named",
    "same_person",
    "signals",
    "together",
    "unexplained",
]
