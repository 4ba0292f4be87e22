"""Words as matching sees them: folded, without plural, with a little tolerance for typing errors."""

import re
from functools import lru_cache

from releve.language.text import fold

_WORD = re.compile(r"[a-z0-9œæ]+")

# Words that carry no subject: articles, pronouns, politeness, and SMS forms of them.
EMPTY = frozenset(
    "a ai alors apres au aurait aussi autre aux avec avez avoir avons bien bjr bonjour bonsoir c ca ce cela celle celui "
    "ces cet cette chez comme comment d dans de des deux dis dites du elle en encore es est et etes etre eu faire fait "
    "faut il ils j je juste l la le les leur lui m ma madame mais me merci mes mlle mme moi mon monsieur mr n ne ni "
    "nos notre nous on ont ou par parce pas peu peut peux plait plus pour pourrais pourriez possible pouvez pouvoir pr "
    "pourrait qu quand que quel quelle quelles quels qui quoi sa salut se ses si slt soir son sont souhaite "
    "souhaiterais sur svp stp ta te tes toi ton tous tout toute tres tu un une va vais veux vos votre voudrais vous "
    "vs y voir prendre besoin cherche aimerais peut-etre dispo disponible oui non ok s koi combien".split()
)
# Words that name any visit, so that they point at none in particular.
GENERIC = frozenset(
    "rdv rendez rendezvous consultation consult consulter visite seance medecin docteur docteure dr dre cabinet controle "
    "suivi examen bilan premier premiere patient patiente creneau place soin soins acte venir".split()
)


def stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


@lru_cache(maxsize=4096)
def stems(text: str) -> tuple[str, ...]:
    """Folded words without plural, in order."""
    return tuple(stem(w) for w in _WORD.findall(fold(text).replace("œ", "oe")))


def content(text: str) -> tuple[str, ...]:
    return tuple(w for w in stems(text) if w not in EMPTY)


def close(a: str, b: str) -> bool:
    """Same word up to one typing error (a letter too many, missing, other, or two swapped); long words only."""
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    if len(a) == len(b):
        wrong = [i for i in range(len(a)) if a[i] != b[i]]
        swapped = len(wrong) == 2 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        return len(wrong) == 1 or swapped
    short, long = sorted((a, b), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def holds(words: tuple[str, ...], wanted: str) -> bool:
    return any(close(w, wanted) for w in words)
