"""Clauses: the subject and the verb that govern a time, and whether that verb asks or tells."""

from releve.language.temporal.words.lexicon import load
from releve.language.temporal.words.reader import Reader

_WORDS = {name: frozenset(says) for name, says in load("booking", "clauses.toml")["words"].items()}
_WILL = frozenset(
    ("faut", "faudrait", "voudrais", "veux", "souhaite", "aimerais", "prefere", "possible", "importe", "voulez")
)
_INVERTED = frozenset(
    ("peut", "faut", "pourrait", "peux", "puis", "serait", "voit", "fait", "est", "sont", "aurait", "t")
)
_REACH = 9
_AHEAD = 8


def tells(r: Reader, i: int, floor: int) -> bool:
    """Whether the time at `i` is said by a clause that tells a fact: "mes parents débarquent mercredi"."""
    verb = _verb_before(r, i, floor)
    if verb is None or _asked(r, i) or {"soit", "ou"} & set(r.norms(i - 2, i)):
        return False
    return _is_fact(r, verb, i)


def offers(r: Reader, i: int, floor: int) -> int | None:
    """The verb by which the writer offers the time at `i` ("je suis libre", "j'ai un trou"), if one does."""
    verb = _verb_before(r, i, floor)
    if verb is None:
        return None
    word, rest = r.norm(verb), set(r.norms(verb + 1, i))
    able = word in _WORDS["able"] and not {"pas", "plus"} & rest
    idle = word in _WORDS["being"] and rest & _WORDS["idle"] and "pas" not in rest
    slot = word in _WORDS["having"] and rest & _WORDS["slots"] and "pas" not in rest
    return verb if able or idle or slot else None


def _verb_before(r: Reader, i: int, floor: int) -> int | None:
    """The verb of the nearest subject pronoun to the left, in the same clause."""
    for k in range(i - 1, max(floor, i - _REACH) - 1, -1):
        word = r.norm(k)
        if word in _WORDS["glued"]:
            return k
        if word in _WORDS["subjects"]:
            if k > 0 and (r.norm(k - 1) in _INVERTED or "-" in r.text[r.tokens[k - 1].end : r.tokens[k].start]):
                return None  # "peut-on", "est-il possible"
            if word == "nous" and (r.norm(k - 1) in _WORDS["subjects"] or not _clear(r, k)):
                continue
            if r.norm(k - 1) in ("que", "qu") and _WILL & set(r.norms(k - 4, k - 1)):
                return None  # "il faut que je le revoie"
            m = r.skip(k + 1, _WORDS["clitics"])
            return m if m < i else None
        if word in _WORDS["limits"] or (word == "pour" and r.norm(k + 1) not in _WORDS["infinitives"]):
            return None
        if _third(r, k) or (word in _WORDS["infinitives"] and r.norm(k - 1) in _WORDS["governors"]):
            return k
    return None


def _third(r: Reader, k: int) -> bool:
    """Whether a verb of the third person stands at `k` with its noun: "mes parents débarquent"."""
    word, noun = r.norm(k), r.norm(k - 1)
    if word in _WORDS["visitors"]:
        return r.norm(k - 4) in _WORDS["determiners"] and r.norm(k - 2) in ("a", "de", "d", "du")
    named = r.norm(k - 2) in _WORDS["determiners"] and noun.isalpha() and noun not in _WORDS["visits"]
    plural = word.endswith("ent") and len(word) > 5 and noun.endswith("s") and r.norm(k - 2) in _WORDS["plural"]
    return named and (plural or word in _WORDS["third"]) and r.norm(k - 3) not in _WORDS["prepositions"]


def _clear(r: Reader, k: int) -> bool:
    """Whether "nous" at `k` begins its clause, and is no object ("vous nous aviez donné")."""
    return r.norm(k - 1) in _WORDS["limits"] or k == 0 or r.norm(k - 1) in ("que", "qu", "et", "si", "quand", "car")


def _is_fact(r: Reader, verb: int, i: int) -> bool:
    word, rest = r.norm(verb), set(r.norms(verb + 1, i))
    visited = word in _WORDS["visitors"] and _third(r, verb)
    if (
        not word.isalpha()
        or (word in _WORDS["asking"] and not visited)
        or (r.norm(verb + 1) == "pas" and word in _WORDS["work"])
    ):
        return False
    if word in _WORDS["infinitives"] and rest & _WORDS["seen"]:
        return False  # "il doit être vu lundi"
    if word in _WORDS["having"]:
        return not rest & _WORDS["had"] and bool(rest)
    if word in _WORDS["being"]:
        return not rest & _WORDS["free"] and bool(rest)
    return True


def taken_by(r: Reader, i: int, j: int, *, hours: bool = False) -> bool:
    """Whether the clause that the day [i, j) opens tells what fills it: "mardi j'accompagne ma mère"."""
    k, start = j, r.skip_back(i, _WORDS["articles"])
    opens = start == 0 or r.norm(start - 1) in _WORDS["limits"] or r.norm(start - 1) in ("et", "car", "que")
    opens = opens or (r.norm(start - 1) == "moi" and (start < 2 or r.norm(start - 2) in _WORDS["limits"]))
    if not opens or r.norm(k) not in _WORDS["subjects"] or r.norm(k) == "nous":
        return False
    m = k if r.norm(k) in _WORDS["glued"] else r.skip(k + 1, _WORDS["clitics"])
    end = next((n for n in range(m, m + 9) if n >= len(r) or r.norm(n) in _WORDS["limits"]), m + 9)
    told = any(r.norm(n) in ("h", "heure", "heures", "midi") for n in range(m, end))
    return (hours or not told) and r.norm(end) != "?" and _is_fact(r, m, end)


def clause(r: Reader, i: int) -> tuple[int, int]:
    """The bounds of the words around `i` between two signs of punctuation."""
    lo, hi = i, i
    while lo > 0 and r.norm(lo - 1) not in _WORDS["signs"]:
        lo -= 1
    while hi < len(r) and r.norm(hi) not in _WORDS["signs"]:
        hi += 1
    return lo, hi


def asks(r: Reader, i: int, j: int) -> bool:
    """Whether one of the words [i, j) asks: "peut-on", "plutôt", "à la place"."""
    return any(r.norm(k) in _WORDS["request"] for k in range(i, j))


def wants(r: Reader, i: int, j: int) -> bool:
    """Whether the words [i, j) ask or speak of a place to give."""
    return not _WANTED.isdisjoint(r.norms(i, j))


_WANTED = _WORDS["request"] | _WORDS["visits"]


def _asked(r: Reader, i: int) -> bool:
    """Whether the clause of `i` ends as a question."""
    for k in range(i, min(i + _AHEAD, len(r))):
        if r.norm(k) == "?":
            return True
        if r.norm(k) in _WORDS["limits"]:
            return False
    return False
