"""The atoms of a message as booking means them: no lengths, ranges joined, bounds applied."""

from datetime import datetime
from functools import lru_cache

from releve.language.temporal.booking.bounds import bounded
from releve.language.temporal.booking.context import in_context
from releve.language.temporal.booking.lengths import is_length
from releve.language.temporal.booking.ranges import ranged
from releve.language.temporal.grammar import atoms_of
from releve.language.temporal.values import Atom, Day
from releve.language.temporal.words.reader import Reader

_MOST = 400
"""Nobody tells more times in a message; what follows them is no wish, and is not worth its cost."""


@lru_cache(maxsize=8)
def read(text: str, now: datetime) -> tuple[Reader, tuple[Atom, ...]]:
    """The atoms of the text in order, ranges joined and bounds applied as booking means them."""
    r, atoms = atoms_of(text, now)
    told = [a for a in atoms[:_MOST] if not is_length(r, a) and not _beats(a)]
    return r, tuple(bounded(r, ranged(r, in_context(r, told))))


def _beats(atom: Atom) -> bool:
    """ "tous les ans", "toutes les 4 heures": a rhythm told, no time to come on."""
    day = atom.value
    return isinstance(day, Day) and day.form == "every" and (day.grain != "day" or day.exact is not None)
