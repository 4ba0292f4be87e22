"""What the verb says of a day without its year or its week: "je suis venu lundi" is the last Monday."""

from typing import Literal

from releve.language.temporal.words.lexicon import load
from releve.language.temporal.words.reader import Reader

Tense = Literal["past", "future"]
_WORDS = {name: frozenset(says) for name, says in load("verbs", "tense.toml")["words"].items()}
# Participles that end in an "e" which bears no accent ("prise"), so that the spelling does not tell.
_IRREGULAR = frozenset((
    "prise", "mise", "vue", "faite", "ecrite", "dite", "perdue", "perdues", "reçue", "battue", "elue", "conclue",
    "ouverte", "rendue", "survenue", "commise", "battues", "vues", "prises", "mises", "faites",
))  # fmt: skip
_STOP = frozenset(".?!\n;:")
_REACH = 14


def tense(r: Reader, i: int, j: int, floor: int, ceiling: int) -> Tense | None:
    """The tense around tokens [i, j): the verb before it in the sentence, else the verb after it."""
    return _before(r, i, floor) or _after(r, j, ceiling)


def _before(r: Reader, i: int, floor: int) -> Tense | None:
    """The nearest verb wins; a participle just left of the time is past ("publié lundi") unless it plans."""
    k = i - 1
    while k >= max(floor, i - _REACH) and r.norm(k) not in _STOP:
        found = _verb(r, k)
        if found:
            return found
        k -= 1
    return None


def _after(r: Reader, j: int, ceiling: int) -> Tense | None:
    k = j
    if r.norm(k) == "," and r.norm(k + 1) in ("m", "t", "a", "ont", "lui", "nous"):
        return None  # ", m'a dit la secrétaire"
    while k < min(ceiling, j + _REACH) and r.norm(k) not in _STOP:
        found = _verb(r, k)
        if found:
            return found
        k += 1
    return None


def _verb(r: Reader, k: int) -> Tense | None:
    word = r.norm(k)
    if not word.isalpha() or word in _WORDS["no_verb"]:
        return None
    if word in _WORDS["have"] and _accented(r, k) != "à" and _participle_follows(r, k):
        # "on avait dit mardi": what had been planned may lie ahead.
        return "future" if word in _WORDS["had"] and _said(r, k) else "past"
    if word in _WORDS["past"]:
        return "past"
    if word in _WORDS["future"] or word in _WORDS["planned"]:
        return "future"
    if word in _WORDS["be"] and _moved_follows(r, k):
        return "past"
    if _told_participle(r, k):
        return "past"
    return _by_ending(word, _accented(r, k))


def _accented(r: Reader, k: int) -> str:
    token = r.tokens[k]
    return r.text[token.start : token.end].lower()


def _by_ending(word: str, written: str) -> Tense | None:
    if len(word) > 4 and word.endswith(("rai", "ras", "rons", "ront", "rez")) and not word.endswith(("errez", "vrai")):
        return "future"
    if len(word) > 4 and word.endswith("ra"):
        return "future"
    if len(word) > 5 and word.endswith(("rait", "raient", "rais")):
        return None  # a conditional wishes: neither
    if len(word) > 4 and word.endswith(("ait", "aient")):
        return "past"
    return "past" if len(word) > 4 and written.endswith(("èrent", "èrent")) else None


def _participle_follows(r: Reader, k: int) -> bool:
    for m in range(k + 1, k + 5):
        word = r.norm(m)
        if _is_participle(r, m):
            return word not in _WORDS["planned"] or r.norm(k) in _WORDS["have"]
        if word not in _WORDS["between"]:
            return False
    return False


def _said(r: Reader, k: int) -> bool:
    return bool(_WORDS["said"] & set(r.norms(k + 1, k + 4)))


def _moved_follows(r: Reader, k: int) -> bool:
    """être with a verb of motion or a reflexive one: "je suis venu", "il s'est cassé"; "est prévu" is to come."""
    reflexive = r.norm(k - 1) in ("s", "me", "m", "te", "t", "se", "nous", "vous") and r.norm(k - 2) not in ("",)
    for m in range(k + 1, k + 5):
        if r.norm(m) in _WORDS["moved"]:
            return True
        if _is_participle(r, m):
            return reflexive and r.norm(k - 1) in ("s", "me", "m", "te", "t", "se")
        if r.norm(m) not in _WORDS["between"]:
            return False
    return False


def _is_participle(r: Reader, m: int) -> bool:
    word = r.norm(m)
    if word in _WORDS["participles"] or word in _WORDS["moved"]:
        return _marked(r, m) or r.text.isascii() or not word.endswith(("e", "es"))
    written = _accented(r, m) if 0 <= m < len(r) else ""
    if len(word) > 3 and written.endswith(("é", "ée", "és", "ées")):
        return True
    irregular = word.endswith(
        ("u", "us", "ue", "ues", "i", "is", "ie", "ies", "it", "ite", "its", "ert", "erts", "aint", "oint")
    )
    return len(word) > 3 and irregular and word not in _WORDS["no_participle"]


def _told_participle(r: Reader, k: int) -> bool:
    """ "un communiqué publié lundi": the participle stands right before the time and has no auxiliary to come."""
    if not _marked(r, k) or r.norm(k) not in _WORDS["telling"]:
        return False
    before = r.norm(k - 1)
    return before not in _WORDS["be"] and before not in ("a", "va", "doit", "sera", "le", "un", "la", "ce", "de")


def _marked(r: Reader, k: int) -> bool:
    """Whether "livre" is written as the participle; the accent may be missing only where none is written."""
    if not r.norm(k).endswith(("e", "ee", "es", "ees")):
        return True
    written = _accented(r, k)
    return written.endswith(("é", "ée", "és", "ées")) or (r.norm(k) in _IRREGULAR and written == r.norm(k))
